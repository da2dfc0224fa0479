import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { runCommand } from '@test/fixtures/command-line'
import type { CommandRun } from '@test/fixtures/command-line'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { makePracticeDesk, rehearsalNow } from '@test/fixtures/practice-desk'
import { startChaosProxy } from '@test/integration/exchange/chaos-proxy'

it('sends what is ready whatever is wrong with the feed or the comparison', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-daily-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const { deskDir, platform } = await makePracticeDesk(folder, 'clean')
  onTestFinished(() => platform.stop())
  const proxy = await startChaosProxy(platform.url)
  const run = (...args: readonly string[]): Promise<CommandRun> =>
    runCommand([...args, '--data', deskDir, '--json', '--now', rehearsalNow])
  const key = join(folder, 'platform-key.hex')
  await run('connect', '--platform', proxy.url, '--client-id', platform.clientId, '--platform-key', key)
  const workbook = join(folder, '11月许可.xlsx')
  await writeMessyLicences(workbook, 20)
  await run('import', workbook, '--type', 'XZXK_FR')
  const odd = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"events":7,"found":7}' }
  proxy.decide(({ path }) => (/\/(feed|lookup)\b/.test(path) ? { answer: odd } : 'pass'))
  const day = await run('daily')
  expect(day.code).toBe(3)
  expect(day.json).toMatchObject({ pull: null, reconciliation: null })
  const [batch] = (day.json as { submit: { batches: { items: number; accepted: number }[] } }).submit.batches
  expect(batch!.accepted).toBeGreaterThan(5)
})

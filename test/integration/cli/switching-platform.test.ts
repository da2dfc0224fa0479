import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { announced, ended, runCommand, startCommand, startPlatform } from '@test/fixtures/command-line'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { makePracticeDesk, rehearsalNow } from '@test/fixtures/practice-desk'

it(
  'connect refuses another platform while a batch waits at the present one',
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xinbao-switching-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const desk = await makePracticeDesk(folder, 'clean')
    const words = (...args: readonly string[]): readonly string[] => [
      ...args,
      ...['--data', desk.deskDir, '--json', '--now', rehearsalNow],
    ]
    const run = (...args: readonly string[]) => runCommand(words(...args))
    const workbook = join(folder, '许可.xlsx')
    await writeMessyLicences(workbook, 20)
    await run('import', workbook, '--type', 'XZXK_FR')
    await desk.platform.stop()
    // Cut off in its first attempt: what it goes on to is resting and trying again.
    const submitting = startCommand(words('submit'))
    await announced(submitting, 'opening')
    submitting.kill('SIGKILL')
    await ended(submitting)

    const other = await startPlatform(['--data', join(folder, 'other'), '--now', rehearsalNow])
    onTestFinished(() => other.stop())
    const keyFile = join(folder, 'other.hex')
    writeFileSync(keyFile, other.platformPublicKey)
    for (const more of [[], ['--enrol']]) {
      const refused = await run(
        'connect',
        ...['--platform', other.url, '--client-id', other.clientId, '--platform-key', keyFile, ...more],
      )
      expect(refused.code).toBe(3)
      expect(refused.json).toMatchObject({
        failure: { code: 'connection.batches-open', params: { count: 1 } },
      })
      expect(refused.stderr).toContain('resume')
    }
  },
)

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { announced, ended, runCommand, startCommand } from '@test/fixtures/command-line'
import type { CommandRun } from '@test/fixtures/command-line'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { makePracticeDesk, rehearsalNow } from '@test/fixtures/practice-desk'
import type { PracticeDesk } from '@test/fixtures/practice-desk'

/** Where each round is killed: after which step was announced, and how many milliseconds later. A fixed series. */
const kills: readonly { readonly after: string; readonly ms: number }[] = [
  { after: 'sealing', ms: 0 },
  { after: 'sealing', ms: 7 },
  { after: 'opening', ms: 0 },
  { after: 'opening', ms: 5 },
  { after: 'sending', ms: 0 },
  { after: 'sending', ms: 6 },
  { after: 'processing', ms: 3 },
  { after: 'processing', ms: 90 },
  { after: 'fetching', ms: 2 },
  { after: 'verifying', ms: 0 },
]
const rowsPerRound = 60

let folder: string
let desk: PracticeDesk

const words = (...args: readonly string[]): readonly string[] => [
  ...args,
  ...['--data', desk.deskDir, '--json', '--now', rehearsalNow],
]
const run = (...args: readonly string[]): Promise<CommandRun> => runCommand(words(...args))

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xinbao-kill-'))
  desk = await makePracticeDesk(folder, 'clean')
})
afterAll(async () => {
  await desk?.platform.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('kill -9 during a submission', () => {
  it('loses nothing and sends nothing twice', async () => {
    let wasKilled = 0
    for (const [round, kill] of kills.entries()) {
      const workbook = join(folder, `licences-${round}.xlsx`)
      await writeMessyLicences(workbook, rowsPerRound, 10_000 + round * 1_000)
      expect((await run('import', workbook, '--type', 'XZXK_FR')).code).toBe(1)
      const child = startCommand(words('submit'))
      const end = ended(child)
      await announced(child, kill.after)
      await wait(kill.ms)
      child.kill('SIGKILL')
      if ((await end).code === null) wasKilled++
    }
    expect(wasKilled).toBe(kills.length)

    const resumed = await run('resume')
    expect([0, 1], resumed.stderr).toContain(resumed.code)
    // A kill before the seal had committed leaves records unsealed; one more submission takes them along.
    expect([0, 1]).toContain((await run('submit')).code)

    const ledger = readFileSync(desk.ledgerFile, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { recordId: string })
    const inLedger = new Set(ledger.map((line) => line.recordId))
    expect(inLedger.size).toBe(ledger.length)

    const accepted = new Set<string>()
    let after: string | null = null
    do {
      const filter = [
        '--delivery',
        'accepted',
        '--limit',
        '500',
        ...(after === null ? [] : ['--after', after]),
      ]
      const page = (await run('list', ...filter)).json as {
        records: { recordId: string }[]
        next: string | null
      }
      for (const record of page.records) accepted.add(record.recordId)
      after = page.next
    } while (after !== null)
    expect(accepted).toEqual(inLedger)
    expect(accepted.size).toBe(kills.length * rowsPerRound * 0.9)
  })
})

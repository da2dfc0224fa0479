import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ended, runCommand, startCommand } from '@test/fixtures/command-line'
import type { CommandRun } from '@test/fixtures/command-line'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { makePracticeDesk, rehearsalNow } from '@test/fixtures/practice-desk'
import type { PracticeDesk } from '@test/fixtures/practice-desk'

/** Instants of the kills, spread over the length of a submission; a fixed series, so that a failure can be replayed. */
const killAfterMs = [40, 120, 200, 280, 360, 450, 560, 700, 900, 1200]

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
  const workbook = join(folder, 'licences.xlsx')
  await writeMessyLicences(workbook, 400)
  expect((await run('import', workbook, '--type', 'XZXK_FR')).code).toBe(1)
})
afterAll(async () => {
  await desk?.platform.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('kill -9 during a submission', () => {
  it('loses nothing and sends nothing twice', async () => {
    let wasKilled = 0
    for (const [round, delay] of killAfterMs.entries()) {
      const child = startCommand(words(round === 0 ? 'submit' : 'resume'))
      const timer = setTimeout(() => child.kill('SIGKILL'), delay)
      const result = await ended(child)
      clearTimeout(timer)
      if (result.code === null) wasKilled++
      else expect([0, 1, 4], result.stderr).toContain(result.code)
    }
    expect(wasKilled).toBeGreaterThan(2)
    expect([0, 1]).toContain((await run('resume')).code)
    // A kill before the seal leaves the records unsealed; one more submission takes them along.
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
      const page = (
        await run(
          'list',
          '--delivery',
          'accepted',
          '--limit',
          '500',
          ...(after === null ? [] : ['--after', after]),
        )
      ).json as { records: { recordId: string }[]; next: string | null }
      for (const record of page.records) accepted.add(record.recordId)
      after = page.next
    } while (after !== null)
    expect(accepted).toEqual(inLedger)
    expect(accepted.size).toBeGreaterThan(300)
  })
})

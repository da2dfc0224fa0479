import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '@test/fixtures/command-line'
import type { CommandRun } from '@test/fixtures/command-line'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import type { MessyExpectation } from '@test/fixtures/messy-licences'
import { makePracticeDesk, rehearsalNow } from '@test/fixtures/practice-desk'
import type { PracticeDesk } from '@test/fixtures/practice-desk'

interface ImportJson {
  readonly rows: number
  readonly imported: number
  readonly updated: number
  readonly skipped: number
  readonly clean: number
  readonly warned: number
  readonly blocked: number
  readonly issues: readonly {
    row: number
    column: string | null
    code: string
    message: string
    severity: string
  }[]
}
interface RecordJson {
  readonly recordId: string
  readonly delivery: string
  readonly quality: string
  readonly revision: number
  readonly issues: readonly {
    code: string
    source: string
    field: string | null
    value: string | null
    message: string
  }[]
}
interface SubmitJson {
  readonly batches: readonly {
    items: number
    accepted: number
    warned: number
    rejected: number
    duplicate: number
    unknown: number
    receiptNo: string | null
  }[]
  readonly notSent: readonly { recordId: string; reason: string }[]
}
interface LedgerLine {
  readonly recordId: string
  readonly revision: number
}

let folder: string
let desk: PracticeDesk
let expectation: MessyExpectation
let workbook: string

const run = (...args: readonly string[]): Promise<CommandRun> =>
  runCommand([...args, '--data', desk.deskDir, '--json', '--now', rehearsalNow])

const ledger = (): readonly LedgerLine[] =>
  readFileSync(desk.ledgerFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LedgerLine)

async function listAll(...filter: readonly string[]): Promise<readonly RecordJson[]> {
  const records: RecordJson[] = []
  let after: string | null = null
  do {
    const page = await run('list', '--limit', '200', ...filter, ...(after === null ? [] : ['--after', after]))
    const json = page.json as { records: RecordJson[]; next: string | null }
    records.push(...json.records)
    after = json.next
  } while (after !== null)
  return records
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xinbao-main-job-'))
  workbook = join(folder, '11月许可.xlsx')
  expectation = await writeMessyLicences(workbook, 500)
  desk = await makePracticeDesk(folder, 'strict')
})
afterAll(async () => {
  await desk?.platform.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the main job on the command line', () => {
  let imported: ImportJson
  let rejected: readonly RecordJson[]
  let acceptedFirst: number

  it('imports good rows and keeps bad ones, naming row, column and remedy', async () => {
    const result = await run('import', workbook, '--type', 'XZXK_FR', '--errors', join(folder, 'errors.xlsx'))
    imported = result.json as ImportJson
    expect(result.stderr).not.toContain('defect')
    expect(result.code).toBe(1)
    expect(imported).toMatchObject({
      rows: expectation.rows,
      imported: expectation.rows,
      updated: 0,
      skipped: 0,
    })
    expect(imported.clean + imported.warned + imported.blocked).toBe(expectation.rows)
    const errorRows = new Set(
      imported.issues.filter((issue) => issue.severity === 'error').map((issue) => issue.row),
    )
    expect([...errorRows].sort((a, b) => a - b)).toEqual([...expectation.blocked.keys()])
    for (const issue of imported.issues) {
      expect(issue.message).toMatch(/[\u4e00-\u9fff]{4}/)
      expect(issue.column).toMatch(/^[A-Z]{1,2}$/)
    }
    for (const [row, code] of expectation.blocked) {
      expect(
        imported.issues
          .filter((issue) => issue.row === row)
          .map((issue) => issue.code)
          .join(' '),
      ).toContain(code)
    }
  })

  it('adds nothing when the same file comes again', async () => {
    const again = (await run('import', workbook, '--type', 'XZXK_FR')).json as ImportJson
    expect(again).toMatchObject({ rows: 500, imported: 0, updated: 0, skipped: 500 })
  })

  it('submits what is ready; the counts add up and the ledger agrees', async () => {
    const result = await run('submit')
    const json = result.json as SubmitJson
    expect(result.code).toBe(1)
    const batch = json.batches[0]!
    expect(json.batches).toHaveLength(1)
    expect(batch.items).toBe(imported.clean)
    expect(batch.accepted + batch.warned + batch.rejected + batch.duplicate).toBe(batch.items)
    expect(batch).toMatchObject({ unknown: 0, receiptNo: expect.stringMatching(/^R/) as string })
    expect(batch.rejected).toBeGreaterThan(0)
    expect(json.notSent).toHaveLength(imported.blocked + imported.warned)
    acceptedFirst = batch.accepted + batch.warned
    expect(ledger()).toHaveLength(acceptedFirst)
  })

  it('says of each rejection the code, field, value and a plain sentence', async () => {
    rejected = await listAll('--delivery', 'rejected')
    expect(rejected.length).toBeGreaterThan(0)
    for (const record of rejected) {
      const verdicts = record.issues.filter((issue) => issue.source === 'platform')
      expect(verdicts.length).toBeGreaterThan(0)
      for (const verdict of verdicts) {
        expect(verdict.code).toMatch(/^platform\.1\d{3}$/)
        expect(verdict.field).toMatch(/^[A-Z_0-9]+$/)
        expect(verdict.value).not.toBeUndefined()
        expect(verdict.message).toMatch(/[\u4e00-\u9fff]{4}/)
      }
    }
  })

  it('corrects and resubmits until every record stands once in the ledger', async () => {
    for (const record of rejected) {
      const result = await run('correct', record.recordId, `BZ=已核对${record.revision}`)
      expect(result.stderr).toBe('')
      expect((result.json as RecordJson).revision).toBe(record.revision + 1)
    }
    const result = await run('submit')
    const json = result.json as SubmitJson
    expect(json.batches[0]).toMatchObject({
      items: rejected.length,
      accepted: rejected.length,
      rejected: 0,
      unknown: 0,
    })
    const lines = ledger()
    expect(lines).toHaveLength(acceptedFirst + rejected.length)
    expect(new Set(lines.map((line) => line.recordId)).size).toBe(lines.length)
    const accepted = await listAll('--delivery', 'accepted')
    expect(new Set(accepted.map((record) => `${record.recordId} ${record.revision}`))).toEqual(
      new Set(lines.map((line) => `${line.recordId} ${line.revision}`)),
    )
  })

  it('pulls the feed and has nothing left to send', async () => {
    expect((await run('pull')).code).toBe(0)
    expect((await run('submit')).json).toMatchObject({ batches: [] })
  })
})

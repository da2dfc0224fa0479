import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeIndependentDesk, reckon, scratchFolder } from './desk-under-test'
import type { ImportJson, IndependentDesk } from './desk-under-test'
import { writeMessyBook } from './messy-books'
import type { WrittenBook } from './messy-books'
import { messyRows, officialTypes } from './messy-rows'
import type { Cell, MessyRow } from './messy-rows'

const count = 500
const scratch = scratchFolder('five-types')
const payloads: Record<string, string>[] = []
let made: IndependentDesk

/** The text that an issue must quote for a cell. */
const quoted = (cell: Cell | undefined): string =>
  cell === undefined
    ? ''
    : cell instanceof Date
      ? cell.toISOString().slice(0, 10)
      : typeof cell === 'object'
        ? cell.result
        : String(cell)

beforeAll(async () => {
  made = await makeIndependentDesk(scratch.path)
})
afterAll(async () => {
  await made?.platform.stop()
  scratch.remove()
})

describe.each(officialTypes)('%s', (type) => {
  const from = 60_000 + officialTypes.indexOf(type) * 1_000
  const rows = messyRows(type, count, from)
  const kept = (quality: (row: MessyRow) => boolean) => rows.filter(quality).length
  let written: WrittenBook
  let imported: ImportJson

  it('keeps every row, and the counts add up', async () => {
    const path = join(scratch.path, `${type}.xlsx`)
    written = await writeMessyBook(path, type, rows)
    const result = await made.desk.run('import', path, '--type', type)
    expect(result.code, result.stderr).toBe(1)
    imported = result.json as ImportJson
    expect(imported).toMatchObject({ rows: count, imported: count, updated: 0, skipped: 0 })
    expect(imported.clean + imported.warned + imported.blocked).toBe(count)
  })

  it('blocks exactly the wrong rows, with place, value and remedy', () => {
    const wrong = new Set(
      imported.issues.filter((issue) => issue.severity === 'error').map((issue) => issue.row),
    )
    const meant = rows.flatMap((row, index) => (row.blockedBy === null ? [] : [written.rowNumbers[index]!]))
    const describeRow = (row: number) => ({
      row,
      cells: rows[written.rowNumbers.indexOf(row)]?.cells,
      issues: imported.issues
        .filter((issue) => issue.row === row)
        .map((issue) => `${issue.field} ${issue.code}`),
    })
    expect([...wrong].filter((row) => !meant.includes(row)).map(describeRow)).toEqual([])
    expect(meant.filter((row) => !wrong.has(row)).map(describeRow)).toEqual([])
    for (const [index, row] of rows.entries()) {
      if (row.blockedBy === null) continue
      const at = written.rowNumbers[index]!
      const issue = imported.issues.find(
        (one) => one.row === at && one.field === row.blockedBy && one.severity === 'error',
      )
      expect(issue, `row ${at} is blocked by ${row.blockedBy}`).toBeDefined()
      expect(issue!.column).toBe(written.columns[row.blockedBy])
      expect(issue!.message).toMatch(/[\u4e00-\u9fff]{4}/)
      if (quoted(row.cells[row.blockedBy]) !== '') expect(issue!.value).not.toBeNull()
    }
    expect(imported.blocked).toBe(kept((row) => row.blockedBy !== null))
  })

  it('warns of exactly the doubtful rows', () => {
    const doubtful = rows.flatMap((row, index) =>
      row.blockedBy === null && row.warnedBy !== null ? [written.rowNumbers[index]!] : [],
    )
    const blocked = new Set(
      rows.flatMap((row, index) => (row.blockedBy === null ? [] : [written.rowNumbers[index]!])),
    )
    const warned = imported.issues.filter((issue) => issue.severity === 'warning' && !blocked.has(issue.row))
    expect([...new Set(warned.map((issue) => issue.row))].sort((a, b) => a - b)).toEqual(doubtful)
    expect(imported.warned).toBe(doubtful.length)
  })

  it('adds nothing when the file comes again', async () => {
    const again = await made.desk.import(join(scratch.path, `${type}.xlsx`), type)
    expect(again).toMatchObject({ rows: count, imported: 0, updated: 0, skipped: count })
  })

  it('sends exactly what was meant, character by character', async () => {
    const before = made.platform.book.ledger.length
    const result = await made.desk.run('submit', '--type', type)
    expect(made.platform.violations).toEqual([])
    const clean = rows
      .filter((row) => row.blockedBy === null && row.warnedBy === null)
      .map((row) => row.payload)
    expect(result.json).toMatchObject({
      batches: [{ items: clean.length, accepted: clean.length, unknown: 0 }],
    })
    const key = (payload: Readonly<Record<string, string>>): string =>
      JSON.stringify(Object.entries(payload).sort())
    const sent = made.platform.book.ledger.slice(before).map((line) => line.payload)
    payloads.push(...sent)
    expect(sent.map(key).sort()).toEqual(clean.map(key).sort())
  })
})

it('one effect per record over all types', async () => {
  const sum = await reckon(made)
  expect(sum).toMatchObject({ violations: [], redelivered: [], ledgerLines: payloads.length })
  expect(sum.acceptedAtDesk).toEqual(sum.inLedger)
})

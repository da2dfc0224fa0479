import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makePracticeDesk } from '@test/fixtures/practice-desk'
import type { PracticeDesk } from '@test/fixtures/practice-desk'
import { DeskUnderTest, scratchFolder } from './desk-under-test'
import type { ListedRecord, SubmitJson } from './desk-under-test'
import { writeMessyBook } from './messy-books'
import { docNoField, messyRows, officialTypes } from './messy-rows'

const count = 500
const scratch = scratchFolder('strict')
const rowsOf = new Map(officialTypes.map((type, at) => [type, messyRows(type, count, 80_000 + at * 1_000)]))
let made: PracticeDesk
let desk: DeskUnderTest
let rejected: readonly ListedRecord[]

const ledger = (): readonly { recordId: string; revision: number }[] =>
  readFileSync(made.ledgerFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { recordId: string; revision: number })

const sum = (json: SubmitJson, of: 'items' | 'accepted' | 'warned' | 'rejected' | 'unknown'): number =>
  json.batches.reduce((total, batch) => total + batch[of], 0)

beforeAll(async () => {
  made = await makePracticeDesk(scratch.path, 'strict')
  desk = new DeskUnderTest(made.deskDir)
})
afterAll(async () => {
  await made?.platform.stop()
  scratch.remove()
})

it('submits what is ready of all five types; what waits is told with its reason', async () => {
  let ready = 0
  for (const type of officialTypes) {
    const path = join(scratch.path, `${type}.xlsx`)
    await writeMessyBook(path, type, rowsOf.get(type)!)
    const imported = await desk.import(path, type)
    expect(imported).toMatchObject({ rows: count, imported: count })
    ready += imported.clean
  }
  const result = await desk.run('submit')
  expect(result.code, result.stderr).toBe(1)
  const json = result.json as SubmitJson
  expect(sum(json, 'items')).toBe(ready)
  expect(sum(json, 'accepted') + sum(json, 'warned') + sum(json, 'rejected')).toBe(ready)
  expect(sum(json, 'rejected')).toBeGreaterThan(ready * 0.02)
  expect(json.notSent).toHaveLength(officialTypes.length * count - ready)
  expect(new Set(json.notSent.map((one) => one.reason))).toEqual(new Set(['blocked', 'unconfirmed-warning']))
  expect(ledger()).toHaveLength(sum(json, 'accepted') + sum(json, 'warned'))
})

it('takes corrections by command and by workbook, and every record stands once in the ledger', async () => {
  rejected = await desk.list('--delivery', 'rejected')
  const before = ledger().length
  const [byHand, ...byBook] = rejected
  expect((await desk.run('correct', byHand!.recordId, 'BZ=已核对')).code).toBe(0)
  for (const type of officialTypes) {
    const numbers = new Set(byBook.filter((record) => record.type === type).map((record) => record.docNo))
    const rows = rowsOf.get(type)!.filter((row) => numbers.has(row.payload[docNoField(type)]!))
    if (rows.length === 0) continue
    const path = join(scratch.path, `${type}-mended.xlsx`)
    await writeMessyBook(
      path,
      type,
      rows.map((row) => ({ ...row, cells: { ...row.cells, BZ: '已核对' } })),
    )
    expect(await desk.import(path, type)).toMatchObject({
      rows: rows.length,
      imported: 0,
      updated: rows.length,
      clean: rows.length,
    })
  }
  const json = await desk.submit()
  expect(json).toMatchObject({ batches: [{ items: rejected.length, rejected: 0, unknown: 0 }] })
  const lines = ledger()
  expect(lines).toHaveLength(before + rejected.length)
  expect(new Set(lines.map((line) => line.recordId)).size).toBe(lines.length)
  const settled = [
    ...(await desk.list('--delivery', 'accepted')),
    ...(await desk.list('--delivery', 'warned')),
  ]
  expect(new Set(settled.map((record) => `${record.recordId} ${record.revision}`))).toEqual(
    new Set(lines.map((line) => `${line.recordId} ${line.revision}`)),
  )
})

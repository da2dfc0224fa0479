import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBulkInsert } from '@engine/repos/bulk-insert'
import type { Database } from '@engine/repos/database'
import { openedStore } from '@test/integration/engine-records/store-fixture'

const COLUMNS = ['id', 'shared', 'one', 'other']

let database: Database
const leftovers: (() => void)[] = []
beforeAll(() => {
  database = openedStore((putAway) => void leftovers.push(putAway)).database
  database.exec(
    'CREATE TABLE bulk (id INTEGER PRIMARY KEY, shared TEXT, one TEXT UNIQUE, other INTEGER) STRICT',
  )
})
afterAll(() => {
  for (const putAway of leftovers.reverse()) putAway()
})

const row = fc.tuple(fc.option(fc.constantFrom('甲', '乙')), fc.option(fc.integer({ max: 2, min: 0 })))

describe('rows inserted many at a time', () => {
  it('stand in the table as they were given, whatever they share and however many they are', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 70 }), fc.option(fc.string()), (given, common) => {
        database.exec('DELETE FROM bulk')
        const rows = given.map(([one, other], at) => [at, common, one === null ? null : `${one}${at}`, other])
        createBulkInsert(database, 'bulk', COLUMNS)(rows)
        const stored = database.prepare('SELECT id, shared, one, other FROM bulk ORDER BY id').raw().all()
        expect(stored).toEqual(rows)
      }),
    )
  })

  it('are all refused with the one that breaks a rule', () => {
    const insert = createBulkInsert(database, 'bulk', COLUMNS)
    const rows = Array.from({ length: 50 }, (_, at) => [
      1_000 + at,
      null,
      at === 45 ? 'text 3' : `text ${at}`,
      0,
    ])
    expect(() => database.transaction(() => insert(rows))()).toThrow(/UNIQUE/)
    expect(database.prepare('SELECT count(*) FROM bulk WHERE id >= 1000').pluck().get()).toBe(0)
  })
})

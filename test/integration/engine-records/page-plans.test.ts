import { expect, it } from 'vitest'
import { recordFilters, recordSorts } from '@shared/contract/views/record-views'
import { clockStates } from '@shared/domain/record-status'
import { foldForKey } from '@shared/kernel/text'
import type { Database } from '@engine/repos/database'
import { openDatabase } from '@engine/repos/database'
import { createDeskQuery } from '@engine/repos/desk-query'
import { createNoticeRepo } from '@engine/repos/notice-repo'
import { orderStatement } from '@engine/repos/record-order'
import { createRecordLookup } from '@engine/repos/record-lookup'
import { createRecordPageQuery } from '@engine/repos/record-page-query'
import { createRecordRepo } from '@engine/repos/record-repo'
import { stretchesOf } from '@engine/repos/record-stretches'
import { createRecordTally } from '@engine/repos/record-tally'
import { openedStore, recordEntity, testKey } from './store-fixture'

const days = { today: '2026-11-20', soonUntil: '2026-11-24', weekUntil: '2026-11-27' }

/** A store with records of two types at several places. */
function filled() {
  const opened = openedStore()
  const records = createRecordRepo(opened.database, opened.clock)
  const deliveries = ['none', 'rejected', 'processing', 'accepted', 'warned'] as const
  opened.store.write(() => {
    for (let index = 0; index < 60; index++) {
      const docNo = `萍许〔2026〕${index}号`
      const subjectName = `青山第${index}公司`
      records.insert(
        recordEntity({
          recordId: `r${String(index).padStart(3, '0')}`,
          recordType: index % 2 === 0 ? 'XZXK_FR' : 'XZCF_FR',
          delivery: deliveries[index % deliveries.length]!,
          dueOn: `2026-11-${10 + (index % 20)}`,
          ...{ docNo, docKey: foldForKey(docNo), subjectName },
          searchText: [foldForKey(docNo), foldForKey(subjectName), '', 'QSDGS'].join('\n'),
        }),
      )
    }
  })
  return { ...opened, records }
}

const planOf = (database: Database, sql: string, values: readonly (string | number)[]): readonly string[] =>
  database
    .prepare<(string | number)[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...values)
    .map(({ detail }) => detail)

/** Every statement that a store prepares while some work runs. */
function preparedBy(database: Database, work: () => unknown): readonly string[] {
  const statements: string[] = []
  const prepare = database.prepare.bind(database)
  database.prepare = (sql: string) => {
    statements.push(sql)
    return prepare(sql)
  }
  work()
  database.prepare = prepare
  return statements
}

it('every page is read along an index: nothing is sorted, and no record is looked at that is not asked for', () => {
  const { database } = filled()
  const lines = createRecordTally(database).lines()
  let looked = 0
  for (const filter of recordFilters)
    for (const sort of recordSorts)
      for (const type of [null, 'XZXK_FR'])
        for (const clock of [null, ...clockStates])
          for (const after of [null, { key: '02026-11-15', recordId: 'r010' }])
            for (const isBackward of [false, true]) {
              const { all } = stretchesOf(lines, { type, filter, clock, delivery: null, days })
              const reading = { stretches: all, sort, isBackward, after, skip: 0, limit: 100 }
              const statement = orderStatement(reading)
              if (statement === null) continue
              const plan = planOf(database, statement.sql, statement.values)
              expect(plan.filter((line) => /TEMP B-TREE|SCAN/.test(line))).toEqual([])
              const searches = plan.filter((line) => line.startsWith('SEARCH'))
              expect(
                searches.filter((line) => !/INDEX record_by_.*record_type=\? AND place=\?/.test(line)),
              ).toEqual([])
              looked++
            }
  expect(looked).toBeGreaterThan(500)
})

it('the desk, the inbox and the new day look at no more records than they are about', () => {
  const { database } = filled()
  const tally = createRecordTally(database)
  const statements = preparedBy(database, () => {
    createDeskQuery(database, tally).mostUrgent(12)
    createNoticeRepo(database).rejections()
    createRecordLookup(database).waitingIds(null, '', 10)
  })
  const plans = statements
    .filter((sql) => sql.startsWith('SELECT'))
    .flatMap((sql) =>
      planOf(
        database,
        sql,
        Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => 1),
      ),
    )
  expect(plans.filter((line) => /SCAN (?:r|record|issue)\b/.test(line))).toEqual([])
})

it('counts are those of the records after every kind of change, and after one that was taken back', () => {
  const { database, store, records } = filled()
  const tally = createRecordTally(database)
  const counted = (): unknown =>
    database
      .prepare(
        `SELECT record_type AS type, place, count(*) AS count FROM record GROUP BY record_type, place ORDER BY type, place`,
      )
      .all()
  const told = (): unknown => {
    const sums = new Map<string, { type: string; place: string; count: number }>()
    for (const { type, place, count } of tally.lines()) {
      const key = `${type} ${place}`
      sums.set(key, { type, place, count: (sums.get(key)?.count ?? 0) + count })
    }
    return [...sums.values()].sort((a, b) => (`${a.type} ${a.place}` < `${b.type} ${b.place}` ? -1 : 1))
  }
  expect(told()).toEqual(counted())
  store.write(() => {
    records.update('r000', { editorial: 'discarded' })
    records.update('r001', { dueOn: null, quality: 'blocked' })
    records.update('r003', { firstReceivedAt: '2026-11-12T08:00:00.000Z', delivery: 'accepted' })
  })
  expect(told()).toEqual(counted())
  expect(() =>
    store.write(() => {
      records.update('r005', { editorial: 'held' })
      tally.lines()
      throw new Error('taken back')
    }),
  ).toThrow('taken back')
  expect(told()).toEqual(counted())
})

it('a text is found as it stands now, and in a copy of the store as in the store', async () => {
  const { database, store, records, folder } = filled()
  const bounds = { few: 0, near: 0, step: 8, listed: 1_000, searchMs: 1_000 }
  const find = async (from: Database, search: string): Promise<readonly string[]> => {
    const request = { type: null, filter: 'all', delivery: null, clock: null, days, sort: 'doc_no' } as const
    const pages = createRecordPageQuery(from, createRecordTally(from), bounds)
    const { rows } = await pages.page({ ...request, search, after: null, limit: 100 })
    return rows.map(({ recordId }) => recordId)
  }
  expect(await find(database, '第7公')).toEqual(['r007'])
  expect(await find(database, '59')).toEqual(['r059'])
  expect(await find(database, 'QSD')).toHaveLength(60)
  expect(await find(database, 'GS')).toHaveLength(60)
  expect(await find(database, '山第 58')).toEqual(['r058'])
  store.write(() => records.update('r007', { searchText: '萍许〔2026〕7号\n赤山公司\n\nCSGS' }))
  expect(await find(database, '第7公')).toEqual([])
  expect(await find(database, '赤山')).toEqual(['r007'])
  const file = `${folder}/copy.db`
  database.prepare('VACUUM INTO ?').run(file)
  const copy = openDatabase({ file, key: testKey })
  expect(await find(copy, '赤山')).toEqual(['r007'])
  expect(await find(copy, '59')).toEqual(['r059'])
  copy.close()
})

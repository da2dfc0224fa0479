import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FailureError } from '@shared/kernel/failure'
import { createStore, openDatabase } from '@engine/repos/database'
import { initial } from '@engine/repos/migrations/0001-initial'
import { headlineField } from '@engine/repos/migrations/0002-headline-field'
import { documentSeries } from '@engine/repos/migrations/0003-document-series'
import { migrate } from '@engine/repos/migrator'
import { createRecordRepo } from '@engine/repos/record-repo'
import { createSeriesRepo } from '@engine/repos/series-repo'
import { createSeriesGapsService } from '@engine/services/series-gaps-service'
import { recordsBench, soundLicence } from './records-bench'
import { recordEntity, stoppedClock, temporaryFolder, testKey } from './store-fixture'

function gapsBench() {
  const bench = recordsBench()
  const repo = createSeriesRepo(bench.database)
  const gaps = createSeriesGapsService({ ...bench, repo, actor: () => '王示例' })
  const add = (docNo: string, changes: Readonly<Record<string, string>> = {}): string =>
    bench.editing.create('XZXK_FR', { ...soundLicence, XK_WSH: docNo, ...changes })
  return { ...bench, gaps, add }
}

const told = (gaps: ReturnType<ReturnType<typeof gapsBench>['gaps']['list']>) =>
  gaps.gaps.map(({ series, from, to, explained }) => [series, from, to, explained?.reason ?? null])

describe('numbers without a record', () => {
  it('are found between those that have one, whatever brackets, widths and zeros they are written with', () => {
    const { gaps, add } = gapsBench()
    add('萍市监许〔2026〕12号')
    add('萍市监许[2026]第014号')
    add('萍市监许（２０２６）１８号')
    add('萍环罚〔2026〕3号')
    const list = gaps.list(null)
    expect(list).toMatchObject({ year: 2026, series: 1, missing: 4 })
    expect(told(list)).toEqual([
      ['萍市监许〔2026〕', 15, 17, null],
      ['萍市监许〔2026〕', 13, 13, null],
    ])
    expect(list.gaps[1]).toMatchObject({ before: '萍市监许〔2026〕12号', afterDate: '2026-11-18' })
  })

  it('are of one series across record types, and of one year', () => {
    const { gaps, add } = gapsBench()
    add('萍市监许〔2025〕1号')
    add('萍市监许〔2025〕3号')
    add('萍市监许〔2026〕1号')
    add('萍市监许〔2026〕2号')
    expect(told(gaps.list(2025))).toEqual([['萍市监许〔2025〕', 2, 2, null]])
    expect(gaps.list(2026)).toMatchObject({ series: 1, missing: 0, gaps: [] })
    expect(gaps.list(2024)).toMatchObject({ series: 0, missing: 0 })
  })

  it('count a number as there when its record is held or not to be sent, and as missing when it was put away', () => {
    const { gaps, add, decisions } = gapsBench()
    add('萍市监许〔2026〕1号')
    const second = add('萍市监许〔2026〕2号')
    const third = add('萍市监许〔2026〕3号')
    add('萍市监许〔2026〕4号')
    decisions.exclude([second], 'classified', '经保密审查')
    expect(gaps.list(null).missing).toBe(0)
    decisions.discard([third], '录错')
    expect(told(gaps.list(null))).toEqual([['萍市监许〔2026〕', 3, 3, null]])
  })

  it('leave numbers alone that are no series', () => {
    const { gaps, add } = gapsBench()
    for (const docNo of [
      '许可12号',
      '许可14号',
      '2026-12',
      '〔2026〕',
      '萍市监〔26〕1号',
      '萍市监〔26〕3号',
      '无编号',
    ])
      add(docNo)
    add('萍市监许〔2026〕1-1号')
    add('萍市监许〔2026〕1-9号')
    expect(gaps.list(null)).toMatchObject({ series: 0, missing: 0 })
  })

  it('no longer count once a person has said why, number by number, and the trail knows', () => {
    const { gaps, add, audit } = gapsBench()
    add('萍市监许〔2026〕1号')
    add('萍市监许〔2026〕6号')
    const list = gaps.explain('萍市监许〔2026〕', 3, 4, '不予许可，无需报送')
    expect(list.missing).toBe(2)
    expect(told(list)).toEqual([
      ['萍市监许〔2026〕', 5, 5, null],
      ['萍市监许〔2026〕', 2, 2, null],
      ['萍市监许〔2026〕', 3, 4, '不予许可，无需报送'],
    ])
    expect(list.gaps[2]?.explained).toMatchObject({ by: '王示例' })
    expect(audit.recent(['gap.explained'], 5)).toMatchObject([
      { body: { series: '萍市监许〔2026〕', from: 3, to: 4, reason: '不予许可，无需报送' } },
    ])
    // A record that turns up later simply fills its number.
    add('萍市监许〔2026〕3号')
    expect(gaps.list(null).missing).toBe(2)
  })

  it('refuse a reason for a series that the desk does not have, and for a run without end', () => {
    const { gaps, add } = gapsBench()
    add('萍市监许〔2026〕1号')
    add('萍市监许〔2026〕99999号')
    const codeOf = (work: () => unknown): unknown => {
      try {
        return work()
      } catch (error) {
        return error instanceof FailureError ? error.failure.code : error
      }
    }
    expect(codeOf(() => gaps.explain('别的〔2026〕', 2, 2, '无'))).toBe('gap.unknown')
    expect(codeOf(() => gaps.explain('萍市监许〔2026〕', 2, 99_998, '无'))).toBe('gap.unknown')
    expect(gaps.list(null).missing).toBe(99_997)
  })
})

describe('a store from before the series', () => {
  it('knows its series as soon as it is migrated, and keeps every record as it was', () => {
    const clock = stoppedClock()
    const database = openDatabase({ file: join(temporaryFolder(), 'store.db'), key: testKey, create: true })
    migrate(database, { migrations: [initial, headlineField], clock })
    const records = createRecordRepo(database, clock)
    createStore(database).write(() => {
      for (const number of [1, 2, 5]) {
        const docNo = `萍许〔2026〕${number}号`
        records.insert(recordEntity({ recordId: `r${number}`, docNo, docKey: docNo }))
      }
    })
    const before = records.find('r5')
    migrate(database, { migrations: [initial, headlineField, documentSeries], clock })
    expect(createSeriesRepo(database).gaps(2026)).toEqual([
      { series: '萍许〔2026〕', from: 3, to: 4, afterDate: '2026-11-18' },
    ])
    expect(createRecordRepo(database, clock).find('r5')).toEqual(before)
    database.close()
  })
})

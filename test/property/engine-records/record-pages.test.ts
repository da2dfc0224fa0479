import fc from 'fast-check'
import { expect, it } from 'vitest'
import { recordFilters, recordSorts } from '@shared/contract/views/record-views'
import type { RecordFilter, RecordSort } from '@shared/contract/views/record-views'
import {
  deliveryStates,
  editorialStates,
  inFlight,
  isAccepted,
  clockStates,
} from '@shared/domain/record-status'
import type { ClockState } from '@shared/domain/record-status'
import { foldForKey } from '@shared/kernel/text'
import { createRecordPageQuery } from '@engine/repos/record-page-query'
import { createRecordTally } from '@engine/repos/record-tally'
import { createRecordRepo } from '@engine/repos/record-repo'
import type { RecordEntity } from '@engine/repos/repo-types'
import { openedStore, recordEntity } from '@test/integration/engine-records/store-fixture'

const days = { today: '2026-11-20', soonUntil: '2026-11-24', weekUntil: '2026-11-27' }
const date = fc.integer({ min: 10, max: 30 }).map((day) => `2026-11-${day}`)

const content = fc.record({
  recordType: fc.constantFrom('XZXK_FR', 'XZCF_FR'),
  docNo: fc.constantFrom('萍许〔2026〕1号', '萍许[2026]2号', 'A%B_C\\', '（2026）3'),
  subjectName: fc.constantFrom('青山公司', '赤山公司', '100%_店'),
  subjectCode: fc.constantFrom('', '91360302230001009W', '91360302230001009X'),
  legalDate: date,
  dueOn: fc.option(date, { nil: null }),
  quality: fc.constantFrom('clean' as const, 'warned' as const, 'blocked' as const),
  delivery: fc.constantFrom(...deliveryStates),
  editorial: fc.constantFrom(...editorialStates),
  isDuplicate: fc.boolean(),
  excludedBasis: fc.option(fc.constant('classified'), { nil: null }),
  firstReceivedAt: fc.option(fc.constant('2026-11-19T20:00:00.000Z'), { nil: null }),
  updatedAt: fc.integer({ min: 10, max: 14 }).map((hour) => `2026-11-20T${hour}:00:00.000Z`),
})

/** The lane of a record in plain words, written apart from the schema. */
function laneOf(record: RecordEntity): string {
  if (record.editorial === 'discarded') return 'discarded'
  if (inFlight.includes(record.delivery)) return 'in_flight'
  if (isAccepted(record.delivery)) return 'accepted'
  if (record.excludedBasis !== null) return 'excluded'
  if (record.editorial === 'held') return 'held'
  if (record.delivery !== 'none') return 'rejected'
  if (record.editorial === 'in_review') return 'in_review'
  if (record.quality === 'blocked' || record.isDuplicate) return 'blocked'
  if (record.quality === 'warned') return 'unconfirmed'
  return record.editorial === 'checked' || record.editorial === 'approved' ? 'ready' : 'blocked'
}

function dangerOf(record: RecordEntity): string {
  const due = record.dueOn ?? '9999-99-99'
  if (record.editorial === 'discarded') return `9${due}`
  if (isAccepted(record.delivery)) return `5${due}`
  if (record.excludedBasis !== null) return `6${due}`
  if (record.firstReceivedAt !== null && record.delivery !== 'revoked') return `4${due}`
  return `${record.delivery === 'processing' ? 3 : 0}${due}`
}

const passes: Readonly<Record<RecordFilter, (record: RecordEntity) => boolean>> = {
  unsent: (record) =>
    ['blocked', 'unconfirmed', 'ready', 'rejected', 'in_review', 'held'].includes(laneOf(record)),
  ready: (record) => laneOf(record) === 'ready',
  problems: (record) => ['blocked', 'unconfirmed'].includes(laneOf(record)),
  rejected: (record) => laneOf(record) === 'rejected',
  due_week: (record) => dangerOf(record).startsWith('0') && dangerOf(record) <= `0${days.weekUntil}`,
  in_flight: (record) => laneOf(record) === 'in_flight',
  accepted: (record) => laneOf(record) === 'accepted',
  held: (record) => laneOf(record) === 'held',
  all: (record) => record.editorial !== 'discarded',
}

/** The clock of a record in plain words. */
function clockOf({ dueOn, firstReceivedAt }: RecordEntity): ClockState {
  if (firstReceivedAt !== null) return dueOn !== null && dueOn < '2026-11-20' ? 'met_late' : 'met'
  if (dueOn === null || dueOn > days.soonUntil) return 'on_time'
  return dueOn < days.today ? 'overdue' : dueOn === days.today ? 'due_today' : 'due_soon'
}

const keyOf: Readonly<Record<RecordSort, (record: RecordEntity) => string>> = {
  danger: dangerOf,
  updated: (record) => record.updatedAt,
  legal_date: (record) => record.legalDate,
  doc_no: (record) => record.docKey,
  subject: (record) => record.subjectName,
}

const byBytes = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right))

it('pages of the grid are the slices of a plain filter and sort, whatever the filter, search, order and size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(content, { maxLength: 30 }),
      fc.constantFrom(...recordFilters),
      fc.constantFrom(...recordSorts),
      fc.constantFrom('', '青山', '%', '_', '\\', '（2026', '91360302230001009w', '公司 1号', 'zzz'),
      fc.option(fc.constantFrom('XZXK_FR', 'XZCF_FR'), { nil: null }),
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom(
        { few: 1_500, near: 2_000, step: 256, listed: 50_000, searchMs: 20 },
        { few: 0, near: 0, step: 2, listed: 50_000, searchMs: 0 },
        { few: 0, near: 0, step: 3, listed: 0, searchMs: 0 },
      ),
      fc.option(fc.constantFrom(...clockStates), { nil: null }),
      async (contents, filter, sort, search, type, limit, bounds, standing) => {
        const { database, store, clock } = openedStore()
        const records = createRecordRepo(database, clock)
        const all = contents.map((content, index) => {
          const text = [content.docNo, content.subjectName, content.subjectCode].map(foldForKey).join('\n')
          return recordEntity({
            recordId: `r${String(index).padStart(3, '0')}`,
            ...content,
            docKey: foldForKey(content.docNo),
            searchText: text,
          })
        })
        store.write(() => all.forEach((record) => records.insert(record)))
        const direction = sort === 'updated' || sort === 'legal_date' ? -1 : 1
        const words = search
          .split(' ')
          .map(foldForKey)
          .filter((word) => word !== '')
        const expected = all
          .filter(passes[filter])
          .filter((record) => type === null || record.recordType === type)
          .filter((record) => standing === null || clockOf(record) === standing)
          .filter((record) => words.every((word) => record.searchText.includes(word)))
          .sort(
            (left, right) =>
              direction *
              (byBytes(keyOf[sort](left), keyOf[sort](right)) || byBytes(left.recordId, right.recordId)),
          )
          .map(({ recordId }) => recordId)
        const pages = createRecordPageQuery(database, createRecordTally(database), bounds)
        const seen: string[] = []
        let after: string | null = null
        do {
          const request = {
            type,
            filter,
            search,
            sort,
            after,
            from: seen.length,
            limit,
            delivery: null,
            clock: standing,
            days,
          }
          const page = await pages.page(request)
          if (page.hasMore) expect(page.total).toBeLessThanOrEqual(expected.length)
          else expect(page.total).toBe(expected.length)
          expect(page.rows.length).toBeLessThanOrEqual(limit)
          seen.push(...page.rows.map(({ recordId }) => recordId))
          after = page.next
        } while (after !== null)
        expect(seen).toEqual(expected)
        for (let from = 0; from <= expected.length; from += 3) {
          const request = {
            type,
            filter,
            search,
            sort,
            after: null,
            from,
            limit,
            delivery: null,
            clock: standing,
            days,
          }
          const page = await pages.page(request)
          const ids = page.rows.map(({ recordId }) => recordId)
          expect(ids).toEqual(expected.slice(from, from + ids.length))
          if (page.next === null) expect(from + ids.length).toBe(expected.length)
        }
        store.close()
      },
    ),
    { numRuns: 60 },
  )
})

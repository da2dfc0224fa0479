import fc from 'fast-check'
import { expect, it } from 'vitest'
import { recordFilters, recordSorts } from '@shared/contract/views/record-views'
import type { RecordFilter, RecordSort } from '@shared/contract/views/record-views'
import { deliveryStates, editorialStates, inFlight, isAccepted } from '@shared/domain/record-status'
import { foldForKey } from '@shared/kernel/text'
import { createRecordPageQuery } from '@engine/repos/record-page-query'
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

const keyOf: Readonly<Record<RecordSort, (record: RecordEntity) => string>> = {
  danger: dangerOf,
  updated: (record) => record.updatedAt,
  legal_date: (record) => record.legalDate,
  doc_no: (record) => record.docKey,
  subject: (record) => record.subjectName,
}

const byBytes = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right))

it('pages of the grid are the slices of a plain filter and sort, whatever the filter, search, order and size', () => {
  fc.assert(
    fc.property(
      fc.array(content, { maxLength: 30 }),
      fc.constantFrom(...recordFilters),
      fc.constantFrom(...recordSorts),
      fc.constantFrom('', '青山', '%', '_', '\\', '（2026', '91360302230001009w', '公司 1号', 'zzz'),
      fc.option(fc.constantFrom('XZXK_FR', 'XZCF_FR'), { nil: null }),
      fc.integer({ min: 1, max: 7 }),
      (contents, filter, sort, search, type, limit) => {
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
          .filter((record) => words.every((word) => record.searchText.includes(word)))
          .sort(
            (left, right) =>
              direction *
              (byBytes(keyOf[sort](left), keyOf[sort](right)) || byBytes(left.recordId, right.recordId)),
          )
          .map(({ recordId }) => recordId)
        const pages = createRecordPageQuery(database)
        const seen: string[] = []
        let after: string | null = null
        do {
          const request = { type, filter, search, sort, after, limit, delivery: null, clock: null, days }
          const page = pages.page(request)
          expect(page.total).toBe(expected.length)
          expect(page.rows.length).toBeLessThanOrEqual(limit)
          seen.push(...page.rows.map(({ recordId }) => recordId))
          after = page.next
        } while (after !== null)
        expect(seen).toEqual(expected)
        store.close()
      },
    ),
    { numRuns: 60 },
  )
})

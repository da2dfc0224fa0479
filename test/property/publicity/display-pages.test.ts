import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFeedRepo } from '@engine/repos/feed-repo'
import { createPublicityRepo } from '@engine/repos/publicity-repo'
import type { PublicityEntry } from '@engine/repos/publicity-repo'
import { createRecordRepo } from '@engine/repos/record-repo'
import { emptyEntry, offFrom } from '@engine/services/publicity-counting'
import { publicityFilters } from '@shared/contract/views/publicity-views'
import type { PublicityFilter } from '@shared/contract/views/publicity-views'
import { deliveryStates, operations } from '@shared/domain/record-status'
import type { Publicity } from '@shared/domain/record-status'
import { publicityStanding } from '@shared/publicity/publicity-standing'
import { openedStore, recordEntity } from '@test/integration/engine-records/store-fixture'

const today = '2026-11-20'
const soonUntil = '2027-01-19'
const day = fc.option(
  fc.constantFrom('2026-11-01', '2026-11-19', '2026-11-20', '2026-11-21', '2027-01-19', '2027-01-20'),
  { nil: null },
)
const shown = fc.record({
  display: fc.constantFrom('penalty' as const, 'licence' as const, 'other' as const),
  isPublished: fc.boolean(),
  endsOn: day,
  orderedOn: day,
  takenDownOn: fc.option(fc.constantFrom('2026-11-02', '2026-11-18'), { nil: null }),
  publicity: fc.constantFrom<Publicity>('none', 'published', 'takedown_due', 'repaired', 'marked'),
  op: fc.constantFrom(...operations),
  delivery: fc.constantFrom(...deliveryStates),
})

describe('the parts of the list of displays', () => {
  it('hold just the records whose standing says so, each once over all pages, and count them', () => {
    fc.assert(
      fc.property(fc.array(shown, { maxLength: 14 }), fc.integer({ min: 1, max: 4 }), (all, limit) => {
        const ends: (() => void)[] = []
        const { database, store, clock } = openedStore((putAway) => ends.push(putAway))
        try {
          const records = createRecordRepo(database, clock)
          const displays = createPublicityRepo(database)
          store.write(() =>
            all.forEach((one, at) => {
              const recordId = `r${at}`
              records.insert(recordEntity({ recordId, op: one.op, delivery: one.delivery }))
              const { display, isPublished, endsOn, orderedOn, takenDownOn } = one
              const entry: PublicityEntry = {
                ...emptyEntry(recordId),
                ...{ display, isPublished, endsOn, orderedOn, takenDownOn },
              }
              displays.save({ ...entry, offFrom: offFrom(entry) })
              displays.setFact(recordId, one.publicity)
            }),
          )
          const standings = all.map((one, at) => {
            const entry = displays.find(`r${at}`)!
            return publicityStanding(
              { ...entry, ...one, offFrom: entry.offFrom, hasOpenRepair: false },
              today,
            )
          })
          const listed = (filter: PublicityFilter): string[] => {
            const found: string[] = []
            for (let after: string | null = null; ;) {
              const page = displays.page({ filter, today, soonUntil, search: '', after, limit })
              found.push(...page.rows.map(({ record }) => record.recordId))
              expect(page.total).toBe(displays.counts(today, soonUntil)[filter])
              if (page.next === null) {
                expect(found).toHaveLength(page.total)
                return found
              }
              after = page.next
            }
          }
          const lists = new Map(publicityFilters.map((filter) => [filter, listed(filter)]))
          for (const list of lists.values()) expect(new Set(list).size).toBe(list.length)
          all.forEach((one, at) => {
            const id = `r${at}`
            const hasDays = one.takenDownOn === null && (one.endsOn ?? today) >= today
            expect(lists.get('shown')!.includes(id), `shown ${at}`).toBe(
              hasDays && (one.isPublished || displays.findDisplayed(id)!.publicity !== 'none'),
            )
            expect(lists.get('due')!.includes(id), `due ${at}`).toBe(standings[at] === 'takedown_due')
            expect(lists.get('requested')!.includes(id)).toBe(standings[at] === 'takedown_requested')
            expect(lists.get('gone')!.includes(id)).toBe(standings[at] === 'taken_down')
            if (standings[at] === 'expiring') expect(lists.get('expiring')).toContain(id)
          })
        } finally {
          for (const putAway of ends.toReversed()) putAway()
        }
      }),
      { numRuns: 40 },
    )
  })

  it("follow the platform's word: published, ordered down, gone, published again", () => {
    const { database, store, clock } = openedStore()
    const records = createRecordRepo(database, clock)
    const displays = createPublicityRepo(database)
    const feed = createFeedRepo(database)
    store.write(() => {
      records.insert(recordEntity({ recordId: 'one', delivery: 'accepted' }))
      feed.setPublicity('one', 'published', '2026-11-02')
      feed.setPublicity('one', 'takedown_due', '2026-11-10')
      feed.setPublicity('one', 'takedown_due', '2026-11-12')
    })
    expect(displays.find('one')).toMatchObject({ publishedOn: '2026-11-02', offFrom: '2026-11-10' })
    store.write(() => feed.setPublicity('one', 'taken_down', '2026-11-13'))
    expect(displays.counts(today, soonUntil)).toMatchObject({ due: 0, gone: 1 })
    store.write(() => feed.setPublicity('one', 'published', '2026-11-15'))
    expect(displays.find('one')).toMatchObject({ takenDownOn: null, publishedOn: '2026-11-02' })
  })
})

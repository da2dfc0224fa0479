import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAuditRepo } from '@engine/repos/audit-repo'
import type { Database } from '@engine/repos/database'
import { createDeskQuery } from '@engine/repos/desk-query'
import { createRecordTally } from '@engine/repos/record-tally'
import { createRecordRepo } from '@engine/repos/record-repo'
import { createReportQuery } from '@engine/repos/report-query'
import { createSeriesRepo } from '@engine/repos/series-repo'
import { createSettingRepo } from '@engine/repos/setting-repo'
import { createDeadlinesService } from '@engine/services/deadlines-service'
import { createReportsService } from '@engine/services/reports-service'
import { createSeriesGapsService } from '@engine/services/series-gaps-service'
import { loadInstalledCalendar, loadInstalledStandard } from '@engine/standards/installed-standard'
import { loadPublicityTable } from '@engine/standards/publicity-loader'
import { instantsOfMonths } from '@shared/calendar/month'
import { indicatorsOf, pointsOf, rateOf } from '@shared/domain/indicators'
import { resourceDir } from '@test/integration/engine-records/records-bench'
import { openedStore, recordEntity, revisionEntity } from '@test/integration/engine-records/store-fixture'

const standard = loadInstalledStandard(resourceDir)
const calendar = loadInstalledCalendar(resourceDir)
const table = loadPublicityTable(resourceDir)
const clock = { now: () => '2026-11-20T01:00:00.000Z' }

/** One delivery of a revision: when the batch arrived (null: it never did) and what became of it. */
interface Sending {
  readonly at: string | null
  readonly outcome: 'accepted' | 'warned' | 'rejected' | 'duplicate' | null
}
interface Decision {
  readonly type: string
  readonly legalDate: string
  readonly dueOn: string | null
  readonly isDiscarded: boolean
  readonly basis: 'classified' | 'simple-procedure' | 'not-to-be-published' | null
  readonly isIncomplete: boolean
  readonly isShown: boolean
  readonly isWithdrawn: boolean
  readonly sendings: readonly Sending[]
}

/** Days and instants on both sides of two month ends, in China and in UTC. */
const days = fc.constantFrom(
  '2026-09-30',
  '2026-10-01',
  '2026-10-15',
  '2026-10-31',
  '2026-11-01',
  '2025-10-20',
)
const instants = fc.constantFrom(
  '2026-09-30T15:59:59.999Z',
  '2026-09-30T16:00:00.000Z',
  '2026-10-20T03:00:00.000Z',
  '2026-10-31T15:59:59.999Z',
  '2026-10-31T16:00:00.000Z',
)
const sending = fc.record({
  at: fc.option(instants, { nil: null }),
  outcome: fc.constantFrom('accepted', 'warned', 'rejected', 'duplicate', null),
})
const decision: fc.Arbitrary<Decision> = fc.record({
  type: fc.constantFrom('XZXK_FR', 'XZCF_FR', 'RYBZ_FR', 'XYCN'),
  legalDate: days,
  dueOn: fc.option(days, { nil: null }),
  isDiscarded: fc.nat(5).map((roll) => roll === 0),
  basis: fc.constantFrom(null, null, 'classified', 'simple-procedure', 'not-to-be-published'),
  isIncomplete: fc.boolean(),
  isShown: fc.boolean(),
  isWithdrawn: fc.boolean(),
  // Only a batch that arrived has verdicts, and nothing is sent again after it was accepted.
  sendings: fc.array(sending, { maxLength: 3 }).map((all) => {
    const sound = all.map((one) => (one.at === null ? { ...one, outcome: null } : one))
    const accepted = sound.findIndex(({ outcome }) => outcome === 'accepted' || outcome === 'warned')
    return accepted === -1 ? sound : sound.slice(0, accepted + 1)
  }),
})

const isTaken = ({ outcome }: Sending): boolean => outcome === 'accepted' || outcome === 'warned'

/** Puts decisions into a store row by row, as the exchange would have left them. */
function fill(database: Database, decisions: readonly Decision[]): void {
  const records = createRecordRepo(database, clock)
  const batch = database.prepare(
    `INSERT INTO batch (batch_id, label, standard_id, standard_version, state, item_count, manifest_json,
       manifest_sha256, sealed_at, received_at, counts_json) VALUES (?, 'b', 's', '1', 'settled', 1, '{}', '', ?, ?, ?)`,
  )
  const item = database.prepare(
    "INSERT INTO batch_item (batch_id, item_no, record_id, revision, op, sha256, outcome) VALUES (?, 1, ?, ?, 'create', '', ?)",
  )
  const issue = database.prepare(
    "INSERT INTO issue (record_id, revision, source, code, severity, params_json) VALUES (?, ?, 'local', 'field.required', 'error', '{}')",
  )
  const shown = database.prepare(
    "INSERT INTO publicity_entry (record_id, display, is_published, published_on) VALUES (?, 'other', 1, '2026-11-02')",
  )
  decisions.forEach((one, at) => {
    const recordId = `r${at}`
    const taken = one.sendings.findIndex(isTaken)
    const head = Math.max(1, one.sendings.length)
    const isWithdrawn = taken !== -1 && one.isWithdrawn
    records.insert({
      ...recordEntity({ recordId, docNo: `示〔2026〕${at}号`, docKey: `示〔2026〕${at}号` }),
      recordType: one.type,
      legalDate: one.legalDate,
      dueOn: one.dueOn,
      headRevision: head,
      editorial: one.isDiscarded ? 'discarded' : 'sealed',
      excludedBasis: one.basis,
      op: isWithdrawn ? 'withdraw' : 'create',
      delivery: taken === -1 ? 'none' : 'accepted',
      acceptedRevision: taken === -1 ? null : taken + 1,
      firstReceivedAt: taken === -1 ? null : one.sendings[taken]!.at,
    })
    for (let revision = 1; revision <= head; revision++) {
      const delivery = one.sendings[revision - 1]?.outcome ?? 'none'
      const op = isWithdrawn && revision === taken + 1 ? 'withdraw' : 'create'
      records.insertRevision({ ...revisionEntity({ recordId }), revision, op, delivery })
    }
    if (one.isIncomplete) issue.run(recordId, head)
    if (one.isShown) shown.run(recordId)
    one.sendings.forEach(({ at: receivedAt, outcome }, index) => {
      const batchId = `${recordId}-${index}`
      const counts = { accepted: 0, warned: 0, rejected: 0, duplicate: 0, pending: 0 }
      const told = outcome === null ? null : JSON.stringify({ ...counts, [outcome]: 1 })
      batch.run(batchId, '2026-09-01T00:00:00.000Z', receivedAt, told)
      item.run(batchId, recordId, index + 1, outcome)
    })
  })
}

const dayInChina = (instant: string): string =>
  new Date(instant).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
const isIn = (month: string, instant: string | null): boolean =>
  instant !== null && dayInChina(instant).startsWith(month)
const rate = (part: number, whole: number) => ({ part, whole, rate: whole > 0 ? part / whole : null })

/** The rates counted by hand, one decision after the other. */
function naive(decisions: readonly Decision[], month: string) {
  const cohort = decisions.filter((one) => !one.isDiscarded && one.legalDate.startsWith(month))
  const arrived = decisions
    .map((one) => ({ one, at: one.sendings.find(isTaken)?.at ?? null }))
    .filter(({ at }) => isIn(month, at))
  const late = arrived.filter(({ one, at }) => one.dueOn !== null && dayInChina(at!) > one.dueOn)
  const rows = decisions.flatMap((one) => one.sendings).filter(({ at }) => isIn(month, at))
  const judgedRows = rows.filter(({ outcome }) => outcome !== null && outcome !== 'duplicate')
  const reported = cohort.filter((one) => one.sendings.some(({ at }) => at !== null))
  const held = cohort.filter((one) => one.sendings.some(isTaken) && !one.isWithdrawn)
  const toSend = cohort.filter((one) => one.basis === null)
  const judged = cohort.filter((one) => one.sendings.some(({ outcome }) => outcome !== null))
  const sound = judged.filter((one) => one.sendings.every(({ outcome }) => outcome !== 'rejected'))
  return {
    compliance: rate(judgedRows.filter(isTaken).length, judgedRows.length),
    late: rate(late.length, arrived.length),
    timely: rate(arrived.length - late.length, arrived.length),
    reporting: rate(reported.length, cohort.length),
    storage: rate(held.length, reported.length),
    completeness: rate(toSend.filter((one) => !one.isIncomplete).length, toSend.length),
    accuracy: rate(sound.length, judged.length),
  }
}

function naiveLine(decisions: readonly Decision[], month: string, type: string) {
  const cohort = decisions.filter(
    (one) => !one.isDiscarded && one.type === type && one.legalDate.startsWith(month),
  )
  const unsent = cohort.filter((one) => one.sendings.every(({ at }) => at === null))
  const by = (basis: Decision['basis']): number => unsent.filter((one) => one.basis === basis).length
  return {
    produced: cohort.length,
    reported: cohort.length - unsent.length,
    unreported: unsent.length,
    classified: by('classified'),
    simpleProcedure: by('simple-procedure'),
    notPublic: by('not-to-be-published'),
    withoutBasis: by(null),
    stored: cohort.filter((one) => one.sendings.some(isTaken) && !one.isWithdrawn).length,
    published: cohort.filter((one) => one.isShown).length,
  }
}

/** Reports over a store with these decisions; put away when `work` is done. */
async function withReports<T>(
  decisions: readonly Decision[],
  work: (
    reports: ReturnType<typeof createReportsService>,
    desk: ReturnType<typeof createDeskQuery>,
  ) => T | Promise<T>,
): Promise<T> {
  const ends: (() => void)[] = []
  const { database, store } = openedStore((putAway) => ends.push(putAway))
  try {
    store.write(() => fill(database, decisions))
    const deadlines = createDeadlinesService({ clock, calendar })
    const audit = createAuditRepo(database)
    const repo = createSeriesRepo(database)
    const gaps = createSeriesGapsService({ store, repo, audit, clock, deadlines, actor: () => '王示例' })
    const settings = createSettingRepo(database)
    const reports = createReportsService({
      ...{ gaps, settings, deadlines, table },
      query: createReportQuery(database),
      standard: () => standard,
      bringUpToDate: () => undefined,
      histories: {
        of: () => {
          throw new Error('not asked here')
        },
      },
    })
    return await work(reports, createDeskQuery(database, createRecordTally(database)))
  } finally {
    for (const putAway of ends.toReversed()) putAway()
  }
}

const worlds = fc.array(decision, { maxLength: 25 })
const months = fc.constantFrom('2026-09', '2026-10', '2026-11', '2026-12', '2025-10')

describe('the rates of a month', () => {
  it('are those of a count by hand', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, months, async (decisions, month) => {
        const report = await withReports(decisions, (reports) => reports.month(month))
        expect(report.indicators).toEqual(naive(decisions, month))
      }),
      { numRuns: 60 },
    )
  })

  it('stand over a table whose lines are those of a count by hand and add up to its total', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, months, async (decisions, month) => {
        const report = await withReports(decisions, (reports) => reports.month(month))
        for (const { type, title: _, group: __, ...line } of report.lines)
          expect(line).toEqual(naiveLine(decisions, month, type))
        const types = new Set(
          decisions
            .filter((one) => !one.isDiscarded && one.legalDate.startsWith(month))
            .map((one) => one.type),
        )
        expect(new Set(report.lines.map(({ type }) => type))).toEqual(types)
        for (const [name, total] of Object.entries(report.total)) {
          const parts = report.lines.map((line) => Number(line[name as keyof typeof line]))
          expect(total, name).toBe(parts.reduce((sum, part) => sum + part, 0))
        }
      }),
      { numRuns: 40 },
    )
  })

  it('are the ones that the desk shows, so that nobody reads two figures for one month', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, months, async (decisions, month) => {
        await withReports(decisions, (reports, desk) => {
          const { compliance, late } = reports.month(month).indicators
          const { from, to } = instantsOfMonths(month, month)
          const verdicts = desk.verdicts(from, to)
          const arrivals = desk.arrivals(from, to)
          expect(compliance).toEqual(rateOf(verdicts.stored, verdicts.reported))
          expect(late).toEqual(rateOf(arrivals.late, arrivals.received))
        })
      }),
      { numRuns: 30 },
    )
  })

  it('join into the year and the quarter without losing or doubling a decision', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (decisions) => {
        await withReports(decisions, async (reports) => {
          const trends = await reports.trends('2026-12')
          expect(trends.months).toHaveLength(12)
          trends.months.forEach((month, at) => {
            expect(trends.indicators[at]).toEqual(naive(decisions, month))
            const live = decisions.filter((one) => !one.isDiscarded && one.legalDate.startsWith(month))
            expect(trends.produced[at]).toBe(live.length)
          })
          expect(trends.lastYear[9]).toBe(
            decisions.filter((one) => !one.isDiscarded && one.legalDate.startsWith('2025-10')).length,
          )
          const quarter = reports.appraisal('2026-10')
          const parts = ['2026-10', '2026-11', '2026-12'].map((month) => naive(decisions, month))
          for (const id of ['compliance', 'late', 'reporting', 'accuracy'] as const) {
            expect(quarter.indicators[id].part).toBe(parts.reduce((sum, one) => sum + one[id].part, 0))
            expect(quarter.indicators[id].whole).toBe(parts.reduce((sum, one) => sum + one[id].whole, 0))
          }
          expect(quarter.earned).toBeLessThanOrEqual(quarter.points)
        })
      }),
      { numRuns: 25 },
    )
  })
})

describe('points', () => {
  it('are full from 95 per cent, never above, and none without anything to count', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 10 }),
        (share, points) => {
          const earned = pointsOf(share, points)!
          expect(earned).toBeGreaterThanOrEqual(0)
          expect(earned).toBeLessThanOrEqual(points)
          if (share >= 0.95) expect(earned).toBe(points)
        },
      ),
    )
    expect(pointsOf(null, 6)).toBeNull()
    expect(
      indicatorsOf({
        ...{ stored: 0, judgedRows: 0, received: 0, late: 0, produced: 0, reported: 0 },
        ...{ held: 0, asked: 0, incomplete: 0, judged: 0, faulty: 0 },
      }).compliance.rate,
    ).toBeNull()
  })
})

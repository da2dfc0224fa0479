import type { Database } from './database'

interface Span {
  readonly from: string
  readonly to: string
}

/** What became of the decisions of some days, by record type; discarded records do not count. */
export interface CohortLine {
  readonly type: string
  readonly produced: number
  readonly reported: number
  readonly classified: number
  readonly simpleProcedure: number
  readonly notPublic: number
  readonly stored: number
  readonly published: number
  /** Not excluded: asked to be complete. */
  readonly asked: number
  readonly incomplete: number
  /** With any verdict, and with one that refused. */
  readonly judged: number
  readonly faulty: number
}

export interface ArrivalLine {
  readonly type: string
  readonly received: number
  readonly late: number
}

export interface VerdictLine {
  readonly type: string
  readonly stored: number
  readonly reported: number
}

export interface MonthCount {
  readonly month: string
  readonly type: string
  readonly count: number
}

export interface CauseCount {
  readonly month: string
  readonly code: string
  readonly count: number
}

/** Counts for reports, all from the records themselves. */
export interface ReportQuery {
  /** Decisions with a legal date in [from, to], ends included. `missing` are codes of issues that mean "not filled". */
  cohort(days: Span, missing: readonly string[]): readonly CohortLine[]
  /** Accepted records by first arrival, instants [from, to). */
  arrivals(instants: Span): readonly ArrivalLine[]
  /** Verdicts by arrival of their batch, instants [from, to). */
  verdicts(instants: Span): readonly VerdictLine[]
  /** Errors that the platform gave, by arrival of the batch, instants [from, to). */
  causes(instants: Span): readonly CauseCount[]
  /** Live decisions by month of the legal date, days [from, to]. */
  producedByMonth(days: Span): readonly MonthCount[]
  /** Live decisions with a legal date in the days that are past their term, have not arrived and have no basis. */
  overdueIn(days: Span, today: string): number
}

const isReported = `EXISTS (SELECT 1 FROM batch_item i JOIN batch b ON b.batch_id = i.batch_id
  WHERE i.record_id = r.record_id AND b.received_at IS NOT NULL)`

// Left alone, the planner begins with every item that was ever sent.
const batchesFirst = 'batch b CROSS JOIN batch_item i ON i.batch_id = b.batch_id'

/** Records `r` of the days at some places, along the index that knows their legal dates. */
const standing = (places: string): string =>
  `(SELECT DISTINCT record_type AS type, place FROM record_tally WHERE records > 0 AND ${places}) stood
     CROSS JOIN record r INDEXED BY record_by_legal_date ON r.record_type = stood.type AND r.place = stood.place
       AND r.legal_date >= @from AND r.legal_date <= @to`

export function createReportQuery(database: Database): ReportQuery {
  const cohort = database.prepare<{ from: string; to: string; missing: string }, CohortLine>(
    `WITH cohort AS MATERIALIZED (
       SELECT r.record_id, r.record_type, r.head_revision, r.excluded_basis AS basis, ${isReported} AS is_reported,
         r.accepted_revision IS NOT NULL AND NOT EXISTS (SELECT 1 FROM revision v WHERE v.record_id = r.record_id
           AND v.revision = r.accepted_revision AND v.op = 'withdraw') AS is_stored
       FROM record r INDEXED BY record_legal_date
       WHERE r.legal_date >= @from AND r.legal_date <= @to AND r.editorial <> 'discarded'),
     told AS MATERIALIZED (
       SELECT c.*,
         EXISTS (SELECT 1 FROM publicity_entry e WHERE e.record_id = c.record_id AND e.published_on IS NOT NULL) AS is_shown,
         EXISTS (SELECT 1 FROM issue i WHERE i.record_id = c.record_id AND i.revision = c.head_revision
           AND i.source = 'local' AND i.severity = 'error' AND i.code IN (SELECT value FROM json_each(@missing))) AS is_incomplete,
         EXISTS (SELECT 1 FROM revision v WHERE v.record_id = c.record_id
           AND v.delivery IN ('accepted', 'warned', 'rejected', 'revoked', 'duplicate')) AS is_judged,
         EXISTS (SELECT 1 FROM revision v WHERE v.record_id = c.record_id
           AND v.delivery IN ('rejected', 'revoked')) AS is_faulty
       FROM cohort c)
     SELECT record_type AS type, count(*) AS produced, sum(is_reported) AS reported,
       sum(NOT is_reported AND basis IS 'classified') AS classified,
       sum(NOT is_reported AND basis IS 'simple-procedure') AS simpleProcedure,
       sum(NOT is_reported AND basis IS 'not-to-be-published') AS notPublic,
       sum(is_stored) AS stored, sum(is_shown) AS published,
       sum(basis IS NULL) AS asked, sum(basis IS NULL AND is_incomplete) AS incomplete,
       sum(is_judged) AS judged, sum(is_faulty) AS faulty
     FROM told GROUP BY record_type ORDER BY record_type`,
  )
  const arrivals = database.prepare<Span, ArrivalLine>(
    `SELECT record_type AS type, count(*) AS received,
       sum(due_on IS NOT NULL AND date(first_received_at, '+8 hours') > due_on) AS late
     FROM record INDEXED BY record_received WHERE first_received_at >= @from AND first_received_at < @to
     GROUP BY record_type ORDER BY record_type`,
  )
  const verdicts = database.prepare<Span, VerdictLine>(
    `SELECT r.record_type AS type, sum(i.outcome IN ('accepted', 'warned')) AS stored, count(*) AS reported
     FROM ${batchesFirst} CROSS JOIN record r ON r.record_id = i.record_id
     WHERE b.received_at >= @from AND b.received_at < @to AND i.outcome IN ('accepted', 'warned', 'rejected')
     GROUP BY r.record_type ORDER BY r.record_type`,
  )
  const causes = database.prepare<Span, CauseCount>(
    `SELECT substr(date(b.received_at, '+8 hours'), 1, 7) AS month, s.code, count(*) AS count
     FROM ${batchesFirst}
       CROSS JOIN issue s ON s.record_id = i.record_id AND s.revision = i.revision
     WHERE b.received_at >= @from AND b.received_at < @to AND s.source = 'platform' AND s.severity = 'error'
     GROUP BY month, s.code ORDER BY month, s.code`,
  )
  const produced = database.prepare<Span, MonthCount>(
    `SELECT substr(r.legal_date, 1, 7) AS month, r.record_type AS type, count(*) AS count
     FROM ${standing("place NOT LIKE 'discarded.%'")}
     GROUP BY month, r.record_type ORDER BY month, r.record_type`,
  )
  const overdue = database
    .prepare<{ from: string; to: string; today: string }, number>(
      `SELECT count(*)
       FROM ${standing("place NOT LIKE 'discarded.%' AND place NOT LIKE 'accepted.%'")}
       WHERE r.excluded_basis IS NULL AND r.due_on < @today AND NOT ${isReported}`,
    )
    .pluck()
  return {
    cohort: (days, missing) => cohort.all({ ...days, missing: JSON.stringify(missing) }),
    arrivals: (instants) => arrivals.all(instants),
    verdicts: (instants) => verdicts.all(instants),
    causes: (instants) => causes.all(instants),
    producedByMonth: (days) => produced.all(days),
    overdueIn: (days, today) => overdue.get({ ...days, today }) ?? 0,
  }
}

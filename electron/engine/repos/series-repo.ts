import type { Database } from './database'

/** Numbers missing between two neighbours of a series, both of which have a record. */
export interface NumberGap {
  /** As the folded document numbers write it, e.g. `萍市监许〔2026〕`. */
  readonly series: string
  readonly from: number
  readonly to: number
  /** Legal date of the record behind the gap. */
  readonly afterDate: string
}

/** Why there is no record of one number. */
export interface GapExplanation {
  readonly series: string
  readonly serial: number
  readonly reason: string
  readonly by: string
  readonly at: string
}

/** The document numbers of the desk as series, all record types together; discarded records leave their number open. */
export interface SeriesRepo {
  /** Every gap of a year, series by series, ascending. */
  gaps(year: number): readonly NumberGap[]
  /** Series of a year that have at least two numbers. */
  countSeries(year: number): number
  /** Whether the desk has any number of a series. */
  has(series: string): boolean
  /** A document number of the desk as it was typed; blank when there is none. */
  docNo(series: string, serial: number): string
  /** Everything that was explained about a year, series by series, ascending. */
  explanations(year: number): readonly GapExplanation[]
  explain(explanation: GapExplanation): void
}

/** `2026 萍市监许〔2026〕`: how the index writes a series. */
const keyOf = (series: string): string => `${/〔(\d{4})〕$/.exec(series)?.[1] ?? ''} ${series}`

/** The series of one store, from the index of numbers. */
export function createSeriesRepo(database: Database): SeriesRepo {
  // Most series are whole, which a count tells at once; only the others are walked number by number.
  const gaps = database.prepare<[string, string], NumberGap>(
    `WITH incomplete AS MATERIALIZED (SELECT doc_series AS name FROM record INDEXED BY record_series
       WHERE doc_series IS NOT NULL AND doc_series >= ? AND doc_series < ?
       GROUP BY doc_series HAVING max(doc_serial) - min(doc_serial) + 1 > count(DISTINCT doc_serial))
     SELECT substr(doc_series, 6) AS series, previous + 1 AS "from", doc_serial - 1 AS "to", afterDate
     FROM (SELECT doc_series, doc_serial, afterDate,
         lag(doc_serial) OVER (PARTITION BY doc_series ORDER BY doc_serial) AS previous
       FROM (SELECT doc_series, doc_serial, max(legal_date) AS afterDate FROM record INDEXED BY record_series
         WHERE doc_series IS NOT NULL AND doc_series IN (SELECT name FROM incomplete)
         GROUP BY doc_series, doc_serial))
     WHERE doc_serial > previous + 1 ORDER BY series, "from"`,
  )
  const countSeries = database
    .prepare<[string, string], number>(
      `SELECT count(*) FROM (SELECT 1 FROM record INDEXED BY record_series
         WHERE doc_series IS NOT NULL AND doc_series >= ? AND doc_series < ?
         GROUP BY doc_series HAVING count(DISTINCT doc_serial) > 1)`,
    )
    .pluck()
  const has = database
    .prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM record WHERE doc_series = ?)')
    .pluck()
  const docNo = database
    .prepare<[string, number], string>(
      'SELECT doc_no FROM record WHERE doc_series = ? AND doc_serial = ? ORDER BY record_id LIMIT 1',
    )
    .pluck()
  const explanations = database.prepare<[string], GapExplanation>(
    `SELECT series, serial, reason, explained_by AS "by", explained_at AS "at" FROM gap_explanation
     WHERE series GLOB ? ORDER BY series, serial`,
  )
  const explain = database.prepare<GapExplanation>(
    `INSERT INTO gap_explanation (series, serial, reason, explained_by, explained_at)
     VALUES (@series, @serial, @reason, @by, @at)
     ON CONFLICT (series, serial) DO UPDATE SET reason = excluded.reason, explained_by = excluded.explained_by,
       explained_at = excluded.explained_at`,
  )
  const span = (year: number): [string, string] => [String(year), String(year + 1)]
  return {
    gaps: (year) => gaps.all(...span(year)),
    countSeries: (year) => countSeries.get(...span(year)) ?? 0,
    has: (series) => has.get(keyOf(series)) === 1,
    docNo: (series, serial) => docNo.get(keyOf(series), serial) ?? '',
    explanations: (year) => explanations.all(`*〔${year}〕`),
    explain: (explanation) => void explain.run(explanation),
  }
}

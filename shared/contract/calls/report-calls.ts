import * as v from 'valibot'
import { call } from '@shared/contract/call-spec'
import type {
  Appraisal,
  ConcealmentRisk,
  MonthReport,
  RecordHistory,
  ReportTrends,
} from '@shared/contract/views/report-views'
import { id, token } from './call-inputs'

/** `YYYY-MM` of a month that a report may be about. */
const month = v.pipe(v.string(), v.regex(/^(199\d|20\d\d)-(0[1-9]|1[0-2])$/))
/** First month of a quarter. */
const quarter = v.pipe(v.string(), v.regex(/^(199\d|20\d\d)-(01|04|07|10)$/))

/** Reports and the history of a record. */
export const reportCalls = {
  'reports.month': call<MonthReport>()('engine', v.strictObject({ month })),
  /** The twelve months up to and with one. */
  'reports.trends': call<ReportTrends>()('engine', v.strictObject({ until: month })),
  'reports.risk': call<ConcealmentRisk>()('engine', v.strictObject({ month })),
  'reports.appraisal': call<Appraisal>()('engine', v.strictObject({ quarter })),
  'reports.workbook': call<{ readonly sheets: number }>()('engine', v.strictObject({ month, target: token })),
  /** Everything that ever happened to a record, for a page on paper. */
  'reports.history': call<RecordHistory>()('engine', v.strictObject({ recordId: id })),
} as const

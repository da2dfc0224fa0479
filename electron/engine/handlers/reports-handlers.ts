import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { Files } from '@engine/ports'
import type { ReportsService } from '@engine/services/reports-service'
import { writeReportWorkbook } from '@engine/sheets/report-workbook-writer'
import { writeTarget } from './target-writing'

type Names = Extract<EngineCallName, `reports.${string}`>

/** Calls about the monthly table, rates, trends and the history of a record. */
export function reportsHandlers(deps: {
  readonly reports: ReportsService
  readonly files: Files
}): Handlers<Names> {
  const { reports } = deps
  return {
    'reports.month': ({ month }) => reports.month(month),
    'reports.trends': ({ until }) => reports.trends(until),
    'reports.risk': ({ month }) => reports.risk(month),
    'reports.appraisal': ({ quarter }) => reports.appraisal(quarter),
    'reports.history': ({ recordId }) => reports.history(recordId),
    'reports.workbook': ({ month, target }) =>
      writeTarget(deps.files, target, async (path) => ({
        sheets: await writeReportWorkbook(
          { month: reports.month(month), trends: await reports.trends(month), risk: reports.risk(month) },
          path,
        ),
      })),
  }
}

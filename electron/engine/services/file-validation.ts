import type { ImportSummary } from '@shared/contract/views/import-views'
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import { qualityOf } from '@shared/standard/issue'
import type { CompiledStandard } from '@shared/standard/standard'
import { inspectFile } from '@engine/sheets/sheet-process'
import type { LaunchSheetChild } from '@engine/sheets/sheet-types'
import { decideRow, noRecords, nothingSeen, repeatedRowIssue } from './intake-decision'
import { withSharedNumber } from './intake-neighbours'
import { noMemory, planImport } from './intake-plan'
import { dataRows, rowChange, rowIssue } from './intake-rows'
import { ImportTally } from './intake-tally'
import type { TaskHandle } from './tasks-service'

/** Checks a file as an import would, without a data folder: nothing is stored, no other record is known. */
export async function validateFile(
  deps: {
    readonly standard: CompiledStandard
    readonly launchSheetChild: LaunchSheetChild
    readonly clock: Clock
  },
  request: {
    readonly path: string
    readonly name: string
    readonly recordType: string
    readonly sheet: string | null
  },
  task: TaskHandle,
): Promise<ImportSummary> {
  const startedMs = performance.now()
  const { path, name } = request
  const inspection = await inspectFile(deps.launchSheetChild, path, { name, signal: task.signal })
  const plan = planImport(inspection, { ...request, headerRow: null, mapping: null }, deps.standard, noMemory)
  const today = businessDate(deps.clock.now())
  const tally = new ImportTally()
  const seen = nothingSeen()
  const reading = { signal: task.signal }
  for await (const lot of dataRows(deps.launchSheetChild, plan, deps.standard, path, today, reading)) {
    for (const skip of lot.skipped) tally.addSkip(skip)
    for (const row of lot.rows) {
      const decision = decideRow(row.plan, row, noRecords, seen)
      if (row.isHidden) tally.addHidden()
      const { assessment } = row
      const found =
        decision.kind === 'same'
          ? assessment.issues
          : withSharedNumber(row.plan.type, row.row, assessment, assessment.issues, seen.documents)
      const issues =
        decision.kind === 'repeats-row'
          ? [...found, repeatedRowIssue(row.plan, row, decision.otherRow)]
          : found
      tally.addRow(
        row.row,
        decision.kind === 'same' ? 'same' : 'imported',
        qualityOf(issues),
        issues.map((issue) => rowIssue(row.plan, row.row, issue)),
        row.assessment.changes,
        (change) => rowChange(row.plan, row.row, change),
      )
    }
    task.progress('checking', tally.dataRows, plan.sheet.rows ?? null)
  }
  if (tally.dataRows === 0) refuse('input.no-rows', { file: request.name })
  return tally.summary({
    importId: null,
    fileName: request.name,
    sha256: plan.sha256,
    recordType: request.recordType,
    notices: plan.notices,
    durationMs: Math.round(performance.now() - startedMs),
  })
}

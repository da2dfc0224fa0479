import type { ImportInspection, ImportSummary } from '@shared/contract/views/import-views'
import type { Clock } from '@shared/kernel/clock'
import { failure, FailureError, refuse } from '@shared/kernel/failure'
import type { Ids } from '@shared/kernel/ids'
import type { CompiledStandard } from '@shared/standard/standard'
import type { EventBus } from '@engine/event-bus'
import type { ChainedAuditRepo } from '@engine/repos/audit-repo'
import type { ImportRepo } from '@engine/repos/import-repo'
import type { SettingRepo, Store } from '@engine/repos/repo-types'
import { keptSheetChild } from '@engine/sheets/kept-sheet-child'
import { inspectFile } from '@engine/sheets/sheet-process'
import type { FileInspection, LaunchSheetChild } from '@engine/sheets/sheet-types'
import type { DeadlinesService } from './deadlines-service'
import { writeImportErrors } from './intake-error-workbook'
import { nothingSeen } from './intake-decision'
import { inspectionView } from './intake-inspection-view'
import { sheetLimitsOf } from './intake-limits'
import type { ImportLimitsService } from './intake-limits'
import { headerHash, planImport } from './intake-plan'
import type { MappingChoice } from './intake-column-choice'
import type { Fills, ImportMemory, ImportPlan, PlanRequest } from './intake-plan'
import { notice } from './intake-plan-notices'
import { dataRows } from './intake-rows'
import type { AssessedRow } from './intake-rows'
import type { ImportSession, RowStore } from './intake-store'
import { ImportTally } from './intake-tally'
import type { TaskHandle } from './tasks-service'

/** Rows stored by one transaction; 5,000 were a quarter faster than 500. */
const CHUNK_ROWS = 4_000
/** From so many rows on another journal pays, which takes a few writes to go over to. */
const BULK_ROWS = 5_000

/** A file to import. */
export interface ImportRequest {
  readonly path: string
  /** As the user knows the file. */
  readonly name: string
  readonly recordType: string
  /** Null takes the sheet that fits best. */
  readonly sheet: string | null
  /** Null finds it. */
  readonly headerRow: number | null
  /** Overrides the columns it names; null leaves all to the header and to memory. */
  readonly mapping: MappingChoice | null
  /** Texts for fields that the file lacks, the same for every row; null, or nothing, leaves it to memory. */
  readonly fills?: Fills | null
  /** What to do with hidden rows; null, or nothing, reads them with a warning each. */
  readonly hiddenRows?: 'include' | 'skip' | null
  /** Judges every row and stores nothing. */
  readonly dryRun: boolean
}

/** Files into records. */
export interface IntakeService {
  inspectFile(
    request: { readonly path: string; readonly name: string } & Omit<PlanRequest, 'mapping' | 'fills'>,
  ): Promise<ImportInspection>
  /**
   * Imports a sheet. Every data row becomes a record or changes one, bad ones as drafts with their issues. What was
   * committed before a cancel or a failure stays; the failure's `stored` says how many rows that were.
   */
  importFile(request: ImportRequest, task: TaskHandle): Promise<ImportSummary>
  /** Ends the inspections under way, which refuse `task.cancelled`; returns how many those were. */
  stopInspecting(): number
  /** Summary of an earlier import; refuses `record.not-found`. */
  summary(importId: string): ImportSummary
  /** Writes the rows of an import that had issues into a workbook; returns how many. */
  writeErrorWorkbook(importId: string, target: string): Promise<number>
}

const fillsKey = (recordType: string, hash: string): string => `fills:${recordType}:${hash}`
const mappingKey = (recordType: string, hash: string): string => `mapping:${recordType}:${hash}`

/** The intake of one desk. */
export function createIntakeService(deps: {
  readonly store: Store
  readonly imports: ImportRepo
  readonly settings: SettingRepo
  readonly audit: ChainedAuditRepo
  readonly rows: RowStore
  readonly deadlines: DeadlinesService
  readonly standard: () => CompiledStandard
  readonly launchSheetChild: LaunchSheetChild
  readonly importLimits: Pick<ImportLimitsService, 'get'>
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: EventBus
  readonly actor: () => string
}): IntakeService {
  const { store, imports, settings, audit, deadlines, clock } = deps

  const memory: ImportMemory = {
    mapping: (recordType, hash) => settings.get<MappingChoice>(mappingKey(recordType, hash)),
    fills: (recordType, hash) => settings.get<Fills>(fillsKey(recordType, hash)),
  }

  /** A person's mapping, answers and texts are kept for the next file with this header. */
  const remember = (plan: ImportPlan, { mapping: choice, fills }: ImportRequest): void => {
    const hash = headerHash(plan.header)
    if (fills) settings.set(fillsKey(plan.type.spec.code, hash), fills)
    if (choice === null || !plan.columns.some(({ by }) => by === 'person')) return
    settings.set(mappingKey(plan.type.spec.code, hash), choice)
  }

  const inspections = new Set<AbortController>()
  const inspected = async (path: string, name: string): Promise<FileInspection> => {
    const stop = new AbortController()
    inspections.add(stop)
    try {
      const limits = sheetLimitsOf(deps.importLimits.get())
      return await inspectFile(deps.launchSheetChild, path, { limits, name, signal: stop.signal })
    } finally {
      inspections.delete(stop)
    }
  }

  const start = (
    session: ImportSession,
    importId: string,
    summary: ImportSummary,
    request: ImportRequest,
  ): void => {
    const { plan, fileName } = session
    const mapping = Object.fromEntries(plan.columns.map(({ column, field }) => [String(column), field]))
    imports.start(
      {
        importId,
        fileHash: plan.sha256,
        fileName,
        recordType: plan.type.spec.code,
        sheet: plan.sheet.name,
        headerRow: plan.headerRow,
        mapping,
        header: plan.header,
        startedAt: clock.now(),
      },
      summary,
    )
    remember(plan, request)
  }

  const importBy = async (launch: LaunchSheetChild, request: ImportRequest, task: TaskHandle) => {
    const startedMs = performance.now()
    const { path, name, dryRun } = request
    const limits = sheetLimitsOf(deps.importLimits.get())
    const reading = { limits, name, signal: task.signal }
    const inspection = await inspectFile(launch, path, reading)
    const standard = deps.standard()
    const plan = planImport(inspection, request, standard, memory)
    const importId = dryRun ? null : deps.ids.next()
    const tally = new ImportTally()
    const isKnownFile = imports.countOfHash(plan.sha256) > 0
    const session: ImportSession = {
      plan,
      fileName: name,
      tally,
      seen: nothingSeen(),
      drafts: deps.rows.draftsFor(importId),
      importId,
      isKnownFile,
    }
    const expected = plan.sheet.rows === undefined ? null : Math.max(0, plan.sheet.rows - plan.headerRow)
    let stored = 0
    let committed: ImportSummary | null = null

    const summarise = (): ImportSummary =>
      tally.summary({
        importId,
        fileName: name,
        sha256: plan.sha256,
        recordType: plan.type.spec.code,
        notices: plan.notices,
        durationMs: Math.round(performance.now() - startedMs),
      })

    const finalSummary = (): ImportSummary => {
      const { seen, drafts } = session
      const left = drafts.countLeft(plan.type.spec.code, name, (recordId) => seen.records.has(recordId))
      const told = left === 0 ? [] : [notice('drafts.left', { count: left })]
      return { ...summarise(), notices: [...plan.notices, ...told] }
    }

    const log = (act: string, { rows, imported, updated, skipped }: ImportSummary): void => {
      audit.append({
        at: clock.now(),
        actor: deps.actor(),
        act,
        ref: importId,
        body: { rows, imported, updated, skipped },
      })
    }

    const take = (rows: readonly AssessedRow[]): void => {
      if (importId === null) {
        deps.rows.take(session, rows)
        return
      }
      committed = store.write(() => {
        if (committed === null) start(session, importId, summarise(), request)
        deps.rows.take(session, rows)
        const summary = summarise()
        imports.saveSummary(importId, summary, null)
        return summary
      })
      // Not before: what a transaction counted and could not keep was never stored.
      stored = tally.stored
    }

    /** What was committed is committed: the run is closed and the failure says how much that was. */
    const cutShort = (error: FailureError): never => {
      const kept = committed
      if (importId !== null && kept !== null) {
        store.write(() => log('import.cut-short', kept))
        deps.bus.emit('records.changed', { recordIds: null })
      }
      const { code, params, retry } = error.failure
      throw new FailureError(failure(code, { ...params, stored }, retry))
    }

    const readAll = async (): Promise<void> => {
      let waiting: AssessedRow[] = []
      for await (const lot of dataRows(launch, plan, standard, path, deadlines.today(), reading)) {
        for (const skip of lot.skipped) tally.addSkip(skip)
        waiting.push(...lot.rows)
        task.progress('reading', tally.dataRows + waiting.length, expected)
        if (waiting.length < CHUNK_ROWS) continue
        take(waiting)
        waiting = []
        task.progress('storing', tally.dataRows, expected)
        if (task.signal.aborted) refuse('task.cancelled')
      }
      if (waiting.length > 0) take(waiting)
    }
    const isBulk = importId !== null && (expected === null || expected >= BULK_ROWS)
    try {
      await (isBulk ? store.inBulk(readAll) : readAll())
    } catch (error) {
      if (error instanceof FailureError) cutShort(error)
      throw error
    }
    if (tally.dataRows === 0) refuse('input.no-rows', { file: name })
    if (importId !== null) {
      store.write(() => {
        const summary = finalSummary()
        imports.saveSummary(importId, summary, clock.now())
        log('import.finished', summary)
      })
      deps.bus.emit('records.changed', { recordIds: null })
    }
    task.progress('storing', tally.dataRows, tally.dataRows)
    return finalSummary()
  }

  return {
    async inspectFile({ path, name, ...request }) {
      const inspection = await inspected(path, name)
      const asked = { ...request, mapping: null, isPreview: true }
      const plan = planImport(inspection, asked, deps.standard(), memory)
      return inspectionView(plan, inspection, name, imports.countOfHash(plan.sha256))
    },

    async importFile(request, task) {
      const child = keptSheetChild(deps.launchSheetChild)
      try {
        return await importBy(child.launch, request, task)
      } finally {
        child.end()
      }
    },

    stopInspecting() {
      const { size } = inspections
      for (const inspection of inspections) inspection.abort()
      return size
    },

    summary: (importId) => imports.summary(importId) ?? refuse('record.not-found', { importId }),

    writeErrorWorkbook: (importId, target) => writeImportErrors(imports, deps.standard(), importId, target),
  }
}

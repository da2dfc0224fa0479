/** Puts one desk together: opens its store, loads its standard, wires repos, services and handlers. */
import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { EventName, Events } from '@shared/contract/events'
import type { Result } from '@shared/kernel/result'
import { softwareSmProvider } from './crypto/software-sm-provider'
import { createEventBus } from './event-bus'
import { attachmentsHandlers } from './handlers/attachments-handlers'
import { batchesHandlers } from './handlers/batches-handlers'
import { conflictsHandlers } from './handlers/conflicts-handlers'
import { connectionHandlers } from './handlers/connection-handlers'
import { deskHandlers } from './handlers/desk-handlers'
import { feedHandlers } from './handlers/feed-handlers'
import { filtersHandlers } from './handlers/filters-handlers'
import { gapsHandlers } from './handlers/gaps-handlers'
import { importHandlers } from './handlers/import-handlers'
import { inboxHandlers } from './handlers/inbox-handlers'
import { notesHandlers } from './handlers/notes-handlers'
import { outageHandlers } from './handlers/outage-handlers'
import { practiceHandlers } from './handlers/practice-handlers'
import { reconciliationHandlers } from './handlers/reconciliation-handlers'
import { publicityHandlers } from './handlers/publicity-handlers'
import { packagesHandlers } from './handlers/packages-handlers'
import { recordsHandlers } from './handlers/records-handlers'
import { reportsHandlers } from './handlers/reports-handlers'
import { sampleHandlers } from './handlers/sample-handlers'
import { settingsHandlers } from './handlers/settings-handlers'
import { standardHandlers } from './handlers/standard-handlers'
import { submissionHandlers } from './handlers/submission-handlers'
import { tasksHandlers } from './handlers/tasks-handlers'
import { upkeepHandlers } from './handlers/upkeep-handlers'
import { updatesHandlers } from './handlers/updates-handlers'
import { unwatched } from './ports'
import type { EnginePorts } from './ports'
import { createAuditRepo } from './repos/audit-repo'
import { createBatchRepo } from './repos/batch-repo'
import { createStore } from './repos/database'
import { openDeskDatabase } from './repos/desk-database'
import { createDeskQuery } from './repos/desk-query'
import { createRefusalQuery } from './repos/refusal-query'
import { openHeadMark } from './repos/head-mark'
import { createNoteRepo } from './repos/note-repo'
import { createNoticeRepo } from './repos/notice-repo'
import { createRecordLookup } from './repos/record-lookup'
import { createRecordPageQuery } from './repos/record-page-query'
import { createRecordRepo } from './repos/record-repo'
import { createRecordTally } from './repos/record-tally'
import { createSeriesRepo } from './repos/series-repo'
import { createSettingRepo } from './repos/setting-repo'
import { createRouter } from './router'
import { createAttachments } from './services/attachments-assembly'
import type { AttachmentsService } from './services/attachments-service'
import type { BackupService } from './services/backup-service'
import { createCheckingService } from './services/checking-service'
import type { CheckingService } from './services/checking-service'
import type { ConnectionService } from './services/connection-port'
import { createDayLoop } from './services/day-loop'
import { createDeadlinesService } from './services/deadlines-service'
import { DEFAULT_OPERATOR } from './services/desk-initialiser'
import { createRecordViews } from './services/desk-record-views'
import type { DiagnosticsService } from './services/diagnostics-service'
import { createDeskService } from './services/desk-service'
import type { DeskService } from './services/desk-service'
import { createEarlierRecords } from './services/earlier-records'
import { createBulkUndoService } from './services/editing-bulk-undo'
import { createEditingDecisionsService } from './services/editing-decisions-service'
import { createRevisionWriter } from './services/editing-revisions'
import { createEditingUndoService } from './services/editing-undo-service'
import type { EditingUndoService } from './services/editing-undo-service'
import { createEditingService } from './services/editing-service'
import type { EditingService } from './services/editing-service'
import type { FeedbackService } from './services/feedback-service'
import { createFeedbackLoop } from './services/feedback-loop'
import { createIntake } from './services/intake-assembly'
import type { IntakeService } from './services/intake-service'
import { createNotesService } from './services/notes-service'
import type { OutageService } from './services/outage-service'
import type { ReconciliationService } from './services/reconciliation-service'
import type { PackageAnswerService } from './services/package-answer-service'
import type { PackageWritingService } from './services/package-writing-service'
import { createExchange } from './services/submission-assembly'
import type { SubmissionService } from './services/submission-service'
import { createLogTail } from './services/log-tail'
import { createLedgerService } from './services/ledger-service'
import type { LedgerService } from './services/ledger-service'
import { createProblemGroups } from './services/problem-groups'
import { createPublicity } from './services/publicity-assembly'
import { createRehearsalService } from './services/rehearsal-service'
import { createReminderService } from './services/reminder-service'
import type { ReportsService } from './services/reports-service'
import { DESK_MODE_SETTING } from './services/restore-staging'
import { createSavedFilters } from './services/saved-filters'
import { withHeadMark } from './services/set-back-service'
import { createSeriesGapsService } from './services/series-gaps-service'
import { openStandards } from './services/standards-assembly'
import { recheckInSlices } from './services/standards-recheck'
import type { StandardsService } from './services/standards-service'
import type { PackSettingsService } from './services/standards-settings'
import { createTasksService } from './services/tasks-service'
import { createUpkeep } from './services/upkeep-assembly'
import { systemPause } from './transports/system-waiting'
import { loadInstalledCalendar, loadShippedStandard } from './standards/installed-standard'
import { loadPublicityTable } from './standards/publicity-loader'

/** Use cases that the command line calls without a page; pages go through `call`. */
export interface EngineServices {
  readonly intake: IntakeService
  readonly checking: CheckingService
  readonly editing: EditingService
  readonly attachments: AttachmentsService
  readonly undo: EditingUndoService
  readonly submission: SubmissionService
  readonly feedback: FeedbackService
  readonly reconciliation: ReconciliationService
  readonly outage: OutageService
  readonly connection: ConnectionService
  readonly packages: PackageWritingService
  readonly answers: PackageAnswerService
  readonly desk: DeskService
  readonly backup: BackupService
  readonly diagnostics: DiagnosticsService
  readonly ledger: LedgerService
  readonly standards: StandardsService
  readonly packSettings: PackSettingsService
  readonly reports: ReportsService
}

/** One open desk. */
export interface Engine {
  /** Answers a call of the contract; never rejects. */
  call(name: string, input: unknown): Promise<Result<unknown>>
  on(listener: <Name extends EventName>(name: Name, payload: Events[Name]) => void): () => void
  readonly services: EngineServices
  /**
   * Begins each day, sends what waits and pulls what came back, again and again, until `close`. For clients with a
   * page; the command line does each when told.
   */
  keepInTouch(): void
  /** Ends the work under way and closes the store. */
  close(): Promise<void>
}

/**
 * Opens the desk of a data folder. Refuses with `storage.*` when the store cannot be opened safely and with
 * `pack.invalid` or `calendar.invalid` when the data files of the release are damaged.
 */
export async function createEngine(ports: EnginePorts): Promise<Engine> {
  const { clock, ids, files, launchSheetChild, watch = unwatched } = ports
  const logTail = createLogTail(ports.log, clock)
  const { log } = logTail
  const shipped = loadShippedStandard(ports.resourceDir)
  const calendar = loadInstalledCalendar(ports.resourceDir)
  const table = loadPublicityTable(ports.resourceDir)
  const database = openDeskDatabase(ports, watch)

  const bus = createEventBus()
  const settings = watch('settings', createSettingRepo(database))
  const audit = watch('audit', createAuditRepo(database))
  const actor = (): string => settings.get<string>('operator') ?? DEFAULT_OPERATOR
  const { store, setBack } = withHeadMark({
    ...{ settings, audit, clock, log, actor },
    store: watch('store', createStore(database)),
    mark: openHeadMark(ports.dataDir, ports.storeKey),
  })
  setBack.begin()
  const records = watch('records', createRecordRepo(database, clock))
  const lookup = createRecordLookup(database)
  const tally = createRecordTally(database)
  const query = createDeskQuery(database, tally)
  const { standards, packSettings } = openStandards({
    ...{
      dataDir: ports.dataDir,
      resourceDir: ports.resourceDir,
      shipped,
      database,
      store,
      settings,
      audit,
      records,
      lookup,
      clock,
      bus,
      log,
      actor,
    },
    onChange: () => bus.emit('desk.changed', desk.info()),
  })
  const standard = () => standards.current()
  const { pause } = watch('waiting', { pause: systemPause })
  const base = { store, settings, audit, records, lookup, clock, ids, bus, log, actor, standard, files }

  const tasks = createTasksService({ clock, ids, bus, log })
  const deadlines = createDeadlinesService({ clock, calendar })
  const checking = createCheckingService({ ...base, deadlines })
  const writer = createRevisionWriter({ ...base, deadlines })
  const editing = createEditingService({ ...base, checking, writer, deadlines })
  const decisions = createEditingDecisionsService({ ...base, checking })
  const undo = createEditingUndoService({ ...base, checking, deadlines })
  const bulk = createBulkUndoService({ ...base, checking, editing })
  const earlier = createEarlierRecords({ records, lookup, checking })
  const problems = createProblemGroups({ records, typeOf: checking.type })
  const gaps = createSeriesGapsService({ ...base, repo: createSeriesRepo(database), deadlines })
  const { intake, importLimits, passedCellsOf } = createIntake({
    ...{ ...base, database, watch, checking, writer, deadlines, launchSheetChild },
  })
  const views = createRecordViews({
    ...{ ...base, deadlines, passedCellsOf },
    batches: createBatchRepo(database),
    refusals: createRefusalQuery(database),
  })
  const desk = createDeskService({
    ...base,
    setBack,
    query,
    views,
    deadlines,
    calendarVersion: calendar.version,
    mode: ports.mode,
    appVersion: ports.appVersion,
    dataDir: ports.dataDir,
  })
  const displayed = createPublicity({
    ...{ ...base, database, checking, editing, decisions, views, gaps, deadlines, calendar, table },
  })
  const { stored, ...documents } = createAttachments({ ...base, database })
  const exchange = createExchange({
    ...base,
    repairs: displayed.repairs,
    database,
    sm: softwareSmProvider,
    ...(ports.keys === undefined ? {} : { keys: ports.keys }),
    standards,
    pause,
    watch,
    secureHead: setBack.secure,
    recheck: checking.recheck,
    issueViews: views.issues,
    rowOf: views.row,
    editing,
  })
  const { connection, submission, feedback, reconciliation, outage } = exchange
  const upkeep = createUpkeep({
    ...{ ...base, ...exchange.evidence, ports, database, tasks, logTail, attachments: stored },
    info: desk.info,
    isBusy: () => exchange.isSending() || tasks.list().some(({ state }) => state === 'running'),
  })
  const notices = createNoticeRepo(database)
  const pages = createRecordPageQuery(database, tally)
  const ledger = createLedgerService({ ...base, pages, query, views, deadlines })
  const reminder = createReminderService({ ...base, query, calendar, pause })
  const loops = [
    createDayLoop({ ...documents, deadlines, decisions, checking, standards, log, pause }),
    exchange.outboxLoop,
    createFeedbackLoop({ ...exchange, log, pause }),
    reminder.loop,
  ]

  const handlers: Handlers<EngineCallName> = {
    ...deskHandlers({ desk, setBack, reminder }),
    ...standardHandlers({
      ...{ standards, packSettings, tasks, files },
      recheck: (task) => recheckInSlices({ ...base, checking }, task),
    }),
    ...settingsHandlers({ ...base, desk }),
    ...recordsHandlers({
      ...base,
      problems,
      pages,
      query,
      views,
      checking,
      editing,
      decisions,
      undo,
      bulk,
      earlier,
      deadlines,
    }),
    ...filtersHandlers({ filters: createSavedFilters(base) }),
    ...attachmentsHandlers({ ...documents, files }),
    ...importHandlers({ ...base, intake, importLimits, checking, tasks }),
    ...sampleHandlers({ ...base, resourceDir: ports.resourceDir }),
    ...submissionHandlers({ submission, forecast: exchange.forecast, nil: exchange.nil, tasks }),
    ...batchesHandlers({ ...base, ...exchange }),
    ...packagesHandlers({ ...base, ...exchange }),
    ...inboxHandlers({ ...exchange, editing }),
    ...conflictsHandlers(exchange),
    ...outageHandlers({ ...exchange, files }),
    ...reconciliationHandlers({ ...exchange, tasks }),
    ...gapsHandlers({ gaps }),
    ...notesHandlers({ notes: createNotesService({ ...base, notes: createNoteRepo(database) }) }),
    ...publicityHandlers(displayed),
    ...reportsHandlers({ ...base, reports: displayed.reports }),
    ...feedHandlers({ feedback, tasks }),
    ...connectionHandlers({ connection, mode: ports.mode }),
    ...practiceHandlers({
      rehearsal: createRehearsalService({ ...base, feedback, practice: ports.practice, notices }),
    }),
    ...upkeepHandlers({ ...upkeep, files, tasks }),
    ...updatesHandlers({ ...upkeep, files }),
    ...tasksHandlers({ tasks }),
  }

  if (settings.get(DESK_MODE_SETTING) === null) store.write(() => settings.set(DESK_MODE_SETTING, ports.mode))
  standards.noteDay()
  decisions.releaseDue(deadlines.today())
  if (ports.practice !== null) await connection.enrolPractice(ports.practice, true)
  log.info('engine.opened', { mode: ports.mode })

  return {
    call: createRouter(handlers, log),
    on: (listener) => bus.on(listener),
    services: {
      ...{ intake, checking, editing, undo, submission, feedback, reconciliation, outage, connection, desk },
      ...{
        backup: upkeep.backup,
        diagnostics: upkeep.diagnostics,
        ledger,
        standards,
        packSettings,
        attachments: documents.attachments,
      },
      reports: displayed.reports,
      ...{ packages: exchange.packages, answers: exchange.answers },
    },
    keepInTouch() {
      for (const loop of loops) loop.start()
    },
    async close() {
      await Promise.all(loops.map((loop) => loop.stop()))
      for (const task of tasks.list()) if (task.state === 'running') tasks.cancel(task.taskId)
      await Promise.all(tasks.list().map((task) => tasks.wait(task.taskId)))
      connection.dispose()
      store.close()
      setBack.close()
      log.info('engine.closed')
    },
  }
}

import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { createEventBus } from '@engine/event-bus'
import type { EventBus } from '@engine/event-bus'
import { createAuditRepo } from '@engine/repos/audit-repo'
import { createBatchRepo } from '@engine/repos/batch-repo'
import { createDeskQuery } from '@engine/repos/desk-query'
import { createImportRepo } from '@engine/repos/import-repo'
import { createPassedCellsRepo } from '@engine/repos/passed-cells-repo'
import { createRefusalQuery } from '@engine/repos/refusal-query'
import { createRecordLookup } from '@engine/repos/record-lookup'
import { createRecordPageQuery } from '@engine/repos/record-page-query'
import { createRecordTally } from '@engine/repos/record-tally'
import { createRecordRepo } from '@engine/repos/record-repo'
import { createSettingRepo } from '@engine/repos/setting-repo'
import { createCheckingService } from '@engine/services/checking-service'
import { createDeadlinesService } from '@engine/services/deadlines-service'
import { createRecordViews } from '@engine/services/desk-record-views'
import { createDeskService } from '@engine/services/desk-service'
import { createEarlierRecords } from '@engine/services/earlier-records'
import { createBulkUndoService } from '@engine/services/editing-bulk-undo'
import { createEditingDecisionsService } from '@engine/services/editing-decisions-service'
import { createRevisionWriter } from '@engine/services/editing-revisions'
import { createEditingUndoService } from '@engine/services/editing-undo-service'
import { createEditingService } from '@engine/services/editing-service'
import { createIntakeService } from '@engine/services/intake-service'
import type { ImportRequest } from '@engine/services/intake-service'
import { createImportLimits } from '@engine/services/intake-limits'
import { createPassedCellsView } from '@engine/services/intake-passed-cells'
import { createRowStore } from '@engine/services/intake-store'
import { silentTask } from '@engine/services/tasks-service'
import { loadInstalledCalendar, loadInstalledStandard } from '@engine/standards/installed-standard'
import type { LaunchSheetChild } from '@engine/sheets/sheet-types'
import { uuidIds } from '@engine/system-ids'
import type { CompiledStandard } from '@shared/standard/standard'
import { openedStore } from './store-fixture'
import type { AtEnd, OpenedStore } from './store-fixture'

export const resourceDir = resolve(import.meta.dirname, '../../../resources')
const installed = loadInstalledStandard(resourceDir)
const calendar = loadInstalledCalendar(resourceDir)

const noChild: LaunchSheetChild = () => {
  throw new Error('this test reads no files')
}

/** The record side of an engine over a real encrypted store, with the installed standard. */
export function recordsBench(
  launchSheetChild: LaunchSheetChild = noChild,
  opened: OpenedStore = openedStore(),
  atEnd: AtEnd = onTestFinished,
  compiled: CompiledStandard = installed,
) {
  const { database, store, clock, folder } = opened
  const bus: EventBus = createEventBus()
  const records = createRecordRepo(database, clock)
  const lookup = createRecordLookup(database)
  const audit = createAuditRepo(database)
  const settings = createSettingRepo(database)
  const imports = createImportRepo(database)
  const passedCells = createPassedCellsRepo(database)
  const tally = createRecordTally(database)
  const query = createDeskQuery(database, tally)
  const pages = createRecordPageQuery(database, tally)
  const standard = () => compiled
  const actor = (): string => '王示例'
  const deadlines = createDeadlinesService({ clock, calendar })
  const checking = createCheckingService({ store, records, lookup, audit, clock, standard, deadlines })
  const ids = uuidIds
  const writer = createRevisionWriter({ records, clock, ids, standard, deadlines, actor })
  const editing = createEditingService({
    store,
    records,
    lookup,
    audit,
    checking,
    writer,
    deadlines,
    clock,
    bus,
    actor,
  })
  const undo = createEditingUndoService({
    ...{ store, records, lookup, audit, checking, deadlines, clock, bus, actor },
  })
  const decisions = createEditingDecisionsService({
    store,
    records,
    lookup,
    audit,
    checking,
    clock,
    bus,
    actor,
  })
  const bulk = createBulkUndoService({
    ...{ store, records, lookup, audit, checking, editing, clock, ids, bus, actor },
  })
  const earlier = createEarlierRecords({ records, lookup, checking })
  const rows = createRowStore({
    records,
    lookup,
    imports,
    passedCells,
    audit,
    checking,
    writer,
    deadlines,
    clock,
    actor,
  })
  const importLimits = createImportLimits({ store, settings, audit, clock, actor })
  const intake = createIntakeService({
    store,
    imports,
    settings,
    audit,
    rows,
    deadlines,
    standard,
    launchSheetChild,
    importLimits,
    clock,
    ids,
    bus,
    actor,
  })
  const views = createRecordViews({
    records,
    lookup,
    audit,
    batches: createBatchRepo(database),
    refusals: createRefusalQuery(database),
    passedCellsOf: createPassedCellsView({ imports, passedCells, standard }),
    standard,
    deadlines,
  })
  const desk = createDeskService({
    query,
    settings,
    audit,
    setBack: { open: () => null },
    views,
    deadlines,
    standard,
    calendarVersion: calendar.version,
    mode: 'practice',
    appVersion: '0.1.0',
    dataDir: folder,
  })
  atEnd(() => store.close())
  const importFile = (path: string, changes: Partial<ImportRequest> = {}, task = silentTask) =>
    intake.importFile(
      {
        path,
        name: path.split('/').at(-1)!,
        recordType: 'XZXK_FR',
        sheet: null,
        headerRow: null,
        mapping: null,
        dryRun: false,
        ...changes,
      },
      task,
    )
  return {
    ...opened,
    bus,
    records,
    lookup,
    audit,
    settings,
    importLimits,
    imports,
    query,
    pages,
    deadlines,
    checking,
    writer,
    editing,
    decisions,
    undo,
    bulk,
    earlier,
    intake,
    views,
    desk,
    importFile,
    at: (name: string) => join(folder, name),
  }
}

export type RecordsBench = ReturnType<typeof recordsBench>

/** Values of a licence without any issue. */
export const soundLicence: Readonly<Record<string, string>> = {
  XK_XDR_MC: '萍乡市示例第1号贸易有限公司',
  XK_XDR_LB: '法人及非法人组织',
  XK_XDR_SHXYM: '91360302230001009W',
  XK_FRDB: '张示例',
  XK_XKWS: '食品经营许可证',
  XK_WSH: '萍市监许〔2026〕401号',
  XK_XKLB: '普通',
  XK_NR: '准予从事食品经营（预包装食品销售）',
  XK_JDRQ: '2026-11-18',
  XK_YXQZ: '2026-11-18',
  XK_YXQZI: '2031-11-17',
  XK_XKJG: '萍乡市市场监督管理局',
  XK_XKJGDM: '11360300014500006J',
  XK_ZT: '有效',
  XK_LYDW: '萍乡市市场监督管理局',
  XK_LYDWDM: '11360300014500006J',
}

import type { MaterialView, RepairView } from '@shared/contract/views/publicity-views'
import type { WorkingCalendar } from '@shared/calendar/working-days'
import { refuse } from '@shared/kernel/failure'
import type { PublicityTable } from '@shared/publicity/publicity-schema'
import { ruleOf } from '@shared/publicity/publicity-term'
import type { RepairCaseEntity } from '@engine/repos/repair-repo'
import type { RecordRepo } from '@engine/repos/repo-types'
import type { DeadlinesService } from './deadlines-service'
import type { RecordViews } from './desk-record-views'

const materialsOf = (table: PublicityTable, repair: RepairCaseEntity): readonly MaterialView[] =>
  table.materials.map((material) => ({
    ...material,
    state: repair.materials[material.id]?.state ?? 'missing',
    note: repair.materials[material.id]?.note ?? '',
  }))

/** Pieces of material that are neither there nor said to be needless. */
export const missingMaterials = (table: PublicityTable, repair: RepairCaseEntity): number =>
  materialsOf(table, repair).filter(({ state }) => state === 'missing').length

/** Cases as pages see them: the two clocks computed, never stored. */
export function createRepairCaseView(deps: {
  readonly records: Pick<RecordRepo, 'find'>
  readonly views: Pick<RecordViews, 'row'>
  readonly table: PublicityTable
  readonly calendar: Pick<WorkingCalendar, 'addWorkingDays'>
  readonly deadlines: Pick<DeadlinesService, 'today'>
}): (repair: RepairCaseEntity) => RepairView {
  const { table } = deps

  const within = (from: string | null, clock: { readonly workingDays: number }): string | null =>
    from === null ? null : deps.calendar.addWorkingDays(from, clock.workingDays).date

  return (repair) => {
    const record = deps.records.find(repair.recordId) ?? refuse('record.not-found')
    const { docNo, subjectName } = deps.views.row(record)
    const rule = ruleOf(table, repair.ruleId) ?? refuse('publicity.no-rule', { rule: repair.ruleId })
    const today = deps.deadlines.today()
    const { materials: _, ruleId: _rule, updatedAt: _at, ...told } = repair
    const decideBy = within(repair.appliedOn, table.clocks.repairDecision)
    const shareBy = repair.state === 'refused' ? null : within(repair.decidedOn, table.clocks.repairSharing)
    return {
      ...told,
      ...{ docNo, subjectName, decideBy, shareBy },
      isTooEarly: today < repair.earliestOn,
      ruleSource: rule.source,
      needsSuperior: rule.repair.needsSuperior,
      materials: materialsOf(table, repair),
      missing: missingMaterials(table, repair),
      isLate:
        (repair.state === 'applied' && decideBy !== null && today > decideBy) ||
        (repair.state === 'granted' && shareBy !== null && today > shareBy),
    }
  }
}

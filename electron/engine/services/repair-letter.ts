import type { RepairLetter } from '@shared/contract/views/publicity-views'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { PublicityTable } from '@shared/publicity/publicity-schema'
import { ruleOf } from '@shared/publicity/publicity-term'
import type { PublicityRepo } from '@engine/repos/publicity-repo'
import type { RepairRepo } from '@engine/repos/repair-repo'
import type { RecordRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import type { DeadlinesService } from './deadlines-service'
import { penaltyFacts, repairableOn } from './publicity-counting'

/**
 * What the letter to the penalised party says. It shows the whole name, which lists mask, so asking for it is written
 * to the trail. Refuses `publicity.no-display` for what is no displayed penalty with a term.
 */
export function createRepairLetter(deps: {
  readonly store: Store
  readonly records: RecordRepo
  readonly displays: PublicityRepo
  readonly cases: RepairRepo
  readonly settings: SettingRepo
  readonly table: PublicityTable
  readonly deadlines: Pick<DeadlinesService, 'today'>
  readonly clock: Clock
  readonly note: (act: 'record.repair-letter', recordId: string, body: Record<string, string>) => void
}): (recordId: string) => RepairLetter {
  const { store, records, displays, cases, table, clock } = deps
  return (recordId) => {
    const record = records.find(recordId) ?? refuse('record.not-found', { recordId })
    const entry = displays.find(recordId)
    const revision =
      record.acceptedRevision === null ? null : records.revision(recordId, record.acceptedRevision)
    const facts = revision === null ? null : penaltyFacts(record, revision.values, table)
    const rule = entry?.ruleId == null ? null : ruleOf(table, entry.ruleId)
    if (entry === null || facts === null || rule === null || entry.endsOn === null)
      return refuse('publicity.no-display')
    store.write(() => {
      const open = cases.openOf(recordId)
      if (open !== null) cases.save({ ...open, letterAt: clock.now(), updatedAt: clock.now() })
      deps.note('record.repair-letter', recordId, {})
    })
    return {
      bureauName: deps.settings.get<{ readonly bureauName: string }>('desk')?.bureauName ?? '',
      subjectName: record.subjectName,
      docNo: record.docNo,
      decidedOn: record.legalDate,
      kinds: facts.kinds,
      endsOn: entry.endsOn,
      earliestOn: repairableOn(entry, table),
      ruleSource: rule.source,
      effect: rule.repair.effect,
      materials: table.materials.map(({ title, hint }) => ({ title, hint })),
      decisionDays: table.clocks.repairDecision.workingDays,
      today: deps.deadlines.today(),
    }
  }
}

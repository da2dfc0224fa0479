/**
 * Cases of credit repair: what a bureau prepares, asks its superior for, hands in and follows until the display is gone
 * or marked. A case cannot be handed in before the shortest display is over, and never for what the rule shuts out.
 */
import type { MaterialView, RepairLetter, RepairView } from '@shared/contract/views/publicity-views'
import type { Clock } from '@shared/kernel/clock'
import { FailureError, refuse } from '@shared/kernel/failure'
import type { Ids } from '@shared/kernel/ids'
import type { WorkingCalendar } from '@shared/calendar/working-days'
import type { PublicityRule, PublicityTable } from '@shared/publicity/publicity-schema'
import { ruleOf } from '@shared/publicity/publicity-term'
import { canMoveRepair } from '@shared/publicity/repair-case'
import type { RepairState } from '@shared/publicity/repair-case'
import { repairStateTexts } from '@shared/texts/zh-CN/publicity'
import type { EventBus } from '@engine/event-bus'
import type { PublicityRepo } from '@engine/repos/publicity-repo'
import type { RepairCaseEntity, RepairRepo } from '@engine/repos/repair-repo'
import type { AuditRepo, RecordRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import type { DeadlinesService } from './deadlines-service'
import type { RecordViews } from './desk-record-views'
import { announceRecords } from './editing-events'
import { isLive } from './editing-purpose'
import type { EditingService } from './editing-service'
import { createRepairCaseView, missingMaterials } from './repair-case-view'
import { createRepairLetter } from './repair-letter'
import { offFrom, repairableOn } from './publicity-counting'

export interface RepairDecision {
  readonly decision: 'granted' | 'refused'
  readonly effect: 'takeDown' | 'mark'
  readonly on: string
}

export interface RepairService {
  /** Cases that still need something, oldest first. */
  list(): readonly RepairView[]
  ofRecord(recordId: string): readonly RepairView[]
  /** Refuses `publicity.no-display`, `repair.excluded`, `repair.already-open`. */
  open(recordId: string): RepairView
  /** Notes one piece of material; `missing` takes it back. */
  markMaterial(caseId: string, materialId: string, state: MaterialView['state'], said: string): RepairView
  /** The superior agrees; refuses `repair.materials-missing`. */
  approve(caseId: string, by: string, on: string): RepairView
  /** Handed in; refuses `repair.too-early`, `repair.approval-missing`, `repair.materials-missing`. */
  apply(caseId: string, on: string): RepairView
  /** The decision as the desk heard of it. A granted one ends display or marks the record. */
  decide(caseId: string, decision: 'granted' | 'refused', on: string, said: string): RepairView
  withdraw(caseId: string, reason: string): RepairView
  /** The letter that tells the party how to repair. */
  letter(recordId: string): RepairLetter
  /** The platform has decided; inside the caller's transaction. */
  decidedByPlatform(recordId: string, decision: RepairDecision): void
  /** Closes cases whose display is gone, and granted ones whose mark was accepted. */
  finishDone(): void
}

export function createRepairService(deps: {
  readonly store: Store
  readonly records: RecordRepo
  readonly displays: PublicityRepo
  readonly cases: RepairRepo
  readonly audit: AuditRepo
  readonly settings: SettingRepo
  readonly editing: Pick<EditingService, 'changeOperation'>
  readonly views: Pick<RecordViews, 'row'>
  readonly table: PublicityTable
  readonly calendar: Pick<WorkingCalendar, 'addWorkingDays'>
  readonly deadlines: Pick<DeadlinesService, 'today'>
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: EventBus
  readonly actor: () => string
}): RepairService {
  const { store, records, displays, cases, table } = deps
  const today = (): string => deps.deadlines.today()

  const ruleOfCase = (ruleId: string): PublicityRule =>
    ruleOf(table, ruleId) ?? refuse('publicity.no-rule', { rule: ruleId })
  const view = createRepairCaseView(deps)

  const note = (act: string, recordId: string, body: Readonly<Record<string, string | number>>): void =>
    deps.audit.append({ at: deps.clock.now(), actor: deps.actor(), act, ref: recordId, body })

  const existing = (caseId: string): RepairCaseEntity => cases.find(caseId) ?? refuse('repair.not-found')

  const assertCan = (repair: RepairCaseEntity, to: RepairState): void => {
    if (!canMoveRepair(repair.state, to))
      refuse('repair.wrong-step', { state: repairStateTexts[repair.state] })
  }

  const assertComplete = (repair: RepairCaseEntity): void => {
    const count = missingMaterials(table, repair)
    if (count > 0) refuse('repair.materials-missing', { count })
  }

  /** A day that is not ahead and not before the case could be. */
  const assertDay = (on: string, from: string): void => {
    if (on > today() || on < from) refuse('publicity.outside-term', { from, to: today() })
  }

  const change = (
    caseId: string,
    act: string,
    work: (repair: RepairCaseEntity) => {
      readonly changes: Partial<RepairCaseEntity>
      readonly body: Readonly<Record<string, string | number>>
    },
  ): RepairView => {
    const after = store.write(() => {
      const repair = existing(caseId)
      const { changes, body } = work(repair)
      const saved = { ...repair, ...changes, updatedAt: deps.clock.now() }
      cases.save(saved)
      note(act, repair.recordId, body)
      return saved
    })
    announceRecords(deps.bus, [after.recordId])
    return view(after)
  }

  /** What a granted repair does to the display of its record. */
  const carryOut = (recordId: string, { effect, on }: RepairDecision): void => {
    displays.setFact(recordId, effect === 'mark' ? 'marked' : 'repaired')
    const entry = displays.find(recordId)
    if (entry !== null && effect === 'takeDown') {
      const ordered = {
        ...entry,
        orderedOn: entry.orderedOn !== null && entry.orderedOn < on ? entry.orderedOn : on,
      }
      displays.save({ ...ordered, offFrom: offFrom(ordered) })
    }
  }

  /** Prepares the operation for the platform; where a person is at work on the record, the task stays with them. */
  const prepare = (recordId: string, effect: 'takeDown' | 'mark', source: string): void => {
    try {
      const op = effect === 'mark' ? 'repairMark' : 'takeDown'
      deps.editing.changeOperation({ recordId, op, changes: {}, reason: source })
    } catch (error) {
      if (!(error instanceof FailureError) || !error.failure.code.startsWith('record.')) throw error
    }
  }

  return {
    list: () => cases.open().map(view),
    ofRecord: (recordId) => cases.ofRecord(recordId).map(view),

    open(recordId) {
      const record = records.find(recordId) ?? refuse('record.not-found', { recordId })
      const entry = displays.find(recordId)
      if (entry?.display !== 'penalty' || entry.takenDownOn !== null || !isLive(record))
        return refuse('publicity.no-display')
      if (entry.ruleId === null) return refuse('publicity.no-rule', { rule: '' })
      const earliestOn = repairableOn(entry, table)
      const rule = ruleOfCase(entry.ruleId)
      if (earliestOn === null) return refuse('repair.excluded', { rule: rule.source })
      if (cases.openOf(recordId) !== null) refuse('repair.already-open')
      const now = deps.clock.now()
      const repair: RepairCaseEntity = {
        caseId: deps.ids.next(),
        recordId,
        state: 'collecting',
        earliestOn,
        ruleId: entry.ruleId,
        materials: {},
        openedBy: deps.actor(),
        openedAt: now,
        letterAt: null,
        approvedBy: null,
        approvedOn: null,
        appliedOn: null,
        decidedOn: null,
        effect: null,
        note: '',
        updatedAt: now,
      }
      store.write(() => {
        cases.save(repair)
        note('record.repair-opened', recordId, { earliestOn })
      })
      announceRecords(deps.bus, [recordId])
      return view(repair)
    },

    markMaterial: (caseId, materialId, state, said) =>
      change(caseId, 'record.repair-material', (repair) => {
        const material = table.materials.find(({ id }) => id === materialId)
        if (material === undefined) return refuse('repair.not-found')
        if (repair.state !== 'collecting' && repair.state !== 'approved')
          refuse('repair.wrong-step', { state: repairStateTexts[repair.state] })
        if (state === 'not-needed' && said.trim() === '') refuse('record.reason-required')
        const { [materialId]: _, ...others } = repair.materials
        const materials = state === 'missing' ? others : { ...others, [materialId]: { state, note: said } }
        // What was agreed to was the complete file.
        const isVoid = repair.state === 'approved' && state === 'missing'
        return {
          changes: {
            materials,
            ...(isVoid && { state: 'collecting' as const, approvedBy: null, approvedOn: null }),
          },
          body: { material: material.title, state },
        }
      }),

    approve: (caseId, by, on) =>
      change(caseId, 'record.repair-approved', (repair) => {
        assertCan(repair, 'approved')
        assertComplete(repair)
        assertDay(on, records.find(repair.recordId)?.legalDate ?? '')
        return { changes: { state: 'approved', approvedBy: by, approvedOn: on }, body: { by, on } }
      }),

    apply: (caseId, on) =>
      change(caseId, 'record.repair-applied', (repair) => {
        assertCan(repair, 'applied')
        assertComplete(repair)
        const rule = ruleOfCase(repair.ruleId)
        if (rule.repair.needsSuperior && repair.state !== 'approved')
          refuse('repair.approval-missing', { rule: rule.source })
        if (on < repair.earliestOn) refuse('repair.too-early', { earliestOn: repair.earliestOn })
        assertDay(on, repair.earliestOn)
        return { changes: { state: 'applied', appliedOn: on }, body: { on } }
      }),

    decide(caseId, decision, on, said) {
      const { recordId, ruleId } = existing(caseId)
      const rule = ruleOfCase(ruleId)
      const { effect } = rule.repair
      const after = change(caseId, 'record.repair-decided', (repair) => {
        assertCan(repair, decision)
        assertDay(on, repair.appliedOn ?? on)
        if (decision === 'granted') carryOut(recordId, { decision, effect, on })
        return {
          changes: {
            state: decision,
            decidedOn: on,
            note: said,
            effect: decision === 'granted' ? effect : null,
          },
          body: { decision, on },
        }
      })
      if (decision === 'granted') prepare(recordId, effect, rule.source)
      return after
    },

    withdraw: (caseId, reason) =>
      change(caseId, 'record.repair-withdrawn', (repair) => {
        assertCan(repair, 'withdrawn')
        return { changes: { state: 'withdrawn', note: reason }, body: { reason } }
      }),

    letter: createRepairLetter({ ...deps, note }),

    decidedByPlatform(recordId, decision) {
      const open = cases.openOf(recordId)
      if (open === null || !canMoveRepair(open.state, decision.decision)) return
      cases.save({
        ...open,
        state: decision.decision,
        decidedOn: decision.on,
        effect: decision.decision === 'granted' ? decision.effect : null,
        updatedAt: deps.clock.now(),
      })
      note('record.repair-decided', recordId, { decision: decision.decision, on: decision.on })
    },

    finishDone() {
      for (const repair of cases.open()) {
        const record = records.find(repair.recordId)
        const isGranted = repair.state === 'granted'
        const isGone = displays.find(repair.recordId)?.takenDownOn !== null
        const accepted = record?.acceptedRevision ?? null
        const isMarked =
          isGranted &&
          repair.effect === 'mark' &&
          accepted !== null &&
          records.revision(repair.recordId, accepted)?.op === 'repairMark'
        if (!isGone && !isMarked) continue
        store.write(() => {
          // Gone before a decision: there is nothing left to repair.
          const state = isGranted ? 'done' : 'withdrawn'
          cases.save({ ...repair, state, updatedAt: deps.clock.now() })
          note('record.repair-done', repair.recordId, {})
        })
      }
    },
  }
}

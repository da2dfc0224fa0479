import { inFlight, isAccepted } from '@shared/domain/record-status'
import type { Operation } from '@shared/domain/record-status'
import type { Clock } from '@shared/kernel/clock'
import { FailureError, refuse } from '@shared/kernel/failure'
import type { CompiledType } from '@shared/standard/standard'
import type { EventBus } from '@engine/event-bus'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { AuditRepo, RecordEntity, RecordRepo, RevisionEntity, Store } from '@engine/repos/repo-types'
import { revisionTexts } from '@shared/standard/revision-texts'
import { assessEdit, assessRaw } from '@engine/reading/assessment'
import { isChecked } from './checking-service'
import type { CheckingService } from './checking-service'
import type { DeadlinesService } from './deadlines-service'
import { announceRecords } from './editing-events'
import { withoutMasks } from './editing-masked'
import { hasOpenChange, isLive, isWithdrawn, operationRefusals, purposeAfter } from './editing-purpose'
import type { RevisionPurpose } from './editing-purpose'
import type { RevisionWriter } from './editing-revisions'

type Typed = Readonly<Record<string, string>>

/** A change of what the platform holds, or another attempt at what it refused. */
export interface OperationRequest {
  readonly recordId: string
  readonly op: Exclude<Operation, 'create'>
  readonly changes: Typed
  readonly reason: string | null
}

/** Entering and changing the content of records. Every change is a new revision; the old ones stay. */
export interface EditingService {
  /** Makes a record from form values; returns its id. A record of the same natural key makes it a blocked duplicate. */
  create(recordType: string, values: Typed): string
  /** Saves typed fields over the head revision; returns whether there was anything to save. */
  save(recordId: string, baseRevision: number, changes: Typed): boolean
  /**
   * Makes a revision that changes what the platform holds. All but `correct` need a reason and an accepted revision.
   * Refuses `record.operation-refused`, `record.reason-required`, `record.not-editable`, `record.not-found`.
   */
  changeOperation(request: OperationRequest): void
  /**
   * Makes a correction of what the platform holds under a reference out of a refused head, with the content of this
   * record; inside the caller's transaction.
   */
  correctHeld(recordId: string, platformRef: string, reason: string): void
  /** Makes another attempt, unchanged, out of a refused head; inside the caller's transaction. */
  attemptAgain(recordId: string, reason: string): void
  /** Sets one field of many records, each by itself. */
  applyFixToMany(recordIds: readonly string[], field: string, value: string): FixOutcome
  /** Saves texts of many records, each its own; `saved` runs in the transaction of each record that was changed. */
  saveTexts(recordIds: readonly string[], texts: TextsOfMany): FixOutcome
  /** Puts in the proved values of the open issues of one rule, each record its own. */
  applyProvedFixes(recordIds: readonly string[], code: string): FixOutcome
}

/** The texts to save, by record, and what else belongs to saving them. */
export interface TextsOfMany {
  readonly textsOf: (recordId: string) => Typed
  readonly saved: (recordId: string) => void
}

/** Records that were changed, and those whose change was refused. */
export interface FixOutcome {
  readonly changed: number
  readonly failed: number
}

const draftedActs = {
  correct: 'record.correction-drafted',
  withdraw: 'record.withdrawal-drafted',
  takeDown: 'record.takedown-drafted',
  repairMark: 'record.repair-mark-drafted',
} as const satisfies Record<OperationRequest['op'], string>

const FIX_CHUNK = 200

/** The editing of one desk. */
export function createEditingService(deps: {
  readonly store: Store
  readonly records: RecordRepo
  readonly lookup: RecordLookup
  readonly audit: AuditRepo
  readonly checking: CheckingService
  readonly writer: RevisionWriter
  readonly deadlines: DeadlinesService
  readonly clock: Clock
  readonly bus: EventBus
  readonly actor: () => string
}): EditingService {
  const { store, records, lookup, audit, checking, writer, deadlines, clock } = deps

  const log = (act: string, recordId: string, body: Readonly<Record<string, string | number>>): void =>
    audit.append({ at: clock.now(), actor: deps.actor(), act, ref: recordId, body })

  const editable = (recordId: string): RecordEntity => {
    const record = records.find(recordId) ?? refuse('record.not-found', { recordId })
    if (record.editorial === 'discarded') refuse('record.not-editable', { reason: 'discarded' })
    if (inFlight.includes(record.delivery)) refuse('record.not-editable', { reason: 'in-flight' })
    return record
  }

  const headOf = (record: RecordEntity): RevisionEntity => {
    const head = records.revision(record.recordId, record.headRevision)
    if (head === null) throw new Error(`record ${record.recordId} has no head revision`)
    return head
  }

  const assertKnown = (type: CompiledType, typed: Typed): void => {
    const known = new Set(type.fields.map((field) => field.code))
    const unknown = Object.keys(typed).find((field) => !known.has(field))
    if (unknown !== undefined) refuse('record.unknown-field', { field: unknown })
  }

  /** Natural keys move with edits: records that waited for the old key are looked at again. */
  const releaseKey = (record: RecordEntity): void => {
    if (record.naturalKey === null || record.isDuplicate) return
    for (const waiting of lookup.duplicatesOf(record.naturalKey, record.docKey)) checking.recheck(waiting)
  }

  /** The number of the new revision; null when there was nothing to save. */
  const append = (
    record: RecordEntity,
    head: RevisionEntity,
    given: Typed,
    purpose: RevisionPurpose,
    isForced: boolean,
  ): number | null => {
    const type = checking.type(record.recordType)
    assertKnown(type, given)
    const typed = withoutMasks(type, given, head.values)
    const stored = {
      values: head.values,
      changes: head.changes,
      issues: records.issues(record.recordId, head.revision).filter((issue) => issue.source === 'local'),
    }
    const assessment = assessEdit(type, stored, typed, deadlines.today())
    if (!isForced && assessment.sha256 === head.sha256) {
      // A cell that could not be read leaves no value: typing a blank over it changes no payload, but clears its issue.
      const cleared = stored.issues.some(
        (issue) =>
          issue.field !== null && Object.hasOwn(typed, issue.field) && issue.code.startsWith('import.'),
      )
      if (!cleared) return null
    }
    const judged = checking.judge(type, assessment, record.recordId)
    const judgement = isChecked(purpose.op) ? judged : { ...judged, issues: [], isDuplicate: false }
    const { revision } = writer.append(
      record,
      type,
      assessment,
      judgement,
      revisionTexts({ ...head.raw, ...typed }, assessment),
      purpose,
    )
    if (judgement.naturalKey !== record.naturalKey) releaseKey(record)
    return revision
  }

  const saveOne = (
    recordId: string,
    baseRevision: number | null,
    typed: Typed,
    reason: string | null,
  ): boolean => {
    const record = editable(recordId)
    if (baseRevision !== null && record.headRevision !== baseRevision) {
      refuse('record.changed-meanwhile', { current: record.headRevision })
    }
    const head = headOf(record)
    const purpose = purposeAfter(record, head, reason)
    if (!isChecked(purpose.op) && Object.keys(typed).length > 0)
      refuse('record.operation-refused', operationRefusals.openChange('correct'))
    // What was refused may be sent again unchanged: the platform's side may have moved.
    const isAnother = record.delivery !== 'none' && !isAccepted(record.delivery)
    const revision = append(record, head, typed, purpose, isAnother)
    if (revision === null) return false
    const isDrafted = purpose.op === 'correct' && record.op !== 'correct'
    log(isDrafted ? draftedActs.correct : 'record.edited', recordId, {
      revision,
      fields: Object.keys(typed).length,
    })
    return true
  }

  /** Saves typed values of many records, each by itself; nothing typed changes nothing. */
  const saveMany = (
    recordIds: readonly string[],
    typedOf: (recordId: string) => Typed,
    saved: (recordId: string) => void = () => undefined,
  ): FixOutcome => {
    let changed = 0
    let failed = 0
    const saveEach = (recordId: string): void => {
      try {
        const typed = typedOf(recordId)
        if (Object.keys(typed).length === 0) return
        const isChanged = store.write(() => {
          const isSaved = saveOne(recordId, null, typed, null)
          if (isSaved) saved(recordId)
          return isSaved
        })
        if (isChanged) changed++
      } catch (error) {
        if (!(error instanceof FailureError) || !error.failure.code.startsWith('record.')) throw error
        failed++
      }
    }
    for (let from = 0; from < recordIds.length; from += FIX_CHUNK) {
      store.write(() => recordIds.slice(from, from + FIX_CHUNK).forEach(saveEach))
    }
    announceRecords(deps.bus, recordIds)
    return { changed, failed }
  }

  /** Withdraws, takes down or marks: the content stays as the platform has it. */
  const actOnAccepted = (
    recordId: string,
    op: Exclude<Operation, 'create' | 'correct'>,
    reason: string,
  ): void => {
    const record = editable(recordId)
    if (isWithdrawn(record)) refuse('record.operation-refused', operationRefusals.withdrawn(op))
    if (!isLive(record)) refuse('record.operation-refused', operationRefusals.notAccepted(op))
    if (hasOpenChange(record)) refuse('record.operation-refused', operationRefusals.openChange(op))
    const revision = append(record, headOf(record), {}, { op, reason, inReplyTo: null }, true)
    log(draftedActs[op], recordId, { revision: revision ?? record.headRevision, reason })
  }

  return {
    create(recordType, values) {
      const type = checking.type(recordType)
      assertKnown(type, values)
      const raw = Object.fromEntries(
        Object.entries(values).map(([field, text]) => [field, { text, kind: 'text' as const }]),
      )
      const recordId = store.write(() => {
        const assessment = assessRaw(type, raw, deadlines.today())
        const judgement = checking.judge(type, assessment, null)
        const content = revisionTexts(values, assessment)
        const made = writer.make(writer.stamp(), type, assessment, judgement, content, null)
        writer.insert(made)
        const { recordId, quality } = made.record
        log('record.created', recordId, { type: recordType, quality })
        return recordId
      })
      announceRecords(deps.bus, [recordId])
      return recordId
    },

    save(recordId, baseRevision, changes) {
      const isSaved = store.write(() => saveOne(recordId, baseRevision, changes, null))
      if (isSaved) announceRecords(deps.bus, [recordId])
      return isSaved
    },

    changeOperation({ recordId, op, changes, reason }) {
      const why = reason?.trim() ?? ''
      if (op !== 'correct' && why === '') refuse('record.reason-required')
      store.write(() => {
        if (op === 'correct') saveOne(recordId, null, changes, why === '' ? null : why)
        else actOnAccepted(recordId, op, why)
      })
      announceRecords(deps.bus, [recordId])
    },

    correctHeld(recordId, platformRef, reason) {
      const record = editable(recordId)
      const head = headOf(record)
      const purpose = { op: 'correct', reason, inReplyTo: head.revision } as const
      const revision = append(record, head, {}, purpose, true)
      records.update(recordId, { platformRef })
      log(draftedActs.correct, recordId, { revision: revision ?? head.revision, platformRef })
    },

    attemptAgain(recordId, reason) {
      saveOne(recordId, null, {}, reason)
    },

    saveTexts: (recordIds, { textsOf, saved }) => saveMany(recordIds, textsOf, saved),

    applyFixToMany: (recordIds, field, value) => saveMany(recordIds, () => ({ [field]: value })),

    applyProvedFixes: (recordIds, code) =>
      saveMany(recordIds, (recordId) => {
        const record = records.find(recordId)
        if (record === null) return {}
        return Object.fromEntries(
          records
            .issues(recordId, record.headRevision)
            .flatMap(({ code: own, source, field, fix, confirmedBy }) =>
              own === code &&
              source === 'local' &&
              confirmedBy === null &&
              field !== null &&
              fix !== undefined
                ? [[field, fix.value] as const]
                : [],
            ),
        )
      }),
  }
}

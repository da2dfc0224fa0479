import { canMoveEditorial, inFlight, isAccepted } from '@shared/domain/record-status'
import type { Editorial, ExclusionBasis } from '@shared/domain/record-status'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { EventBus } from '@engine/event-bus'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { AuditRepo, RecordEntity, RecordRepo, Store } from '@engine/repos/repo-types'
import type { CheckingService } from './checking-service'
import { announceRecords } from './editing-events'

/**
 * What a person decides about records without touching their content. The calls on many records skip those to which
 * the decision does not apply and return how many it did.
 */
export interface EditingDecisionsService {
  /** Notes that a person has looked at a warning and stands by the value. */
  confirmWarning(recordId: string, code: string, field: string | null, reason: string): void
  /** The same for all warnings of one rule in many records. */
  confirmMany(recordIds: readonly string[], code: string, reason: string): number
  /** Takes a confirmation back: the warning asks again. */
  unconfirm(recordId: string, code: string, field: string | null): void
  hold(recordIds: readonly string[], reason: string, until: string | null): number
  release(recordIds: readonly string[]): number
  /** Puts never-sent records away; a tombstone with all revisions stays. */
  discard(recordIds: readonly string[], reason: string): number
  restore(recordIds: readonly string[]): number
  exclude(recordIds: readonly string[], basis: ExclusionBasis, reason: string): number
  include(recordIds: readonly string[], reason: string): number
  /** Releases what was held until today or earlier; returns how many. */
  releaseDue(today: string): number
  /** The full value of a masked field; who asked and why stays in the audit trail. */
  reveal(recordId: string, field: string, reason: string): string
}

type Decide = (record: RecordEntity) => boolean

/** The decisions at one desk. */
export function createEditingDecisionsService(deps: {
  readonly store: Store
  readonly records: RecordRepo
  readonly lookup: RecordLookup
  readonly audit: AuditRepo
  readonly checking: CheckingService
  readonly clock: Clock
  readonly bus: EventBus
  readonly actor: () => string
}): EditingDecisionsService {
  const { store, records, lookup, audit, checking, clock } = deps

  const log = (act: string, record: RecordEntity, body: Readonly<Record<string, string | number>>): void =>
    audit.append({ at: clock.now(), actor: deps.actor(), act, ref: record.recordId, body })

  const existing = (recordId: string): RecordEntity =>
    records.find(recordId) ?? refuse('record.not-found', { recordId })

  const forEach = (recordIds: readonly string[], decide: Decide): number => {
    const changed = store.write(() =>
      recordIds.filter((recordId) => {
        const record = records.find(recordId)
        return record !== null && decide(record)
      }),
    )
    announceRecords(deps.bus, changed)
    return changed.length
  }

  const move = (record: RecordEntity, to: Editorial, changes: Partial<RecordEntity>): void =>
    records.update(record.recordId, { editorial: to, ...changes })

  /** Back to work: the check decides between draft and checked. */
  const reopen = (record: RecordEntity, changes: Partial<RecordEntity>): void => {
    move(record, 'draft', changes)
    checking.recheck(existing(record.recordId))
  }

  const isWaiting = (record: RecordEntity): boolean =>
    record.delivery === 'none' && record.editorial !== 'discarded'

  const releaseOne: Decide = (record) => {
    if (record.editorial !== 'held') return false
    reopen(record, { heldReason: null, heldUntil: null })
    log('record.released', record, {})
    return true
  }

  return {
    confirmWarning(recordId, code, field, reason) {
      store.write(() => {
        const record = existing(recordId)
        if (inFlight.includes(record.delivery)) refuse('record.not-editable', { reason: 'in-flight' })
        const confirmed = records.confirmIssues(recordId, record.headRevision, {
          code,
          field,
          by: deps.actor(),
          reason,
        })
        if (confirmed === 0) refuse('record.changed-meanwhile', { current: record.headRevision })
        if (isWaiting(record)) checking.recheck(record)
        log('record.confirmed', record, { revision: record.headRevision, code, reason })
      })
      announceRecords(deps.bus, [recordId])
    },

    confirmMany: (recordIds, code, reason) =>
      forEach(recordIds, (record) => {
        if (record.editorial === 'discarded' || inFlight.includes(record.delivery)) return false
        const { recordId, headRevision: revision } = record
        const choice = { code, field: undefined, by: deps.actor(), reason }
        if (records.confirmIssues(recordId, revision, choice) === 0) return false
        if (isWaiting(record)) checking.recheck(record)
        log('record.confirmed', record, { revision, code, reason })
        return true
      }),

    unconfirm(recordId, code, field) {
      store.write(() => {
        const record = existing(recordId)
        if (inFlight.includes(record.delivery)) refuse('record.not-editable', { reason: 'in-flight' })
        const { headRevision: revision } = record
        if (records.unconfirmIssues(recordId, revision, { code, field }) === 0)
          refuse('record.changed-meanwhile', { current: revision })
        if (isWaiting(record)) checking.recheck(record)
        log('record.confirmation-withdrawn', record, { revision, code })
      })
      announceRecords(deps.bus, [recordId])
    },

    hold: (recordIds, reason, until) =>
      forEach(recordIds, (record) => {
        if (!isWaiting(record) || !canMoveEditorial(record.editorial, 'held')) return false
        move(record, 'held', { heldReason: reason, heldUntil: until })
        log('record.held', record, { reason, ...(until === null ? {} : { until }) })
        return true
      }),

    release: (recordIds) => forEach(recordIds, releaseOne),
    releaseDue: (today) => forEach(lookup.heldUntil(today), releaseOne),

    discard: (recordIds, reason) =>
      forEach(recordIds, (record) => {
        const isMovable = record.editorial !== 'discarded' && canMoveEditorial(record.editorial, 'discarded')
        if (!isMovable || lookup.wasSent(record.recordId)) return false
        move(record, 'discarded', {})
        log('record.discarded', record, { reason })
        if (record.naturalKey !== null && !record.isDuplicate) {
          for (const waiting of lookup.duplicatesOf(record.naturalKey, record.docKey))
            checking.recheck(waiting)
        }
        return true
      }),

    restore: (recordIds) =>
      forEach(recordIds, (record) => {
        if (record.editorial !== 'discarded') return false
        // Until the check has looked, somebody else may own the key by now.
        reopen(record, { isDuplicate: true })
        log('record.restored', record, {})
        return true
      }),

    exclude: (recordIds, basis, reason) =>
      forEach(recordIds, (record) => {
        const isOpen = !inFlight.includes(record.delivery) && !isAccepted(record.delivery)
        if (!isOpen || record.editorial === 'discarded' || record.excludedBasis === basis) return false
        records.update(record.recordId, { excludedBasis: basis, excludedReason: reason })
        log('record.excluded', record, { basis, reason })
        return true
      }),

    include: (recordIds, reason) =>
      forEach(recordIds, (record) => {
        if (record.excludedBasis === null) return false
        records.update(record.recordId, { excludedBasis: null, excludedReason: null })
        log('record.included', record, { reason })
        return true
      }),

    reveal(recordId, field, reason) {
      return store.write(() => {
        const record = existing(recordId)
        const type = checking.type(record.recordType)
        if (!type.fields.some(({ code }) => code === field)) refuse('record.unknown-field', { field })
        log('record.revealed', record, { revision: record.headRevision, field, reason })
        return records.revision(recordId, record.headRevision)?.values[field] ?? ''
      })
    },
  }
}

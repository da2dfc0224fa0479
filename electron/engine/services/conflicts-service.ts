/**
 * Conflicts: the platform already holds the natural key of a record, with another content. A person sees both sides,
 * field by field, and decides; nothing is sent and nothing put away before.
 */
import type { ConflictDecision, ConflictField, ConflictView } from '@shared/contract/views/exchange-views'
import type { RecordRow } from '@shared/contract/views/record-views'
import type { LookupHit } from '@shared/domain/exchange'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { FailureCode } from '@shared/kernel/failure'
import { maskIssueValue } from '@shared/standard/mask'
import { withoutPersonalData } from '@shared/standard/personal-data'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import type { EventBus } from '@engine/event-bus'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { AuditRepo, RecordEntity, RecordRepo, Store } from '@engine/repos/repo-types'
import { typeOf } from '@engine/standards/installed-standard'
import type { ConnectionService } from './connection-port'
import type { DisputesService } from './disputes-service'
import { announceRecords } from './editing-events'
import type { EditingService } from './editing-service'
import { itemResultOf } from './submission-item-result'

export interface ConflictsService {
  /** Both sides. Asks the platform; what it does not say is left open. Refuses `conflict.nothing`. */
  view(recordId: string): Promise<ConflictView>
  /**
   * Does what a person decided: `keepPlatform` puts this record away; `correctPlatform` makes a correction of what the
   * platform holds, only where that is of this bureau (`conflict.not-ours`); `dispute` opens a dispute.
   */
  resolve(
    recordId: string,
    decision: ConflictDecision,
    reason: string,
    evidence: readonly string[],
  ): Promise<void>
}

/** What the platform said of the holder of the key. */
interface Held {
  readonly hit: LookupHit | null
  readonly failureCode: FailureCode | null
}

export function createConflictsService(deps: {
  readonly store: Store
  readonly records: RecordRepo
  readonly batches: Pick<BatchRepo, 'resultOf' | 'find'>
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly bus: EventBus
  readonly actor: () => string
  readonly standard: () => CompiledStandard
  readonly connection: Pick<ConnectionService, 'isReady' | 'transport'>
  readonly rowOf: (record: RecordEntity) => RecordRow
  readonly disputes: Pick<DisputesService, 'open'>
  readonly editing: Pick<EditingService, 'correctHeld'>
}): ConflictsService {
  const { records, batches } = deps

  const inConflict = (recordId: string): RecordEntity => {
    const record = records.find(recordId) ?? refuse('record.not-found', { recordId })
    if (record.delivery !== 'duplicate' || record.editorial === 'discarded') refuse('conflict.nothing')
    return record
  }

  const holderOf = (record: RecordEntity): { readonly platformRef: string; readonly sha256: string } => {
    const json = batches.resultOf(record.recordId, record.headRevision)
    const holder = json === null ? null : itemResultOf(json).duplicateOf
    return holder ?? refuse('conflict.nothing')
  }

  /** The newest delivery by which the platform holds the key; a correction counts more than what it corrected. */
  const lookUp = async (record: RecordEntity, platformRef: string): Promise<Held> => {
    if (!deps.connection.isReady() || record.naturalKey === null) return { hit: null, failureCode: null }
    const transport = deps.connection.transport()
    for (const op of ['correct', 'create'] as const) {
      const reply = await transport.lookup({ naturalKey: record.naturalKey, op })
      if (reply.kind !== 'ok') return { hit: null, failureCode: reply.failure.code }
      const held = reply.value.filter(
        (hit) => hit.platformRef === platformRef && (hit.outcome === 'accepted' || hit.outcome === 'warned'),
      )
      const newest = held.at(-1)
      if (newest !== undefined) return { hit: newest, failureCode: null }
    }
    return { hit: null, failureCode: null }
  }

  /** The other side's content: as the platform gives it, else as this desk sent it. */
  const payloadOf = (type: CompiledType, hit: LookupHit | null): Readonly<Record<string, string>> | null => {
    if (hit === null) return null
    if (hit.payload) return hit.payload
    const own = records.revision(hit.recordId, hit.revision)
    return own === null ? null : type.payload(own.values)
  }

  const compared = (
    type: CompiledType,
    ours: Readonly<Record<string, string>>,
    theirs: Readonly<Record<string, string>>,
  ): readonly ConflictField[] =>
    type.fields.flatMap((field) => {
      const name = field.wire?.name ?? field.code
      const [own, other] = [ours[name] ?? '', theirs[name] ?? '']
      if (own === '' && other === '') return []
      const shown = (value: string): string | null => (value === '' ? null : maskIssueValue(field, value))
      return [
        {
          ...{ field: field.code, label: field.label, isSame: own === other },
          ...{ ours: shown(own), theirs: shown(other) },
        },
      ]
    })

  return {
    async view(recordId) {
      const record = inConflict(recordId)
      const { platformRef } = holderOf(record)
      const { hit, failureCode } = await lookUp(record, platformRef)
      const type = typeOf(deps.standard(), record.recordType)
      const head = records.revision(recordId, record.headRevision)
      const theirs = payloadOf(type, hit)
      const holder = hit === null ? null : records.find(hit.recordId)
      return {
        row: deps.rowOf(record),
        platformRef,
        receivedAt: hit?.receivedAt ?? null,
        heldRecordId: holder?.recordId ?? null,
        fields: theirs === null || head === null ? null : compared(type, type.payload(head.values), theirs),
        mayCorrect: hit !== null,
        failureCode,
      }
    },

    async resolve(recordId, decision, reason, evidence) {
      const record = inConflict(recordId)
      if (decision === 'dispute') return deps.disputes.open(recordId, reason, evidence)
      const { platformRef } = holderOf(record)
      if (decision === 'correctPlatform') {
        const { hit, failureCode } = await lookUp(record, platformRef)
        if (failureCode !== null) refuse(failureCode)
        if (hit === null) refuse('conflict.not-ours')
      }
      deps.store.write(() => {
        // The platform may have been asked meanwhile, and somebody else may have decided.
        inConflict(recordId)
        const entry = { at: deps.clock.now(), actor: deps.actor(), act: 'conflict.resolved', ref: recordId }
        deps.audit.append({ ...entry, body: { decision, reason: withoutPersonalData(reason), platformRef } })
        if (decision === 'correctPlatform') deps.editing.correctHeld(recordId, platformRef, reason)
        // It was sent and never taken: the platform holds nothing of it, so a tombstone is all that is left.
        else records.update(recordId, { editorial: 'discarded' })
      })
      announceRecords(deps.bus, [recordId])
    },
  }
}

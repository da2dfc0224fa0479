import type { ItemError, WireItem } from '@shared/domain/exchange'
import type { Operation } from '@shared/domain/record-status'
import { headlineField } from '@shared/standard/headline-field'
import { injectedRejection } from '@practice/scenarios/injected-rejection'
import type { Decision } from '@practice/store/item-repo'
import type { Holding, HoldingState, RegisterRepo } from '@practice/store/register-repo'
import type { PlatformCode } from '@shared/texts/zh-CN/practice'
import { practiceNotices, practiceTexts } from '@shared/texts/zh-CN/practice'
import type { StandardShelf } from './standard-shelf'

/** Where and when an item is judged. */
export interface JudgedDelivery {
  readonly bureau: string
  readonly batchId: string
  readonly item: WireItem
  /** Business date of the batch's arrival. */
  readonly today: string
}

/** A decision; `effect` says what the platform is to hold from now on, null where nothing changes. */
export interface Judgement {
  readonly decision: Decision
  readonly effect: Holding | null
  /** True when an earlier delivery of the same revision was decided already. */
  readonly isRepeat: boolean
}

/** Decides about one delivery from what the platform holds at that moment. Changes nothing. */
export type Judge = (delivery: JudgedDelivery) => Judgement

/** Which holdings an operation may act on, and what they become. */
const ACTS_ON: Readonly<Record<Exclude<Operation, 'create'>, readonly HoldingState[]>> = {
  correct: ['live', 'revoked'],
  withdraw: ['live', 'takenDown'],
  takeDown: ['live'],
  repairMark: ['live'],
}
const BECOMES: Readonly<Record<Operation, HoldingState>> = {
  create: 'live',
  correct: 'live',
  withdraw: 'withdrawn',
  takeDown: 'takenDown',
  repairMark: 'live',
}

const error = (
  code: PlatformCode,
  field: string | null,
  value: string | null,
  message = practiceTexts[code],
): ItemError => ({
  code,
  field,
  value,
  message,
  severity: 'error',
})

const rejected = (...errors: readonly ItemError[]): Judgement => ({
  decision: { outcome: 'rejected', platformRef: null, errors, duplicateOf: null },
  effect: null,
  isRepeat: false,
})

const duplicateOf = ({ platformRef, sha256 }: Holding): Judgement => ({
  decision: { outcome: 'duplicate', platformRef: null, errors: [], duplicateOf: { platformRef, sha256 } },
  effect: null,
  isRepeat: false,
})

export interface JudgeDeps {
  readonly register: RegisterRepo
  readonly shelf: StandardShelf
  readonly seed: number
  /** Share of new records that meet a refusal only the platform can know. */
  readonly rejectedShare: () => number
  /** A reference for a record that is held from now on. */
  readonly newReference: () => string
}

/**
 * The order of the questions is that of protocol section 3: was this revision decided before; is its standard taken;
 * does what it refers to exist; does the payload hold; is its key free; does the register know the subject.
 */
export function createJudge(deps: JudgeDeps): Judge {
  const { register, shelf } = deps

  const judgeRepeat = (item: WireItem, bureau: string): Judgement | null => {
    const earlier = register.verdict(bureau, item.recordId, item.revision)
    if (earlier === null) return null
    // A revision never changes; other content under its number is a mistake of the desk, not a new revision.
    if (earlier.sha256 !== item.sha256 || earlier.op !== item.op)
      return { ...rejected(error('1007', null, null)), isRepeat: true }
    const { outcome, platformRef, errors, duplicateOf } = earlier
    return { decision: { outcome, platformRef, errors, duplicateOf }, effect: null, isRepeat: true }
  }

  const heldFor = (item: WireItem, bureau: string): Holding | null => {
    if (item.op === 'create') return register.holdingOf(bureau, item.recordId)
    const named = item.platformRef === null ? null : register.holdingUnder(item.platformRef)
    return named?.bureau === bureau ? named : null
  }

  const judgeReference = (item: WireItem, own: Holding | null): Judgement | null => {
    if (item.op === 'create') return own?.state === 'live' ? duplicateOf(own) : null
    const isHeld = own !== null && ACTS_ON[item.op].includes(own.state)
    const isStale = own?.recordId === item.recordId && item.revision <= own.revision
    if (!isHeld || isStale) return rejected(error('1012', null, item.platformRef))
    if (item.op !== 'correct' && (item.reason ?? '').trim() === '') {
      return rejected(error('1003', null, null, practiceNotices.reasonMissing))
    }
    return null
  }

  const accept = (
    delivery: JudgedDelivery,
    own: Holding | null,
    naturalKey: string | null,
    warnings: readonly ItemError[],
  ): Judgement => {
    const { bureau, batchId, item } = delivery
    const platformRef = item.op === 'create' || own === null ? deps.newReference() : own.platformRef
    const changesContent = item.op === 'create' || item.op === 'correct' || own === null
    return {
      decision: {
        outcome: warnings.length > 0 ? 'warned' : 'accepted',
        platformRef,
        errors: warnings,
        duplicateOf: null,
      },
      effect: {
        platformRef,
        bureau,
        recordId: item.recordId,
        naturalKey: changesContent ? naturalKey : own.naturalKey,
        state: BECOMES[item.op],
        revision: item.revision,
        sha256: changesContent ? item.sha256 : own.sha256,
        source: changesContent ? { batchId, itemNo: item.itemNo } : own.source,
      },
      isRepeat: false,
    }
  }

  return (delivery) => {
    const { bureau, item, today } = delivery
    const repeat = judgeRepeat(item, bureau)
    if (repeat !== null) return repeat
    const shelved = shelf.find(item.standard, item.recordType, today)
    if (shelved === null) return rejected(error('1011', null, `${item.standard.id} ${item.standard.version}`))
    const own = heldFor(item, bureau)
    const refused = judgeReference(item, own)
    if (refused !== null) return refused
    if (item.op !== 'create' && item.op !== 'correct') return accept(delivery, own, null, [])
    const { errors, warnings, naturalKey } = shelved.check(item.payload, today)
    if (errors.length > 0) return rejected(...errors, ...warnings)
    const occupant = naturalKey === null ? null : register.occupant(naturalKey, own?.platformRef ?? null)
    if (occupant !== null) {
      if (item.op === 'create') return duplicateOf(occupant)
      const headline = headlineField(shelved.type.spec)
      return rejected(error('1007', headline, item.payload[headline] ?? null))
    }
    // The register is asked once in the life of a record, so any new revision of a refused record gets through.
    if (item.op === 'create' && !register.hasVerdict(bureau, item.recordId)) {
      const { sha256, payload } = item
      const input = { seed: deps.seed, share: deps.rejectedShare(), sha256, type: shelved.type, payload }
      const injected = injectedRejection(input)
      if (injected !== null) return rejected(injected)
    }
    return accept(delivery, own, naturalKey, warnings)
  }
}

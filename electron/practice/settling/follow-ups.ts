import type { ItemError, WireItem } from '@shared/domain/exchange'
import { addDays } from '@shared/kernel/calendar-date'
import { businessDate } from '@shared/kernel/clock'
import type { CompiledType } from '@shared/standard/standard'
import { practiceNotices, practiceTexts } from '@shared/texts/zh-CN/practice'
import type { PlatformCode } from '@shared/texts/zh-CN/practice'
import { wireName } from '@practice/scenarios/injected-rejection'
import type { ScenarioProfile } from '@practice/scenarios/scenario-profile'
import type { FeedRepo } from '@practice/store/feed-repo'
import type { MetaRepo } from '@practice/store/meta-repo'
import type { Holding, RegisterRepo } from '@practice/store/register-repo'
import { seededShare } from './seeded-share'

/** Days that a desk has for an answer. */
const DAYS_TO_ANSWER = 7

/** What comes after acceptance and reaches the desk through the feed. Call inside a transaction. */
export interface FollowUps {
  /** Publishes or takes down after an effect, and in the `corrections` scenario begins what it scripts. */
  afterEffect(bureau: string, item: WireItem, platformRef: string, at: string): void
  /** Takes the acceptance of a held record back. */
  lateReject(holding: Holding, at: string, error?: Partial<ItemError>): void
  /** Asks the bureau to look at fields of a held record again; the id of the notice. */
  requestCorrection(holding: Holding, at: string, fields?: readonly CorrectionField[], dueOn?: string): string
  /** Orders the end of a publication; the id of the notice. */
  orderTakeDown(holding: Holding, at: string, basis?: string, dueOn?: string): string
}

export interface CorrectionField {
  readonly field: string
  readonly value: string | null
  readonly message: string
}

export interface FollowUpDeps {
  readonly register: RegisterRepo
  readonly feed: FeedRepo
  readonly meta: MetaRepo
  readonly platformId: string
  readonly seed: number
  readonly profile: () => ScenarioProfile
  /** The record type of an item, as it was judged. */
  readonly typeOf: (item: WireItem) => CompiledType | null
}

export function createFollowUps(deps: FollowUpDeps): FollowUps {
  const { register, feed } = deps
  const noticeId = (): string => `N-${deps.platformId}-${deps.meta.nextNumber('notice')}`
  const answerBy = (at: string): string => addDays(businessDate(at), DAYS_TO_ANSWER)

  /** The field by which clerks recognise a record, with its value. */
  const subjectOf = (item: WireItem): { field: string | null; value: string | null } => {
    const type = deps.typeOf(item)
    const field = type?.fields.find((one) => one.code === type.spec.search.subjectName)
    return field === undefined
      ? { field: null, value: null }
      : { field: wireName(field), value: item.payload[wireName(field)] ?? null }
  }

  const followUps: FollowUps = {
    afterEffect(bureau, item, platformRef, at) {
      const on = businessDate(at)
      if (item.op === 'withdraw' || item.op === 'takeDown') {
        feed.append(bureau, 'record.takenDown', at, { platformRef, on })
        return
      }
      if (item.op === 'repairMark') return
      feed.append(bureau, 'record.published', at, { platformRef, from: on, to: null })
      if (item.op === 'create' && item.revision === 1) beginScript(bureau, item, at)
    },

    lateReject(holding, at, given = {}) {
      const { bureau, item, platformRef, revision } = holding
      const code = given.code ?? '1001'
      const error: ItemError = {
        code,
        ...subjectOf(item),
        message: practiceTexts[code as PlatformCode] ?? practiceTexts['1001'],
        severity: 'error',
        ...given,
      }
      register.saveHolding({ ...holding, state: 'revoked' })
      feed.append(bureau, 'item.rejected', at, { recordId: item.recordId, revision, platformRef, errors: [error] })
    },

    requestCorrection(holding, at, fields, dueOn) {
      const { bureau, item, platformRef } = holding
      const { field, value } = subjectOf(item)
      const asked = fields ?? (field === null ? [] : [{ field, value, message: practiceNotices.correctionMessage }])
      const id = noticeId()
      feed.append(bureau, 'correction.requested', at, {
        noticeId: id,
        recordId: item.recordId,
        platformRef,
        fields: asked,
        dueOn: dueOn ?? answerBy(at),
        text: practiceNotices.correctionText,
      })
      return id
    },

    orderTakeDown({ bureau, platformRef }, at, basis, dueOn) {
      const id = noticeId()
      feed.append(bureau, 'takedown.ordered', at, {
        noticeId: id,
        platformRef,
        basis: basis ?? practiceNotices.takeDownBasis,
        dueOn: dueOn ?? answerBy(at),
      })
      return id
    },
  }

  const beginScript = (bureau: string, item: WireItem, at: string): void => {
    const { lateRejectedShare, correctionShare, takeDownShare } = deps.profile()
    const luck = seededShare(deps.seed, 'follow-up', item.sha256)
    if (luck >= lateRejectedShare + correctionShare + takeDownShare) return
    const holding = register.holding(bureau, item.recordId)
    if (holding === null) return
    if (luck < lateRejectedShare) followUps.lateReject(holding, at)
    else if (luck < lateRejectedShare + correctionShare) followUps.requestCorrection(holding, at)
    else followUps.orderTakeDown(holding, at)
  }

  return followUps
}

import type { ItemError, WireItem } from '@shared/domain/exchange'
import { addDays } from '@shared/kernel/calendar-date'
import { businessDate } from '@shared/kernel/clock'
import type { CompiledType } from '@shared/standard/standard'
import { practiceNotices, practiceTexts } from '@shared/texts/zh-CN/practice'
import type { PlatformCode } from '@shared/texts/zh-CN/practice'
import type { ScenarioProfile } from '@practice/scenarios/scenario-profile'
import type { FeedRepo } from '@practice/store/feed-repo'
import type { MetaRepo } from '@practice/store/meta-repo'
import type { Holding, RegisterRepo } from '@practice/store/register-repo'
import { seededShare } from './seeded-share'
import { wireName } from './wire-name'

/** Days that a desk has for an answer. */
const DAYS_TO_ANSWER = 7

/** What comes after acceptance and reaches the desk through the feed. Call inside a transaction. */
export interface FollowUps {
  /** Publishes or takes down after an effect, and in the `corrections` scenario begins what it scripts. */
  afterEffect(holding: Holding, item: WireItem, cause: Cause): void
  /** Takes the acceptance of a held record back. */
  lateReject(holding: Holding, cause: Cause, error?: Partial<ItemError>): void
  /** Asks the bureau to look at fields of a held record again; the id of the notice. */
  requestCorrection(holding: Holding, cause: Cause, asked?: CorrectionRequest): string
  /** Orders the end of a publication; the id of the notice. */
  orderTakeDown(
    holding: Holding,
    cause: Cause,
    order?: { readonly basis?: string; readonly dueOn?: string },
  ): string
}

/** When something happened, and the batch from which it followed, if any. */
export interface Cause {
  readonly at: string
  readonly batchId?: string
}

export interface CorrectionRequest {
  readonly fields?: readonly CorrectionField[]
  readonly dueOn?: string
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
  const subjectOf = (holding: Holding): { field: string | null; value: string | null } => {
    const item = register.itemOf(holding)
    const type = deps.typeOf(item)
    const field = type?.fields.find((one) => one.code === type.spec.search.subjectName)
    return field === undefined
      ? { field: null, value: null }
      : { field: wireName(field), value: item.payload[wireName(field)] ?? null }
  }

  const followUps: FollowUps = {
    afterEffect(holding, item, cause) {
      const { bureau, platformRef } = holding
      const on = businessDate(cause.at)
      if (item.op === 'withdraw' || item.op === 'takeDown') {
        feed.append(bureau, 'record.takenDown', cause.at, { platformRef, on }, cause.batchId)
      } else if (item.op !== 'repairMark') {
        feed.append(bureau, 'record.published', cause.at, { platformRef, from: on, to: null }, cause.batchId)
      }
      // A script begins with the first acceptance only, so every record comes to rest.
      if (item.op === 'create' && item.revision === 1) beginScript(holding, cause)
    },

    lateReject(holding, { at, batchId }, given = {}) {
      const { bureau, recordId, platformRef, revision } = holding
      const code = given.code ?? '1001'
      const message = practiceTexts[code as PlatformCode] ?? practiceTexts['1001']
      const error: ItemError = { code, ...subjectOf(holding), message, severity: 'error', ...given }
      register.saveHolding({ ...holding, state: 'revoked' })
      feed.append(bureau, 'item.rejected', at, { recordId, revision, platformRef, errors: [error] }, batchId)
    },

    requestCorrection(holding, { at, batchId }, { fields, dueOn } = {}) {
      const { bureau, recordId, platformRef } = holding
      const { field, value } = subjectOf(holding)
      const asked =
        fields ?? (field === null ? [] : [{ field, value, message: practiceNotices.correctionMessage }])
      const id = noticeId()
      const text = practiceNotices.correctionText
      const body = { noticeId: id, recordId, platformRef, fields: asked, dueOn: dueOn ?? answerBy(at), text }
      feed.append(bureau, 'correction.requested', at, body, batchId)
      return id
    },

    orderTakeDown({ bureau, platformRef }, { at, batchId }, order = {}) {
      const id = noticeId()
      const { basis = practiceNotices.takeDownBasis, dueOn = answerBy(at) } = order
      feed.append(bureau, 'takedown.ordered', at, { noticeId: id, platformRef, basis, dueOn }, batchId)
      return id
    },
  }

  const beginScript = (holding: Holding, cause: Cause): void => {
    const { lateRejectedShare, correctionShare, takeDownShare } = deps.profile()
    const luck = seededShare(deps.seed, 'follow-up', holding.sha256)
    if (luck < lateRejectedShare) followUps.lateReject(holding, cause)
    else if (luck < lateRejectedShare + correctionShare) followUps.requestCorrection(holding, cause)
    else if (luck < lateRejectedShare + correctionShare + takeDownShare)
      followUps.orderTakeDown(holding, cause)
  }

  return followUps
}

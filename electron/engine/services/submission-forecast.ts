import type { SubmissionForecast } from '@shared/contract/views/exchange-views'
import { fill } from '@shared/texts/fill'
import { likelyRejectedTexts } from '@shared/texts/zh-CN/not-sent'
import { platformCodeText } from '@shared/texts/zh-CN/platform-codes'
import type { RecordEntity, RecordRepo } from '@engine/repos/repo-types'
import type { BatchViewService } from './batch-view-service'
import type { ConnectionService } from './connection-port'
import { notSentView } from './submission-not-sent'

/** What a submission would do now. */
export interface ForecastService {
  forecast(type: string | null): SubmissionForecast
}

/** Listed at most; the counts are true. */
const LISTED = 500

export function createForecastService(deps: {
  readonly records: RecordRepo
  readonly views: BatchViewService
  /** What the chosen way can ask of the platform. */
  readonly connection: Pick<ConnectionService, 'traits'>
  /** Today's business date. */
  readonly today: () => string
}): ForecastService {
  const { records } = deps

  /** A refused value that still stands in the answer to the refusal will be refused again. */
  const likelyReason = (record: RecordEntity): string | null => {
    const head = records.revision(record.recordId, record.headRevision)
    if (head === null || head.inReplyTo === null) return null
    const refused = records.revision(record.recordId, head.inReplyTo)
    if (refused === null) return null
    const told = records
      .issues(record.recordId, head.inReplyTo)
      .filter((issue) => issue.source === 'platform' && issue.severity === 'error' && issue.field !== null)
    const still = told.find(({ field }) => field !== null && refused.values[field] === head.values[field])
    return still === undefined
      ? null
      : fill(likelyRejectedTexts.unchanged, {
          meaning: platformCodeText(still.code).meaning.replace(/。$/, ''),
        })
  }

  return {
    forecast(type) {
      const filter = { type, recordIds: null }
      const { operations } = deps.connection.traits()
      const ready = records.sealable(filter)
      const sendable = ready.filter(({ op }) => operations.includes(op))
      const notThisWay = ready.filter(({ op }) => !operations.includes(op))
      const counts = new Map<string, number>()
      for (const { recordType } of sendable) counts.set(recordType, (counts.get(recordType) ?? 0) + 1)
      const today = deps.today()
      const late = sendable.filter(({ dueOn }) => dueOn !== null && dueOn < today).length
      const likelyRejected = sendable.flatMap((record) => {
        const reason = likelyReason(record)
        return reason === null ? [] : [{ recordId: record.recordId, docNo: record.docNo, reason }]
      })
      return {
        sendable: sendable.length,
        byType: [...counts].map(([code, count]) => ({ type: code, count })),
        inTime: sendable.length - late,
        late,
        likelyRejected: likelyRejected.slice(0, LISTED),
        notSent: [
          ...notThisWay.map((record) => notSentView(record, 'not-this-way')),
          ...records.unsealable(filter).map((record) => notSentView(record)),
        ].slice(0, LISTED),
        openBatches: deps.views.open(),
      }
    },
  }
}

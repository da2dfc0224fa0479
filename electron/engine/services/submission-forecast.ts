import type { SubmissionForecast } from '@shared/contract/views/exchange-views'
import { staysByReason } from '@shared/domain/stays-count'
import type { CompiledType } from '@shared/standard/standard'
import type { RefusalQuery } from '@engine/repos/refusal-query'
import type { RecordRepo } from '@engine/repos/repo-types'
import type { BatchViewService } from './batch-view-service'
import type { ConnectionService } from './connection-port'
import { createRejectionOutlook } from './rejection-outlook'
import type { NilService } from './submission-nil'
import { notSentView } from './submission-not-sent'

/** What a submission would do now. */
export interface ForecastService {
  forecast(type: string | null): SubmissionForecast
}

/** Listed at most; the counts are true. */
const LISTED = 500

export function createForecastService(deps: {
  readonly records: RecordRepo
  readonly refusals: RefusalQuery
  readonly nil: Pick<NilService, 'types' | 'isNilDay'>
  readonly typeOf: (code: string) => CompiledType
  readonly views: BatchViewService
  /** What the chosen way can ask of the platform. */
  readonly connection: Pick<ConnectionService, 'traits'>
  /** Today's business date. */
  readonly today: () => string
}): ForecastService {
  const { records } = deps

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
      const refusedBefore = new Set(deps.refusals.refusedBefore(type))
      const outlook = createRejectionOutlook({
        ...deps,
        isRefusedBefore: (recordId) => refusedBefore.has(recordId),
      })
      const likelyRejected = sendable.flatMap((record) => {
        const reason = outlook.reasonOf(record)
        return reason === null ? [] : [{ recordId: record.recordId, docNo: record.docNo, reason }]
      })
      const notSent = [
        ...notThisWay.map((record) => notSentView(record, 'not-this-way')),
        ...records.unsealable(filter).map((record) => notSentView(record)),
      ]
      return {
        sendable: sendable.length,
        byType: [...counts].map(([code, count]) => ({ type: code, count })),
        inTime: sendable.length - late,
        late,
        likelyRejected: likelyRejected.slice(0, LISTED),
        notSent: notSent.slice(0, LISTED),
        stays: staysByReason(notSent, today),
        openBatches: deps.views.open(),
        nilTypes: deps.nil.types().filter((code) => !counts.has(code)),
        isNilDay: deps.nil.isNilDay(),
      }
    },
  }
}

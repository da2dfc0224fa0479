import type { NotSent, SubmissionForecast } from '@shared/contract/views/exchange-views'
import { staysByReason } from '@shared/domain/stays-count'
import type { CompiledType } from '@shared/standard/standard'
import type { RefusalQuery } from '@engine/repos/refusal-query'
import type { RecordRepo } from '@engine/repos/repo-types'
import type { BatchViewService } from './batch-view-service'
import type { ConnectionService } from './connection-port'
import { createRejectionOutlook } from './rejection-outlook'
import type { NilService } from './submission-nil'
import { notSentView } from './submission-not-sent'

/** What a submission would do now with every record, those of a type, or some. */
export interface ForecastService {
  forecast(type: string | null, recordIds?: readonly string[] | null): SubmissionForecast
}

/** Listed at most, of each reason, unless records were named; the counts are true. */
const LISTED = 500

/** The first of each reason, so many at most. */
const firstOfEach = (rows: readonly NotSent[], most: number): readonly NotSent[] =>
  [...Map.groupBy(rows, ({ reason }) => reason).values()].flatMap((group) => group.slice(0, most))

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
    forecast(type, recordIds = null) {
      const filter = { type, recordIds }
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
        likelyRejectedCount: likelyRejected.length,
        notSent: firstOfEach(notSent, recordIds?.length ?? LISTED),
        stays: staysByReason(notSent, today),
        openBatches: deps.views.open(),
        nilTypes: deps.nil.types().filter((code) => !counts.has(code)),
        isNilDay: deps.nil.isNilDay(),
      }
    },
  }
}

import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type {
  Appraisal,
  ConcealmentRisk,
  MonthReport,
  ReportTrends,
} from '@shared/contract/views/report-views'
import { shiftMonth } from '@shared/calendar/month'
import type { Failure } from '@shared/kernel/failure'
import type { Result } from '@shared/kernel/result'
import { callBridge } from '@renderer/bridge'
import { useEvent } from '@renderer/composables/use-event'

/** First month of the quarter of a month. */
const quarterOf = (month: string): string =>
  `${month.slice(0, 4)}-${String(Math.floor((Number(month.slice(5)) - 1) / 3) * 3 + 1).padStart(2, '0')}`

/** An import changes records for minutes; the counts follow at most this often. */
const REFETCH_MS = 5_000

/** The report of one month with what is behind it. */
export const useReportsStore = defineStore('reports', () => {
  const month = shallowRef('')
  const report = shallowRef<MonthReport | null>(null)
  const trends = shallowRef<ReportTrends | null>(null)
  const risk = shallowRef<ConcealmentRisk | null>(null)
  const appraisal = shallowRef<Appraisal | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isLoading = shallowRef(false)
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    if (month.value === '') return
    const mine = ++turn
    isLoading.value = true
    // Each part is shown as soon as it has come: the table need not wait for twelve months of rates.
    const shown = async <View>(
      call: Promise<Result<View>>,
      target: ShallowRef<View | null>,
    ): Promise<Failure | null> => {
      const answer = await call
      if (!answer.ok) return answer.failure
      if (mine === turn) target.value = answer.value
      return null
    }
    const failures = await Promise.all([
      shown(callBridge('reports.month', { month: month.value }), report),
      shown(callBridge('reports.appraisal', { quarter: quarterOf(month.value) }), appraisal),
      shown(callBridge('reports.risk', { month: month.value }), risk),
      shown(callBridge('reports.trends', { until: month.value }), trends),
    ])
    if (mine !== turn) return
    isLoading.value = false
    failure.value = failures.find((refused) => refused !== null) ?? null
  }

  /** Shows another month. */
  function pick(wanted: string): Promise<void> {
    month.value = wanted
    return load()
  }

  const step = (count: number): Promise<void> => pick(shiftMonth(month.value, count))

  function refetch(): void {
    if (report.value === null) return
    timer ??= setTimeout(() => {
      timer = undefined
      void load()
    }, REFETCH_MS)
  }
  useEvent('records.changed', refetch)
  useEvent('batches.changed', refetch)
  useEvent('engine.restarted', refetch)

  return { month, report, trends, risk, appraisal, failure, isLoading, load, pick, step }
})

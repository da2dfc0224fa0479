import { FailureError } from '@shared/kernel/failure'
import { soundLicence } from './records-bench'
import type { RecordsBench } from './records-bench'

/** Code of the failure that work refuses with. */
export const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code
    throw error
  }
  return 'no failure'
}

/** A sound licence under a number. */
export const licence = (number: number, changes: Readonly<Record<string, string>> = {}) => ({
  ...soundLicence,
  XK_WSH: `萍市监许〔2026〕${number}号`,
  ...changes,
})

/** Walks the head of a record to a verdict, as a submission would. */
export function settle(bench: RecordsBench, recordId: string, verdict: 'accepted' | 'rejected'): void {
  bench.store.write(() => {
    const { headRevision } = bench.records.find(recordId)!
    bench.records.update(recordId, { editorial: 'sealed' })
    for (const state of ['sealed', 'sending', 'processing', verdict] as const) {
      bench.records.moveDelivery(recordId, headRevision, state)
    }
    if (verdict === 'accepted') {
      bench.records.update(recordId, {
        platformRef: `P-${recordId}`,
        acceptedRevision: headRevision,
        firstReceivedAt: bench.clock.now(),
      })
    }
  })
}

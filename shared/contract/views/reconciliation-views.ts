import type { Failure } from '@shared/kernel/failure'
import type { RecordRow } from './record-views'

/** One thing about which the desk and the platform do not agree. */
export interface FindingView {
  readonly findingNo: number
  /** `lost`: accepted here, unknown there; `differs`: other verdict or content; `surplus`: only the platform has it. */
  readonly kind: 'lost' | 'differs' | 'surplus'
  readonly batch: { readonly batchId: string; readonly label: string }
  readonly itemNo: number | null
  readonly revision: number | null
  /** Null when the desk has no such record. */
  readonly row: RecordRow | null
  /** Outcome, reference and hash on each side, as far as there are any. */
  readonly ours: Readonly<Record<string, string | number | null>>
  readonly theirs: Readonly<Record<string, string | number | null>>
  readonly mayResend: boolean
  readonly resolvedAt: string | null
  readonly resolution: string | null
}

/** One comparison of what the desk and the platform hold. */
export interface ReconciliationView {
  readonly runId: string
  readonly startedAt: string
  /** Null when it was cut short; `failure` says why. */
  readonly finishedAt: string | null
  readonly batches: number
  readonly items: number
  readonly lost: number
  readonly differing: number
  readonly surplus: number
  /** Findings that wait for a person. */
  readonly open: number
  readonly failure: Failure | null
  readonly findings: readonly FindingView[]
}

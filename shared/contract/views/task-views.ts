import type { Failure } from '@shared/kernel/failure'
import type { ImportSummary } from './import-views'
import type { PullResult, SubmissionResult } from './exchange-views'
import type { RestoreView } from './restore-views'
import type { StandardPreview } from './standard-views'

export type TaskKind = 'import' | 'submission' | 'pull' | 'standard' | 'reconciliation' | 'restore'

/** A long task as every screen sees it. */
export interface TaskView {
  readonly taskId: string
  readonly kind: TaskKind
  readonly title: string
  readonly state: 'running' | 'done' | 'failed' | 'cancelled'
  /** Step now under way, a key of the texts: reading, checking, storing, sealing, opening, sending, processing, fetching, verifying, applying, previewing, rechecking, reconciling, copying, opening-backup, proving-backup. */
  readonly step: string
  readonly done: number
  /** Null while the size of the work is not known. */
  readonly total: number | null
  readonly startedAt: string
  readonly endedAt: string | null
  readonly cancellable: boolean
  readonly failure: Failure | null
  readonly importSummary: ImportSummary | null
  readonly submission: SubmissionResult | null
  readonly pull: PullResult | null
  readonly standardPreview: StandardPreview | null
  /** What a proved backup holds. */
  readonly restore: RestoreView | null
}

import { writeFileSync } from 'node:fs'
import type { EngineCallName, Handlers } from '@shared/contract/calls'
import { refuse } from '@shared/kernel/failure'
import type { Files } from '@engine/ports'
import type { BatchViewService } from '@engine/services/batch-view-service'

type Names = Extract<EngineCallName, `batches.${string}`>

/** Calls about sealed batches and their receipts. */
export function batchesHandlers(deps: {
  readonly batchViews: BatchViewService
  readonly files: Files
}): Handlers<Names> {
  const { batchViews } = deps
  return {
    'batches.page': ({ after, limit }) => batchViews.page(after, limit),
    'batches.get': ({ batchId }) => batchViews.detail(batchId),
    'batches.items': ({ batchId, outcome, after, limit }) => batchViews.items(batchId, outcome, after, limit),
    'batches.saveReceipt': ({ batchId, target }) => {
      const raw = batchViews.receipt(batchId)
      const { path, name } = deps.files.target(target)
      try {
        writeFileSync(path, raw)
      } catch (error) {
        if (!(error instanceof Error && 'syscall' in error)) throw error
        refuse('output.not-writable', { file: name })
      }
      return { bytes: raw.byteLength }
    },
  }
}

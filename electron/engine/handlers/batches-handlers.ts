import { writeFile } from 'node:fs/promises'
import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { Files } from '@engine/ports'
import type { BatchViewService } from '@engine/services/batch-view-service'
import type { DecisionService } from '@engine/services/submission-decision'
import type { ReleaseService } from '@engine/services/submission-release'
import { writeWhole } from '@engine/sheets/output-file'
import { writeTarget } from './target-writing'

type Names = Extract<EngineCallName, `batches.${string}`>

/** Calls about sealed batches and their receipts. */
export function batchesHandlers(deps: {
  readonly batchViews: BatchViewService
  readonly release: ReleaseService
  readonly decisions: DecisionService
  readonly files: Files
}): Handlers<Names> {
  const { batchViews } = deps
  return {
    'batches.page': ({ after, limit }) => batchViews.page(after, limit),
    'batches.get': ({ batchId }) => batchViews.detail(batchId),
    'batches.items': ({ batchId, outcome, after, limit }) => batchViews.items(batchId, outcome, after, limit),
    'batches.release': ({ batchId }) => deps.release.release(batchId),
    'batches.undecided': ({ batchId }) => deps.decisions.undecided(batchId),
    'batches.decide': (request) => deps.decisions.decide(request),
    'batches.saveReceipt': async ({ batchId, target }) => {
      const raw = batchViews.receipt(batchId)
      await writeTarget(deps.files, target, (path) => writeWhole(path, (partial) => writeFile(partial, raw)))
      return { bytes: raw.byteLength }
    },
  }
}

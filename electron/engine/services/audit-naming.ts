import type { BatchRepo } from '@engine/repos/batch-repo'
import type { RecordLookup } from '@engine/repos/record-lookup'

/** What an entry of the audit trail was written with. */
export type AuditParams = Readonly<Record<string, string | number>>

/** Adds names to what an entry holds: the trail holds ids, people read names. */
export const createAuditNaming =
  (deps: {
    readonly batches: Pick<BatchRepo, 'find'>
    readonly lookup: Pick<RecordLookup, 'importedFileName'>
  }) =>
  (params: AuditParams): AuditParams => {
    const { batchId, importId, label } = params
    const batch = typeof batchId === 'string' && label === undefined ? deps.batches.find(batchId) : null
    const file = typeof importId === 'string' ? deps.lookup.importedFileName(importId) : null
    return { ...params, ...(batch && { label: batch.label }), ...(file !== null && { file }) }
  }

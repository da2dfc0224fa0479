import type { AuditPage, AuditRow, AuditScope } from '@shared/contract/views/upkeep-views'
import { actorText, actTexts } from '@shared/texts/zh-CN/acts'
import type { ChainedAuditRepo, NumberedAuditEntry } from '@engine/repos/audit-repo'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { RecordRepo } from '@engine/repos/repo-types'
import { createAuditNaming } from './audit-naming'

/** The audit trail for reading. */
export interface AuditTrailService {
  /** Entries older than `before` (null: from the newest), newest first. */
  page(scope: AuditScope, before: number | null, limit: number): AuditPage
}

/** The beginnings of the names of acts that belong to a scope; null for all acts there are. */
const beginnings: Readonly<Record<AuditScope, readonly string[] | null>> = {
  all: null,
  desk: ['desk.', 'backup.', 'diagnostics.', 'settings.', 'connection.', 'standard.'],
  records: ['record.', 'import.', 'gap.', 'conflict.', 'dispute.'],
  exchange: ['batch.', 'package.', 'answer.', 'receipt.', 'notice.', 'reconciliation.', 'feed.'],
  personal: ['record.revealed'],
}

const actsOf = (scope: AuditScope): readonly string[] | null => {
  const names = beginnings[scope]
  return names && Object.keys(actTexts).filter((act) => names.some((name) => act.startsWith(name)))
}

export function createAuditTrailService(deps: {
  readonly audit: Pick<ChainedAuditRepo, 'page'>
  readonly records: Pick<RecordRepo, 'find'>
  readonly batches: Pick<BatchRepo, 'find'>
  readonly lookup: Pick<RecordLookup, 'importedFileName'>
}): AuditTrailService {
  const named = createAuditNaming(deps)

  const aboutOf = (ref: string | null): AuditRow['about'] => {
    if (ref === null) return null
    const record = deps.records.find(ref)
    if (record !== null) return { kind: 'record', id: ref, name: record.docNo }
    const batch = deps.batches.find(ref)
    return batch && { kind: 'batch', id: ref, name: batch.label }
  }

  const rowOf = ({ seq, at, actor, act, ref, body }: NumberedAuditEntry): AuditRow => ({
    ...{ seq, at, act },
    actor: actorText(actor),
    params: named(body),
    about: aboutOf(ref),
  })

  return {
    page(scope, before, limit) {
      const entries = deps.audit.page(actsOf(scope), before, limit)
      return {
        rows: entries.map(rowOf),
        next: entries.length < limit ? null : entries.at(-1)!.seq,
      }
    },
  }
}

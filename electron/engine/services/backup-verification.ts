/**
 * Whether a store still is what was written: its pages, its references, its audit trail, its batches, its receipts, its
 * documents.
 */
import type { StoreProblem, StoreProblemCode } from '@shared/contract/views/upkeep-views'
import { manifestSha256 } from '@engine/crypto/manifest-digest'
import { sha256Hex } from '@engine/crypto/digest'
import type { AttachmentRepo } from '@engine/repos/attachment-repo'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { ChainedAuditRepo } from '@engine/repos/audit-repo'
import type { ReceiptEntity, ReceiptRepo } from '@engine/repos/receipt-repo'
import type { BatchEntity } from '@engine/repos/repo-types'
import type { ReceiptCheck } from './submission-receipt-check'

/** Looks through a store. */
export interface StoreVerification {
  /** What does not hold, the gravest first; empty for a sound store. Reads everything: seconds for a large store. */
  problems(): readonly StoreProblem[]
}

export interface VerificationDeps {
  readonly audit: Pick<ChainedAuditRepo, 'firstBroken'>
  readonly batches: BatchRepo
  readonly receipts: ReceiptRepo
  readonly receiptCheck: ReceiptCheck
  readonly attachments: Pick<AttachmentRepo, 'contents'>
  /** What the database itself finds wrong with its pages and indexes. */
  readonly pageProblems: () => readonly string[]
  /** Rows that point to rows which are not there. */
  readonly brokenReferences: () => number
}

const BATCHES_AT_ONCE = 200

/** The verification of one open store. */
export function createStoreVerification(deps: VerificationDeps): StoreVerification {
  const { batches, receipts } = deps

  function* everyBatch(): Generator<BatchEntity> {
    let after: BatchEntity | null = null
    for (;;) {
      const page: readonly BatchEntity[] = batches.page(after, BATCHES_AT_ONCE)
      yield* page
      if (page.length < BATCHES_AT_ONCE) return
      after = page.at(-1)!
    }
  }

  const problemOf = (receipt: ReceiptEntity): StoreProblemCode | null => {
    if (sha256Hex(receipt.raw) !== receipt.sha256) return 'receipt'
    if (!receipt.verified) return null
    const judged = deps.receiptCheck.judge(receipt.batchId, receipt.receiptId)
    if (judged.ok) return null
    // The key of the platform may have been changed since: that is for a person to know.
    return judged.problem === 'signature' ? 'receipt-signature' : 'receipt'
  }

  function* ofBatch({ batchId, label, manifest }: BatchEntity): Generator<StoreProblem> {
    if (manifestSha256(manifest) !== manifest.manifestSha256) yield { code: 'manifest', params: { label } }
    for (const { no, sha256 } of manifest.parts) {
      const part = batches.part(batchId, no)
      if (part === null || sha256Hex(part.bytes) !== sha256) yield { code: 'part', params: { label, no } }
    }
    for (const receipt of receipts.ofBatch(batchId)) {
      const code = problemOf(receipt)
      if (code !== null) yield { code, params: { label } }
    }
  }

  function* all(): Generator<StoreProblem> {
    const pages = deps.pageProblems()
    if (pages.length > 0) {
      yield { code: 'pages', params: { count: pages.length } }
      return
    }
    const orphans = deps.brokenReferences()
    if (orphans > 0) yield { code: 'references', params: { count: orphans } }
    const broken = deps.audit.firstBroken()
    if (broken !== null) yield { code: 'audit', params: { seq: broken } }
    for (const batch of everyBatch()) yield* ofBatch(batch)
    for (const { sha256, bytes } of deps.attachments.contents())
      if (sha256Hex(bytes) !== sha256) yield { code: 'attachment', params: { sha256 } }
  }

  return { problems: () => [...all()] }
}

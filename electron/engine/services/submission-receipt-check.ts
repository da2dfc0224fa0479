/**
 * What a receipt must stand up to before anything in it is believed (protocol section 4): the platform's signature,
 * our batch, our manifest, the fetched outcomes, their counts, and outcomes that make sense for what we sent.
 */
import * as v from 'valibot'
import type { ItemResult, OutcomeCounts, Receipt } from '@shared/domain/exchange'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import type { Clock } from '@shared/kernel/clock'
import { itemsSha256 } from '@engine/crypto/items-digest'
import { verifyReceipt } from '@engine/crypto/receipt-signature'
import type { SmProvider } from '@engine/crypto/sm-provider'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { FetchedItem } from '@engine/repos/batch-rows'
import type { ReceiptRepo } from '@engine/repos/receipt-repo'
import type { AuditRepo, Store } from '@engine/repos/repo-types'
import { parseForDigest, parseJsonText } from '@engine/transports/http/json-text'
import { receiptSchema, statementSchema } from '@engine/transports/http/reply-schemas'
import { itemResultOf } from './submission-item-result'

/** What was wrong with a receipt; stored beside it. */
export type ReceiptProblem =
  'malformed' | 'signature' | 'other-batch' | 'other-bureau' | 'manifest' | 'items' | 'counts' | 'outcomes'

export type ReceiptJudgement =
  | { readonly ok: true; readonly receiptId: number; readonly receipt: Receipt }
  | { readonly ok: false; readonly receiptId: number; readonly problem: ReceiptProblem }

export interface ReceiptCheck {
  /** Judges a kept receipt of a batch against what was sent and fetched. Changes nothing. */
  judge(batchId: string, receiptId: number): ReceiptJudgement
  /** Keeps a refused receipt with its problem, forgets the outcomes it was to cover, and raises the alarm. */
  quarantine(batchId: string, receiptId: number, problem: ReceiptProblem): void
}

export interface ReceiptCheckDeps {
  readonly store: Store
  readonly batches: BatchRepo
  readonly receipts: ReceiptRepo
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly actor: () => string
  readonly sm: SmProvider
  /** Null while no connection is set. */
  readonly platformPublicKey: () => string | null
  /** How the platform writes signatures. */
  readonly spelling: () => SignatureSpelling
}

const PAGE = 1_000

export function createReceiptCheck(deps: ReceiptCheckDeps): ReceiptCheck {
  const { batches, receipts } = deps

  function* fetched(batchId: string): Generator<FetchedItem> {
    for (let after = 0; ;) {
      const page = batches.items(batchId, after, PAGE)
      yield* page
      if (page.length < PAGE) return
      after = page.at(-1)!.itemNo
    }
  }

  const problemOf = (batchId: string, receipt: Receipt): ReceiptProblem | null => {
    const batch = batches.find(batchId)
    if (batch === null || receipt.batchId !== batchId) return 'other-batch'
    if (receipt.bureau !== batch.manifest.bureau) return 'other-bureau'
    if (receipt.manifestSha256 !== batch.manifest.manifestSha256) return 'manifest'
    if (receipt.itemsSha256 !== itemsSha256(batches.results(batchId))) return 'items'
    const tally = { accepted: 0, warned: 0, rejected: 0, duplicate: 0, pending: 0 }
    for (const item of fetched(batchId)) {
      const result = item.resultJson === null ? null : itemResultOf(item.resultJson)
      if (result === null || !makesSense(item, result)) return 'outcomes'
      tally[result.outcome]++
    }
    return isSameTally(tally, receipt.counts) ? null : 'counts'
  }

  /** The desk's own record of an unsigned answer: everything holds for it but the signature that nobody gave. */
  const judgeStatement = (batchId: string, receiptId: number, json: unknown): ReceiptJudgement => {
    const parsed = v.safeParse(statementSchema, json)
    if (!parsed.success) return { ok: false, receiptId, problem: 'malformed' }
    const receipt = parsed.output.statement
    const problem = problemOf(batchId, receipt)
    return problem === null ? { ok: true, receiptId, receipt } : { ok: false, receiptId, problem }
  }

  return {
    judge(batchId, receiptId) {
      const kept = receipts.find(receiptId)
      if (kept === null) throw new Error(`no receipt ${receiptId}`)
      const refused = (problem: ReceiptProblem): ReceiptJudgement => ({ ok: false, receiptId, problem })
      const json = readJson(kept.raw)
      if (kept.kind === 'statement') return judgeStatement(batchId, receiptId, json)
      const parsed = v.safeParse(receiptSchema, json)
      if (!parsed.success) return refused('malformed')
      // The signature covers every member that came, also those this version does not know.
      const signed = readJson(kept.raw, parseForDigest) as { readonly receipt: Receipt }
      const whole = { ...parsed.output, receipt: signed.receipt }
      const key = deps.platformPublicKey()
      if (key === null || !verifyReceipt(deps.sm, whole, key, deps.spelling())) return refused('signature')
      const problem = problemOf(batchId, parsed.output.receipt)
      return problem === null ? { ok: true, receiptId, receipt: parsed.output.receipt } : refused(problem)
    },

    quarantine(batchId, receiptId, problem) {
      deps.store.write(() => {
        receipts.judge(receiptId, false, problem)
        batches.dropResults(batchId)
        const label = batches.find(batchId)?.label ?? ''
        const entry = { at: deps.clock.now(), actor: deps.actor(), act: 'receipt.quarantined', ref: batchId }
        deps.audit.append({ ...entry, body: { label, problem } })
      })
    },
  }
}

function readJson(raw: Uint8Array, parse = parseJsonText): unknown {
  try {
    return parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw))
  } catch {
    return null
  }
}

/** An outcome must be final, be for the revision we sent under that number, and not contradict itself. */
function makesSense(item: FetchedItem, result: ItemResult): boolean {
  if (result.recordId !== item.recordId || result.revision !== item.revision) return false
  const hasError = result.errors.some((error) => error.severity === 'error')
  switch (result.outcome) {
    case 'accepted':
    case 'warned':
      return result.platformRef !== null && !hasError
    case 'duplicate':
      return result.duplicateOf !== null
    case 'rejected':
      return true
    case 'pending':
      return false
  }
}

const isSameTally = (tally: OutcomeCounts, told: OutcomeCounts): boolean =>
  tally.accepted === told.accepted &&
  tally.warned === told.warned &&
  tally.rejected === told.rejected &&
  tally.duplicate === told.duplicate &&
  tally.pending === told.pending

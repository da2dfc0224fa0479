import { setImmediate as yieldToRequests, setTimeout as pause } from 'node:timers/promises'
import type { ItemResult, Receipt } from '@shared/domain/exchange'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import { itemLine, itemsSha256 } from '@engine/crypto/items-digest'
import { signReceipt } from '@engine/crypto/receipt-signature'
import type { SigningKey } from '@engine/crypto/signing-key'
import type { BatchRepo, PlatformBatch } from '@practice/store/batch-repo'
import type { ItemRepo } from '@practice/store/item-repo'
import type { MetaRepo } from '@practice/store/meta-repo'
import type { PracticeDatabase } from '@practice/store/practice-database'
import type { RegisterRepo } from '@practice/store/register-repo'
import type { FollowUps } from './follow-ups'
import type { Judge } from './judge'
import type { LedgerFile } from './ledger-file'
import { receiptNumber } from './series-numbers'

/** Items that are decided in one transaction; between two of them requests are served. */
const CHUNK = 1_000

export interface SettlerDeps {
  readonly db: PracticeDatabase
  readonly batches: BatchRepo
  readonly items: ItemRepo
  readonly register: RegisterRepo
  readonly meta: MetaRepo
  readonly followUps: FollowUps
  readonly judge: Judge
  readonly ledger: LedgerFile
  readonly clock: Clock
  /** Signs receipts, as `spelling` says. */
  readonly key: SigningKey
  readonly spelling: SignatureSpelling
  /** Pause before a batch is settled, in milliseconds; asked anew for every batch. */
  readonly settleDelayMs: () => number
  readonly onDefect: (error: unknown) => void
}

/** The back office: settles closed batches one after the other, in the order of closing. */
export interface Settler {
  /** Begins to work off the queue if it does not do so already. */
  wake(): void
  /** Resolves when the work under way is done; at once when there is none. */
  settled(): Promise<void>
  /** Lets the transaction under way finish and stops; the queue stays. */
  stop(): Promise<void>
}

/**
 * Three commits in this order: outcomes with their effects (database), the effects in the ledger (flushed), the batch
 * as done with its receipt (database). A crash between any two is made good at the next start: pending items are
 * decided then, effects that the ledger lacks are appended by number, and a decided batch gets its receipt.
 */
export function createSettler(deps: SettlerDeps): Settler {
  const { db, batches, items, register, ledger, clock } = deps
  const stopping = new AbortController()
  let isAwake = false
  let isRunning = false
  let ended: Promise<void> = Promise.resolve()

  const catchUpLedger = (): void => {
    for (;;) {
      const effects = register.effectsAfter(ledger.lastSeq, CHUNK)
      if (effects.length === 0) return
      ledger.append(effects)
    }
  }

  /** Decides the next items above a number; the number of the last one, or null when none was left. */
  const settleChunk = ({ batchId, bureau, receivedAt }: PlatformBatch, after: number): number | null =>
    db
      .transaction(() => {
        const chunk = items.pending(batchId, after, CHUNK)
        const at = clock.now()
        const today = businessDate(receivedAt)
        for (const item of chunk) {
          const judgement = deps.judge({ bureau, batchId, item, today })
          const { decision, effect } = judgement
          items.decide(batchId, item.itemNo, decision)
          if (!judgement.isRepeat) register.insertVerdict(bureau, item, decision)
          if (effect === null || decision.platformRef === null) continue
          register.saveHolding(effect)
          const { itemNo, recordId, revision, op, recordType, sha256 } = item
          const { outcome, platformRef } = decision
          register.insertEffect({
            at,
            bureau,
            batchId,
            itemNo,
            recordId,
            revision,
            op,
            recordType,
            sha256,
            outcome,
            platformRef,
          })
          deps.followUps.afterEffect(effect, item, { at, batchId })
        }
        return chunk.at(-1)?.itemNo ?? null
      })
      .immediate()

  const finish = (batch: PlatformBatch): void =>
    db
      .transaction(() => {
        const settledAt = clock.now()
        const receipt: Receipt = {
          receiptNo: receiptNumber(settledAt, deps.meta.nextNumber('receipt')),
          batchId: batch.batchId,
          bureau: batch.bureau,
          manifestSha256: batch.manifestSha256,
          receivedAt: batch.receivedAt,
          settledAt,
          counts: items.counts(batch.batchId),
          itemsSha256: itemsSha256(linesOf(items.all(batch.batchId))),
        }
        batches.finish(batch.batchId, JSON.stringify(signReceipt(deps.key, receipt, deps.spelling)))
      })
      .immediate()

  const settle = async (batch: PlatformBatch): Promise<void> => {
    for (let after: number | null = 0; after !== null && !stopping.signal.aborted;) {
      after = settleChunk(batch, after)
      catchUpLedger()
      await yieldToRequests()
    }
    if (!stopping.signal.aborted) finish(batch)
  }

  const workOff = async (): Promise<void> => {
    while (isAwake && !stopping.signal.aborted) {
      isAwake = false
      for (const batchId of batches.queue()) {
        await pause(deps.settleDelayMs(), undefined, { signal: stopping.signal })
        await settle(batches.find(batchId)!)
      }
    }
  }

  const run = async (): Promise<void> => {
    isRunning = true
    try {
      await workOff()
    } catch (error) {
      if (!stopping.signal.aborted) deps.onDefect(error)
    } finally {
      isRunning = false
    }
  }

  catchUpLedger()
  return {
    wake() {
      isAwake = true
      if (!isRunning) ended = run()
    },
    settled: () => ended,
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

function* linesOf(results: Iterable<ItemResult>): Generator<string> {
  for (const result of results) yield itemLine(result)
}

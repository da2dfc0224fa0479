/**
 * The walk of one batch through the platform, one named step after the other. Each step reads what is stored, makes
 * its calls, stores what came of it and names the next step, so a walk that was cut off anywhere is taken up again
 * from the store alone:
 *
 *   begin  -> open -> send -> close -> poll -> items -> receipt -> apply -> settled
 *   locate -> open | send | close | poll | items        (whenever bytes may have left before: the platform is asked)
 *   begin | locate -> inquire -> open                   (on a desk whose store was set back)
 */
import type { Manifest } from '@shared/domain/exchange'
import { failure } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import type { Clock } from '@shared/kernel/clock'
import { sha256Hex } from '@engine/crypto/digest'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { ReceiptRepo } from '@engine/repos/receipt-repo'
import type { SettingRepo, Store } from '@engine/repos/repo-types'
import type { Pause } from '@engine/transports/back-off'
import type { PlatformStatus, Transport } from '@engine/transports/transport-port'
import { setBackOf } from './set-back-service'
import type { Absence } from './submission-absence'
import { haltOf, haltOfItems, isUnknownToPlatform, refused, retry } from './submission-halt'
import type { Halt } from './submission-halt'
import type { Inquiry } from './submission-inquiry'
import type { SubmissionJournal } from './submission-journal'
import type { ReceiptCheck } from './submission-receipt-check'
import type { Verdicts } from './submission-verdicts'
import type { TaskHandle } from './tasks-service'

export type Step =
  'begin' | 'locate' | 'inquire' | 'open' | 'send' | 'close' | 'poll' | 'items' | 'receipt' | 'apply'

export type StepEnd = Step | 'settled' | Halt

/** One run over one batch. */
export interface Walk {
  readonly batchId: string
  readonly transport: Transport
  readonly task: TaskHandle
  /** How long this run still waits for settlement, in milliseconds; counted down while it waits. */
  settleWithinMs: number
  readonly pollMs: number
  /** Parts that the platform lacks, as it last said. */
  missing: readonly number[]
  /** Whether the platform took anything new in this walk. */
  hasProgressed: boolean
  /** Whether parts were sent again because the platform missed them at the close. */
  hasResentParts: boolean
  /** Whether this walk found that the platform does not have the batch, and began anew. */
  wasAbsent: boolean
  /** The receipt fetched in this walk. */
  receiptId: number | null
}

export interface StepDeps {
  readonly store: Store
  readonly settings: Pick<SettingRepo, 'get'>
  readonly batches: BatchRepo
  readonly receipts: ReceiptRepo
  readonly journal: SubmissionJournal
  readonly receiptCheck: ReceiptCheck
  readonly verdicts: Verdicts
  readonly absence: Absence
  readonly inquiry: Inquiry
  readonly clock: Clock
  readonly pause: Pause
}

/** Parts on their way at the same time. */
const PARTS_IN_FLIGHT = 4
const ITEMS_PAGE = 500
const SLOWEST_POLL_MS = 5_000

export type Steps = Readonly<Record<Step, (walk: Walk) => Promise<StepEnd>>>

export function createSubmissionSteps(deps: StepDeps): Steps {
  const { journal, batches } = deps

  /** First contact: nothing has left yet, so there is nothing to ask, unless an older store was put back. */
  const begin = (walk: Walk): Promise<StepEnd> => {
    const { batchId } = walk
    journal.beginSending(batchId, walk.transport.traits.kind)
    const setBack = setBackOf(deps.settings)
    if (setBack === null) return Promise.resolve('open')
    // A batch that is older than that may have left in the time that was lost.
    return Promise.resolve(journal.batch(batchId).sealedAt <= setBack.at ? 'locate' : 'inquire')
  }

  /** What was sent in the time that was lost, in whatever batch, is not sent again. */
  const inquire = async (walk: Walk): Promise<StepEnd> => {
    const end = await deps.inquiry.ask(walk)
    return end === 'clear' ? 'open' : end
  }

  /** Bytes may have left before: the platform says what it has, and only what it lacks is sent. */
  const locate = async (walk: Walk): Promise<StepEnd> => {
    const { batchId, transport, task } = walk
    const reply = await transport.state(batchId, task.signal)
    if (reply.kind !== 'ok') return haltOf(reply)
    if (reply.value !== null) return found(walk, reply.value)
    // Opened just now and known to it then: it contradicts itself, and asking on would have no end.
    if (walk.wasAbsent) return { kind: 'later', failure: contradiction('state'), isDoubt: true }
    const absence = await deps.absence.confirm(walk)
    if (absence !== 'absent') return absence
    walk.wasAbsent = true
    journal.beginSending(batchId, transport.traits.kind)
    return setBackOf(deps.settings) === null ? 'open' : 'inquire'
  }

  const found = (walk: Walk, status: PlatformStatus): StepEnd => {
    deps.absence.forget(walk.batchId)
    journal.opened(walk.batchId, status.receivedAt)
    walk.missing = status.missingParts
    switch (status.state) {
      case 'open':
        return status.missingParts.length > 0 ? 'send' : 'close'
      case 'processing':
        journal.closed(walk.batchId)
        // It is at work: what was lost on the way here says nothing about the next attempt.
        walk.hasProgressed = true
        return 'poll'
      case 'done':
        journal.closed(walk.batchId)
        return 'items'
      case 'failed':
        return { kind: 'stop', failure: failure('platform.refused', { detail: 'failed' }) }
    }
  }

  const open = async (walk: Walk): Promise<StepEnd> => {
    const { batchId, task } = walk
    task.progress('opening', 0, 1)
    const { manifest } = journal.batch(batchId)
    const reply = await walk.transport.open(manifest, task.signal)
    if (reply.kind !== 'ok') return haltOf(reply)
    walk.hasProgressed = true
    journal.opened(batchId, reply.value.receivedAt)
    walk.missing = reply.value.missingParts
    if (reply.value.state !== 'open') return 'locate'
    return walk.missing.length > 0 ? 'send' : 'close'
  }

  /** Sends one part and says what stands in the way, if anything. */
  const sendPart = async (walk: Walk, { parts }: Manifest, no: number): Promise<Halt | null> => {
    const part = batches.part(walk.batchId, no)
    const promised = parts.find((one) => one.no === no)
    if (part === null || promised === undefined)
      return { kind: 'stop', failure: contradiction('missingParts') }
    if (sha256Hex(part.bytes) !== promised.sha256)
      return { kind: 'stop', failure: failure('storage.damaged') }
    const reply = await walk.transport.part(walk.batchId, no, part.bytes, walk.task.signal)
    if (reply.kind === 'ok') {
      walk.hasProgressed = true
      return null
    }
    if (isUnknownToPlatform(reply)) return retry(reply.failure, true)
    // Our bytes are those of the manifest, so they were altered on the way: worth another try, but not for ever.
    if (reply.kind === 'conflict' && reply.code === 'part_mismatch') return refused(reply.failure)
    return haltOfItems(reply, no)
  }

  const send = async (walk: Walk): Promise<StepEnd> => {
    const { manifest } = journal.batch(walk.batchId)
    const total = manifest.partCount
    const waiting = [...walk.missing]
    let sent = total - waiting.length
    let end: Halt | null = null
    const lane = async (): Promise<void> => {
      for (let no = waiting.shift(); no !== undefined && end === null; no = waiting.shift()) {
        walk.task.progress('sending', sent, total)
        const obstacle = await sendPart(walk, manifest, no)
        if (obstacle === null) sent++
        else end ??= obstacle
      }
    }
    await Promise.all(Array.from({ length: PARTS_IN_FLIGHT }, lane))
    walk.task.progress('sending', sent, total)
    return end ?? 'close'
  }

  const close = async (walk: Walk): Promise<StepEnd> => {
    const reply = await walk.transport.close(walk.batchId, walk.task.signal)
    if (reply.kind === 'conflict' && reply.code === 'parts_missing') {
      walk.missing = reply.missingParts
      if (walk.missing.length === 0) return haltOf(reply)
      const isFirst = !walk.hasResentParts
      walk.hasResentParts = true
      if (isFirst) return 'send'
      // Parts that it takes and misses again got nobody further.
      walk.hasProgressed = false
      return refused(reply.failure)
    }
    if (reply.kind !== 'ok')
      return isUnknownToPlatform(reply) ? retry(reply.failure, true) : haltOfItems(reply, null)
    walk.hasProgressed = true
    journal.closed(walk.batchId)
    return reply.value.state === 'done' ? 'items' : 'poll'
  }

  const poll = async (walk: Walk): Promise<StepEnd> => {
    const { batchId, task } = walk
    let waitMs = walk.pollMs
    let decidedBefore = 0
    for (;;) {
      const reply = await walk.transport.state(batchId, task.signal)
      if (reply.kind !== 'ok') return haltOf(reply)
      if (reply.value === null) return { kind: 'later', failure: contradiction('state'), isDoubt: true }
      const { state, counts } = reply.value
      const decided = counts.accepted + counts.warned + counts.rejected + counts.duplicate
      task.progress('processing', decided, journal.batch(batchId).itemCount)
      // An answer is progress: what failed before it no longer counts.
      walk.hasProgressed = true
      journal.progressed(batchId)
      if (state === 'done') return 'items'
      if (state !== 'processing') return found(walk, reply.value)
      if (walk.settleWithinMs <= 0) {
        const still = failure('platform.still-processing', {}, { kind: 'auto' })
        return { kind: 'later', failure: still, isDoubt: false }
      }
      await deps.pause(waitMs, task.signal)
      walk.settleWithinMs -= waitMs
      // A platform that is seen to work will soon be done; one that stands still is asked less and less often.
      const isMoving = decided > decidedBefore
      decidedBefore = decided
      waitMs = isMoving ? walk.pollMs : Math.max(walk.pollMs, Math.min(SLOWEST_POLL_MS, waitMs * 1.5))
    }
  }

  const items = async (walk: Walk): Promise<StepEnd> => {
    const { batchId, task } = walk
    const { itemCount } = journal.batch(batchId)
    for (;;) {
      const after = batches.itemsCursor(batchId)
      task.progress('fetching', Math.min(after, itemCount), itemCount)
      if (after >= itemCount) return 'receipt'
      const reply = await walk.transport.items(batchId, after, ITEMS_PAGE, task.signal)
      if (reply.kind !== 'ok') return haltOf(reply)
      const { rows, next } = reply.value
      const numbers = rows.map((row) => row.result.itemNo)
      const last = numbers.at(-1)
      const isInOrder = numbers.every((no, index) => no === after + 1 + index)
      if (last === undefined || !isInOrder || last > itemCount || (next !== null && next !== last)) {
        return { kind: 'stop', failure: contradiction('items') }
      }
      if (next === null && last < itemCount) return { kind: 'stop', failure: contradiction('items') }
      const results = rows.map((row) => ({ itemNo: row.result.itemNo, canonical: row.canonical }))
      deps.store.write(() => batches.storeResults(batchId, results, last))
      walk.hasProgressed = true
    }
  }

  /** The raw bytes are on disk before anything in them is believed. */
  const receipt = async (walk: Walk): Promise<StepEnd> => {
    const { batchId, task } = walk
    task.progress('verifying', 0, 1)
    const reply = await walk.transport.receipt(batchId, task.signal)
    if (reply.kind !== 'ok') return haltOf(reply)
    const raw = reply.value
    const digest = sha256Hex(raw)
    const kind = walk.transport.traits.hasReceipts ? 'signed' : 'statement'
    walk.receiptId = deps.store.write(() => deps.receipts.keep(batchId, raw, digest, deps.clock.now(), kind))
    return 'apply'
  }

  const apply = (walk: Walk): Promise<StepEnd> => {
    const { batchId, task, receiptId } = walk
    if (receiptId === null) return Promise.resolve('receipt')
    const judgement = deps.receiptCheck.judge(batchId, receiptId)
    if (!judgement.ok) {
      deps.receiptCheck.quarantine(batchId, receiptId, judgement.problem)
      const refused = failure('platform.receipt-invalid', { detail: judgement.problem })
      return Promise.resolve({ kind: 'later', failure: refused, isDoubt: true })
    }
    task.progress('applying', 0, 1)
    deps.verdicts.apply(batchId, receiptId, judgement.receipt)
    return Promise.resolve('settled')
  }

  return { begin, locate, inquire, open, send, close, poll, items, receipt, apply }
}

const contradiction = (detail: string): Failure => failure('transport.protocol', { detail })

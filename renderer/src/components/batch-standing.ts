import type { BatchView } from '@shared/contract/views/exchange-views'
import { openBatchStates } from '@shared/domain/batch-status'
import type { BatchState } from '@shared/domain/batch-status'
import { batchStateTexts } from '@shared/texts/zh-CN/states'
import { texts } from '@renderer/texts/zh-CN'
import type { Tone } from './tone'

const tones: Record<BatchState, Tone> = {
  sealed: 'plain',
  sending: 'info',
  processing: 'info',
  unknown: 'soon',
  settled: 'good',
  stopped: 'late',
  unsealed: 'plain',
}

/** Where a batch stands, in one tag and, where a clerk would wonder, one more sentence. */
export interface BatchStanding {
  readonly tone: Tone
  readonly text: string
  readonly hint: string | null
}

/** Sums a batch up; an unclear answer is always said together with the promise not to send twice. */
export function batchStanding(
  batch: Pick<BatchView, 'state' | 'items' | 'counts' | 'carrier' | 'lastFailure'>,
): BatchStanding {
  const tone = tones[batch.state]
  const words = texts.submission.table
  if (openBatchStates.includes(batch.state) && batch.carrier === 'package')
    return { tone: 'soon', text: texts.packages.standing, hint: null }
  if (openBatchStates.includes(batch.state) && batch.lastFailure === 'batch.person-needed')
    return { tone: 'late', text: texts.packages.personNeeded, hint: words.unknownHint }
  if (batch.state === 'unknown') return { tone, text: batchStateTexts.unknown, hint: words.unknownHint }
  if (batch.state === 'sealed') return { tone, text: words.sealedWaiting, hint: null }
  if (batch.state === 'processing') {
    const { accepted, warned, rejected, duplicate } = batch.counts
    const left = Math.max(0, batch.items - accepted - warned - rejected - duplicate)
    return { tone, text: words.processing(left), hint: null }
  }
  if (batch.state === 'settled' && batch.counts.unknown > 0) {
    return { tone: 'soon', text: words.unknownItems(batch.counts.unknown), hint: words.unknownHint }
  }
  return { tone, text: batchStateTexts[batch.state], hint: null }
}

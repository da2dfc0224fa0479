import type { BatchView } from '@shared/contract/views/exchange-views'
import { failure } from '@shared/kernel/failure'
import { cliTexts } from '@shared/texts/zh-CN/cli'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { fill } from '@shared/texts/fill'
import type { CommandResult } from './command'
import { EXIT, exitCodeOf } from './exit-code'
import type { ExitCode } from './exit-code'
import type { SubmissionRun } from '@engine/services/submission-service'

function exitOf(result: SubmissionRun): ExitCode {
  const unfinished = result.batches.filter((batch) => batch.state !== 'settled')
  const failures = unfinished.map((batch) => exitCodeOf(batch.lastFailure ?? 'platform.still-processing'))
  if (failures.includes(EXIT.refused)) return EXIT.refused
  if (unfinished.length > 0) return EXIT.unreachable
  const needsPerson = result.batches.some((batch) => batch.counts.rejected + batch.counts.duplicate > 0)
  return needsPerson || result.notSent.length > 0 ? EXIT.needsPerson : EXIT.done
}

const batchJson = (batch: BatchView): unknown => ({
  batchId: batch.batchId,
  items: batch.items,
  accepted: batch.counts.accepted,
  warned: batch.counts.warned,
  rejected: batch.counts.rejected,
  duplicate: batch.counts.duplicate,
  unknown: batch.counts.unknown,
  receiptNo: batch.receiptNo,
  receivedAt: batch.receivedAt,
})

const batchText = (batch: BatchView): string => {
  const line = fill(cliTexts.batch, {
    label: batch.label,
    items: batch.items,
    ...batch.counts,
    receipt: batch.receiptNo,
  })
  return batch.lastFailure === null || batch.state === 'settled'
    ? line
    : `${line}\n  ${failureSentence(failure(batch.lastFailure))}`
}

/** The public result of `submit` and `resume`; what kept the run from its end is said on stderr as well. */
export function submissionOutcome(result: SubmissionRun, note: (line: string) => void): CommandResult {
  if (result.failure !== null) note(failureSentence(result.failure))
  const lines = result.batches.map(batchText)
  if (result.batches.length === 0) lines.push(cliTexts.nothingSent)
  if (result.notSent.length > 0) {
    lines.push(fill(cliTexts.notSentCount, { count: result.notSent.length }))
    for (const item of result.notSent.slice(0, 20)) {
      lines.push(
        fill(cliTexts.notSentLine, { docNo: item.docNo, subject: item.subjectName, message: item.message }),
      )
    }
  }
  return {
    json: {
      batches: result.batches.map(batchJson),
      notSent: result.notSent.map(({ recordId, reason }) => ({ recordId, reason })),
    },
    text: lines.join('\n'),
    exit: exitOf(result),
  }
}

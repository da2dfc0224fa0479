import type { BatchView, SubmissionResult } from '@shared/contract/views/exchange-views'
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
  const waitsForWord = unfinished.filter(({ lastFailure }) => lastFailure === 'batch.person-needed')
  if (waitsForWord.length > 0 && waitsForWord.length === unfinished.length) return EXIT.needsPerson
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

/** Batches and what stayed, as every command that sends gives them. */
export const submissionJson = ({ batches, notSent }: SubmissionResult) => ({
  batches: batches.map(batchJson),
  notSent: notSent.map(({ recordId, reason }) => ({ recordId, reason })),
})

/** The same for people. */
export function submissionLines({ batches, notSent }: SubmissionResult): string[] {
  const lines = batches.map(batchText)
  if (batches.length === 0) lines.push(cliTexts.nothingSent)
  if (notSent.length === 0) return lines
  lines.push(fill(cliTexts.notSentCount, { count: notSent.length }))
  for (const item of notSent.slice(0, 20)) {
    const { docNo, subjectName: subject, message } = item
    lines.push(fill(cliTexts.notSentLine, { docNo, subject, message }))
  }
  return lines
}

/** The public result of `submit` and `resume`; what kept the run from its end is said on stderr as well. */
export function submissionOutcome(result: SubmissionRun, note: (line: string) => void): CommandResult {
  if (result.failure !== null) note(failureSentence(result.failure))
  return { json: submissionJson(result), text: submissionLines(result).join('\n'), exit: exitOf(result) }
}

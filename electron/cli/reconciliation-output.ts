import type { ReconciliationView } from '@shared/contract/views/reconciliation-views'
import { cliTexts, findingTexts } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import type { CommandResult } from './command'
import { EXIT } from './exit-code'

/** Findings that are listed for people. */
const LISTED = 20

/** The public result of a reconciliation. */
export function reconciliationOutcome(run: ReconciliationView): CommandResult {
  const { batches, items, lost, differing, surplus } = run
  const counts = { batches, items, lost, differing, surplus }
  const lines = run.findings.slice(0, LISTED).map(({ kind, batch, itemNo, row }) =>
    fill(cliTexts.finding, {
      kind: findingTexts[kind],
      label: batch.label,
      itemNo,
      docNo: row?.docNo ?? '',
      subject: row?.subjectName ?? '',
    }),
  )
  if (lines.length > 0) lines.push(cliTexts.findingNext)
  return {
    json: {
      ...counts,
      findings: run.findings.map(({ kind, batch, itemNo, row, revision, ours, theirs }) => ({
        ...{ kind, batchId: batch.batchId, itemNo, recordId: row?.recordId ?? null, revision, ours, theirs },
      })),
    },
    text: [fill(cliTexts.reconciled, counts), ...lines].join('\n'),
    exit: lost + differing + surplus > 0 ? EXIT.needsPerson : EXIT.done,
  }
}

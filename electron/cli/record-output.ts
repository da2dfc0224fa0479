import type { RecordDetail, RecordRow } from '@shared/contract/views/record-views'
import { clockTexts, deliveryTexts, qualityTexts } from '@shared/texts/zh-CN/states'
import { cliTexts } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'

/** The public JSON of one record in a listing, with its issues. Personal values are masked. */
export const listedJson = (record: RecordDetail) => ({
  recordId: record.recordId,
  revision: record.revision,
  type: record.type,
  docNo: record.docNo,
  subjectName: record.subjectName,
  legalDate: record.legalDate,
  dueOn: record.clock.dueOn,
  clock: record.clock.state,
  editorial: record.editorial,
  delivery: record.delivery,
  quality: record.quality,
  issues: record.issueList.map((issue) => ({
    code: issue.code,
    severity: issue.severity,
    source: issue.source,
    field: issue.field,
    value: issue.value,
    message: issue.message,
    serverText: issue.serverText,
  })),
})

/** The public JSON of a record that was changed: the same, and its values. */
export const recordJson = (record: RecordDetail): unknown => ({
  ...listedJson(record),
  platformRef: record.platformRef,
  values: record.values,
})

/** One record for people, on one line. */
export const rowText = (record: RecordRow): string =>
  fill(cliTexts.recordLine, {
    clock: clockTexts[record.clock.state],
    delivery: deliveryTexts[record.delivery],
    quality: qualityTexts[record.quality],
    docNo: record.docNo,
    subject: record.subjectName,
    recordId: record.recordId,
  })

/** Hostile text on a terminal: on one line. */
const oneLine = (text: string | null): string | null => text?.replace(/\p{Cc}+/gu, ' ') ?? null

/** One record for people: a line, then its issues. */
export function recordText(record: RecordDetail): string {
  const issues = record.issueList.map((issue) =>
    fill(issue.serverText === null ? cliTexts.recordIssue : cliTexts.recordVerdict, {
      field: issue.fieldLabel ?? '',
      message: issue.message,
      serverText: oneLine(issue.serverText),
    }),
  )
  return [rowText(record), ...issues].join('\n')
}

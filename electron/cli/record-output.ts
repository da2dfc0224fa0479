import type { RecordDetail, RecordRow } from '@shared/contract/views/record-views'
import { clockTexts, deliveryTexts, qualityTexts } from '@shared/texts/zh-CN/states'
import { cliTexts } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'

/** What every listing says of a record. Personal values are masked. */
const common = (record: RecordRow) => ({
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
})

/** The public JSON of a record in the danger list: issues as a count. */
export const rowJson = (record: RecordRow): unknown => ({ ...common(record), issues: record.issues })

/** The public JSON of one record with its issues and values. */
export function recordJson(record: RecordDetail): unknown {
  return {
    ...common(record),
    issues: record.issueList.map((issue) => ({
      code: issue.code,
      severity: issue.severity,
      source: issue.source,
      field: issue.field,
      value: issue.value,
      message: issue.message,
    })),
    platformRef: record.platformRef,
    values: record.values,
  }
}

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

/** One record for people: a line, then its issues. */
export function recordText(record: RecordDetail): string {
  const issues = record.issueList.map((issue) =>
    fill(cliTexts.recordIssue, { field: issue.fieldLabel ?? '', message: issue.message }),
  )
  return [rowText(record), ...issues].join('\n')
}

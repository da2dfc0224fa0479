import type { RecordRow } from '@shared/contract/views/record-views'
import type { RecordTypeSpec } from '@shared/standard/pack'
import { standingOf } from '@renderer/components/record-standing'
import type { TextTable } from '@renderer/clipboard/table-clipboard'
import { texts } from '@renderer/texts/zh-CN'
import { columnHeads } from './record-columns'

/**
 * Rows of the grid as a table with a line of heads: what the grid shows, by the labels of the record type when all are
 * of one. Personal values come masked from the engine and stay so.
 */
export function copiedRows(
  rows: readonly RecordRow[],
  specOf: (type: string) => RecordTypeSpec | null,
): TextTable {
  const types = new Set(rows.map((row) => row.type))
  const heads = columnHeads(types.size === 1 ? specOf(rows[0]!.type) : null)
  const words = texts.records.columns
  return [
    [
      words.type,
      heads.docNo,
      heads.subject,
      heads.code,
      heads.legalDate,
      words.due,
      words.standing,
      words.headline,
    ],
    ...rows.map((row) => [
      specOf(row.type)?.title ?? row.type,
      row.docNo,
      row.subjectName,
      row.subjectCode,
      row.legalDate,
      row.clock.dueOn ?? '',
      standingOf(row).text,
      row.headline ?? '',
    ]),
  ]
}

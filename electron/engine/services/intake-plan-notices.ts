import type { ImportNotice } from '@shared/contract/views/import-views'
import type { CompiledType } from '@shared/standard/standard'
import { fill } from '@shared/texts/fill'
import { importNoticeTexts } from '@shared/texts/zh-CN/import-texts'
import type { ImportNoticeCode } from '@shared/texts/zh-CN/import-texts'
import type { SheetPreview } from '@engine/sheets/sheet-types'
import type { PlannedColumn } from './intake-column-choice'

/** Names listed in one sentence; a workbook can have hundreds. */
const LISTED = 6

const notice = (
  code: ImportNoticeCode,
  params: Readonly<Record<string, string | number>> = {},
): ImportNotice => ({ code, message: fill(importNoticeTexts[code], params) })

const list = (names: readonly string[]): string =>
  names.slice(0, LISTED).join('、') + (names.length > LISTED ? '……' : '')

/** What a clerk should know of how a sheet was chosen and read: hidden parts, other sheets, open questions. */
export function planNotices(plan: {
  readonly sheet: SheetPreview
  readonly alike: readonly SheetPreview[]
  readonly columns: readonly PlannedColumn[]
  readonly looksLike: CompiledType | null
  readonly alsoFits: readonly CompiledType[]
  /** It is a layout of an older standard. */
  readonly isOlder: boolean
}): readonly ImportNotice[] {
  const { sheet, alike, columns, looksLike, alsoFits, isOlder } = plan
  const hidden = columns.filter(({ column, field }) => field !== null && sheet.hiddenColumns.includes(column))
  const asked = columns.filter(({ question }) => question !== null)
  const nameOf = ({ letter, header }: PlannedColumn): string => `${letter} ${header}`.trim()
  return [
    ...(looksLike === null ? [] : [notice('file.looks-like', { found: looksLike.spec.title })]),
    ...(alsoFits.length === 0
      ? []
      : [notice('file.also-fits', { types: list(alsoFits.map(({ spec }) => spec.title)) })]),
    ...(isOlder ? [notice('file.older-layout')] : []),
    ...(sheet.hidden ? [notice('file.hidden-sheet-read', { sheet: sheet.name })] : []),
    ...(alike.length === 0
      ? []
      : [notice('file.more-sheets', { sheets: list(alike.map(({ name }) => name)) })]),
    ...(sheet.isFiltered ? [notice('file.filtered')] : []),
    ...(hidden.length === 0 ? [] : [notice('file.hidden-columns', { columns: list(hidden.map(nameOf)) })]),
    ...(asked.length === 0 ? [] : [notice('columns.questions', { columns: list(asked.map(nameOf)) })]),
  ]
}

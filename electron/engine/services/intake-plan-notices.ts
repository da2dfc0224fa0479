import type { ImportNotice } from '@shared/contract/views/import-views'
import type { CompiledType } from '@shared/standard/standard'
import { fill } from '@shared/texts/fill'
import { importNoticeTexts } from '@shared/texts/zh-CN/import-texts'
import type { ImportNoticeCode } from '@shared/texts/zh-CN/import-texts'
import type { SheetPreview } from '@engine/sheets/sheet-types'
import type { PlannedColumn } from './intake-column-choice'

/** Names listed in one sentence; a workbook can have hundreds. */
const LISTED = 6

/** A notice in words. */
export const notice = (
  code: ImportNoticeCode,
  params: Readonly<Record<string, string | number>> = {},
): ImportNotice => ({ code, message: fill(importNoticeTexts[code], params) })

/** Names in one sentence. */
export const list = (names: readonly string[]): string =>
  names.slice(0, LISTED).join('、') + (names.length > LISTED ? '……' : '')

/** A column as people find it. */
export const nameOf = ({ letter, header }: Pick<PlannedColumn, 'letter' | 'header'>): string =>
  `${letter} ${header}`.trim()

/** What a clerk should know of how a sheet was chosen and read: hidden parts, other sheets, open questions. */
export function planNotices(plan: {
  readonly sheet: SheetPreview
  readonly alike: readonly SheetPreview[]
  /** Visible sheets that hold something else, and are not read either. */
  readonly others: readonly SheetPreview[]
  readonly columns: readonly PlannedColumn[]
  readonly looksLike: CompiledType | null
  readonly alsoFits: readonly CompiledType[]
  /** It is a layout of an older standard. */
  readonly isOlder: boolean
}): readonly ImportNotice[] {
  const { sheet, alike, others, columns, looksLike, alsoFits, isOlder } = plan
  const hidden = columns.filter(({ column, field }) => field !== null && sheet.hiddenColumns.includes(column))
  const asked = columns.filter(({ question }) => question !== null)
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
    ...(others.length === 0
      ? []
      : [notice('file.other-sheets', { sheets: list(others.map(({ name }) => name)) })]),
    ...(sheet.isFiltered ? [notice('file.filtered')] : []),
    ...(hidden.length === 0 ? [] : [notice('file.hidden-columns', { columns: list(hidden.map(nameOf)) })]),
    ...(asked.length === 0 ? [] : [notice('columns.questions', { columns: list(asked.map(nameOf)) })]),
  ]
}

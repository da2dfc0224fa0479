import type { ImportNotice } from '@shared/contract/views/import-views'
import type { RecordTypeSpec, StandardPack } from '@shared/standard/pack'
import { fill } from '@shared/texts/fill'
import { importNoticeTexts, templateChangeTexts } from '@shared/texts/zh-CN/import-texts'
import type { ImportNoticeCode } from '@shared/texts/zh-CN/import-texts'
import { importedFields } from '@engine/sheets/header-matching'
import type { FileInspection, SheetPreview } from '@engine/sheets/sheet-types'
import type { ReadMark } from '@engine/sheets/template-mark'

/** Names listed in one sentence; a file can have hundreds. */
const LISTED = 6

const notice = (
  code: ImportNoticeCode,
  params: Readonly<Record<string, string | number>> = {},
): ImportNotice => ({ code, message: fill(importNoticeTexts[code], params) })

const list = (names: readonly string[]): string =>
  names.slice(0, LISTED).join('、') + (names.length > LISTED ? '…' : '')

/** How the columns of a template differ from the fields in force; null when they do not. */
function templateChanges(mark: ReadMark, header: readonly string[], spec: RecordTypeSpec): string | null {
  const fields = importedFields(spec)
  const known = new Set(fields.map(({ code }) => code))
  const written = mark.codes.filter((code) => code !== '')
  const added = fields.filter(({ code }) => !written.includes(code)).map(({ label }) => label)
  const removed = mark.codes.flatMap((code, at) =>
    code === '' || known.has(code) ? [] : [header[at]?.replace(/^\*/, '') || code],
  )
  const parts = [
    ...(added.length > 0 ? [fill(templateChangeTexts.added, { labels: list(added) })] : []),
    ...(removed.length > 0 ? [fill(templateChangeTexts.removed, { labels: list(removed) })] : []),
  ]
  return parts.length === 0 ? null : parts.join('；')
}

/** What to say of a template: null when it is of the version in force, or no template of ours at all. */
function templateNotice(
  mark: ReadMark | null,
  sheet: SheetPreview,
  spec: RecordTypeSpec,
  pack: StandardPack,
): ImportNotice | null {
  if (mark === null || (mark.standard === pack.id && mark.version === pack.version)) return null
  const header = Array.from(sheet.firstRows[0]?.cells ?? [], (cell) => cell?.text ?? '')
  const params = { version: mark.version, current: pack.version }
  const changes = templateChanges(mark, header, spec)
  return changes === null
    ? notice('template.same-fields', params)
    : notice('template.changed', { ...params, changes })
}

/** All that a clerk should know of a file as a whole, in words. */
export function fileNotices(
  inspection: FileInspection,
  sheet: SheetPreview,
  mark: ReadMark | null,
  spec: RecordTypeSpec,
  pack: StandardPack,
): readonly ImportNotice[] {
  const template = templateNotice(mark, sheet, spec, pack)
  const hidden = inspection.warnings.flatMap(({ code, params }) =>
    code === 'hidden-sheet' && params['sheet'] !== sheet.name ? [String(params['sheet'])] : [],
  )
  return [
    ...(template === null ? [] : [template]),
    ...(hidden.length === 0 ? [] : [notice('file.hidden-sheet', { sheet: list(hidden) })]),
    ...inspection.warnings
      .filter(({ code }) => code !== 'hidden-sheet')
      .map(({ code, params }) => notice(`file.${code}` as ImportNoticeCode, params)),
  ]
}

import { refuse } from '@shared/kernel/failure'
import type { ImportNotice } from '@shared/contract/views/import-views'
import type { StandardPack } from '@shared/standard/pack'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import { recordMarkHeader } from '@shared/texts/zh-CN/import-texts'
import { sha256Hex } from '@engine/crypto/digest'
import { textWidthOf } from '@engine/reading/ragged-rows'
import { standardFor, type ReadingPlan } from '@engine/reading/reading-plan'
import { mapColumns } from '@engine/sheets/column-mapping'
import type { ColumnMapping } from '@engine/sheets/column-mapping'
import type { ReadingOrder } from '@engine/sheets/reading-order'
import type { FileInspection, SheetPreview } from '@engine/sheets/sheet-types'
import { templateMarkOf } from '@engine/sheets/template-mark'
import type { ReadMark } from '@engine/sheets/template-mark'
import { codeListsOf } from '@engine/standards/readable-types'
import { assertChoice, chosenColumns, foreignUnits } from './intake-column-choice'
import type { MappingChoice, PlannedColumn } from './intake-column-choice'
import { columnNotices, fillNotice } from './intake-column-notices'
import { fileNotices } from './intake-notices'
import { planNotices } from './intake-plan-notices'
import { chooseSheet, chooseType } from './intake-sheet-choice'

/** What a person or an earlier import has chosen; null where the file is to speak for itself. */
export interface PlanRequest {
  readonly recordType: string | null
  readonly sheet: string | null
  readonly headerRow: number | null
  readonly mapping: MappingChoice | null
  /** Texts for fields that the file lacks, the same for every row; null, or nothing, leaves it to memory. */
  readonly fills?: Fills | null
  /** What to do with hidden rows; null, or nothing, when nobody was asked. */
  readonly hiddenRows?: 'include' | 'skip' | null
  /** The clerk looks at the outcome before anything is read: what does not fit is shown, not refused. */
  readonly isPreview?: boolean
}

/** How one sheet of one file is read as one record type. */
export interface ImportPlan extends ReadingPlan {
  readonly file: string
  readonly sha256: string
  readonly sheet: SheetPreview
  readonly columns: readonly PlannedColumn[]
  readonly missing: ColumnMapping['missing']
  /** The type that the file looks like, when it is clearly another one. */
  readonly looksLike: CompiledType | null
  /** Header texts by column. */
  readonly header: readonly string[]
  /** Columns that no field takes and that are kept as they are, zero-based. */
  readonly passedThrough: readonly number[]
  /** It is an error workbook of ours, whatever was done to its columns. */
  readonly isErrorWorkbook: boolean
  readonly notices: readonly ImportNotice[]
}

/** The order by which the rows of a plan are read. */
export function readingOrder(plan: ImportPlan, standard: CompiledStandard, today: string): ReadingOrder {
  const { headerRow, columns, columnOf, fills, units, rivals, is1904, markColumn, hiddenRows, textWidth } =
    plan
  return {
    layout: {
      ...{ headerRow, columnOf, fills, units, rivals, is1904, markColumn, hiddenRows, textWidth },
      columns: columns.map(({ column, field }) => ({ column, field })),
    },
    merged: plan.sheet.merged,
    ...standardFor(standard, plan),
    today,
  }
}

/** Texts by field that every row of a file gets, because no column gives them. */
export type Fills = Readonly<Record<string, string>>

/** What a person has decided before for this record type under this header. */
export interface ImportMemory {
  readonly mapping: RememberedMapping
  readonly fills: (recordType: string, headerHash: string) => Fills | null
}

/** Of a file that is judged by itself. */
export const noMemory: ImportMemory = { mapping: () => null, fills: () => null }

/** Gives the mapping that was used before for this record type under this header, or null. */
export type RememberedMapping = (recordType: string, headerHash: string) => MappingChoice | null

/** Identifies a header row, whatever file it stands in; the column that names records is none of the file's own. */
export const headerHash = (header: readonly string[]): string =>
  sha256Hex(JSON.stringify(header.filter((text) => text !== recordMarkHeader))).slice(0, 32)

/**
 * The columns of an error workbook of ours, as its source was read: whoever mapped them then need not do it again. Null
 * for every other sheet, and when its columns have been moved.
 */
function writtenChoice(mark: ReadMark | null, sheet: SheetPreview, type: CompiledType): MappingChoice | null {
  const header = sheet.firstRows.find(({ row }) => row === 1)
  if (mark?.kind !== 'errors' || header === undefined) return null
  const textAt = (column: number): string => header.cells[column]?.text.trim() ?? ''
  if (mark.headers.some((text, column) => text.trim() !== textAt(column))) return null
  const known = new Set(type.fields.map(({ code }) => code))
  return Object.fromEntries(
    mark.headers.map((_, column) => {
      const code = mark.codes[column] ?? ''
      return [String(column), known.has(code) ? code : null]
    }),
  )
}

/**
 * What every row gets: the texts for fields of the type that no column gives. Refuses `record.unknown-field`.
 */
function fillsOf(
  fills: Fills,
  type: CompiledType,
  columnOf: ReadonlyMap<string, number>,
): ReadonlyMap<string, string> {
  const known = new Set(type.fields.map(({ code }) => code))
  const given = Object.entries(fills).filter(([field, text]) => !columnOf.has(field) && text.trim() !== '')
  for (const [field] of given) if (!known.has(field)) refuse('record.unknown-field', { field })
  return new Map(given)
}

/** A workbook of ours for another version of the standard. */
const isOlderMark = (mark: ReadMark | null, { id, version }: StandardPack): boolean =>
  mark !== null && (mark.standard !== id || mark.version !== version)

/** The file is a table of another type, as a person would see at once. */
function refuseOther(file: string, found: CompiledType, asked: CompiledType): never {
  return refuse('input.other-template', { file, found: found.spec.title, asked: asked.spec.title })
}

/**
 * Decides how a file is read. Refuses `input.header-not-found`, `input.wrong-template`, `input.other-template`,
 * `input.sheet-not-found`, `pack.unknown-type`, `record.unknown-field`.
 */
export function planImport(
  inspection: FileInspection,
  request: PlanRequest,
  standard: CompiledStandard,
  memory: ImportMemory,
): ImportPlan {
  const mark = templateMarkOf(inspection)
  const { type, looksLike, alsoFits } = chooseType(inspection, request, standard, mark)
  const { spec } = type
  const isTrusted = request.isPreview === true || request.headerRow !== null || request.mapping !== null
  if (looksLike !== null && !isTrusted) refuseOther(inspection.file, looksLike, type)
  const { sheet, alike, others } = chooseSheet(inspection, request.sheet, spec)
  const written = writtenChoice(mark, sheet, type)
  const asked = request.headerRow ?? (written === null ? null : 1)
  const isShown = request.isPreview === true && request.recordType !== null
  const mapped = mapColumns({
    file: inspection.file,
    rows: sheet.firstRows,
    merged: sheet.merged,
    spec,
    codeLists: codeListsOf(standard, spec.code),
    isChosenType: request.mapping !== null || isShown,
    isShown,
    ...(asked === null ? {} : { headerRow: asked }),
  })
  if (!mapped.ok) refuse(mapped.failure.code, mapped.failure.params, mapped.failure.retry)
  const header: string[] = []
  for (const { column, header: text } of mapped.value.columns) header[column] = text
  const filled = Array.from(header, (text: string | undefined) => text ?? '')
  const before = request.mapping === null ? (written ?? memory.mapping(spec.code, headerHash(filled))) : null
  if (request.mapping !== null) assertChoice(request.mapping, type)
  const choice = request.mapping ?? before
  const columns =
    choice === null
      ? mapped.value.columns
      : chosenColumns(mapped.value.columns, choice, request.mapping === null ? 'remembered' : 'person')
  const columnOf = new Map<string, number>()
  for (const { field, column } of columns) if (field !== null) columnOf.set(field, column)
  const fills = fillsOf(request.fills ?? memory.fills(spec.code, headerHash(filled)) ?? {}, type, columnOf)
  const markColumn = filled.indexOf(recordMarkHeader)
  const missing = type.fields
    .filter(({ code }) => !columnOf.has(code))
    .map(({ code, label, required }) => ({ field: code, label, required: required === 'always' }))
    .sort((left, right) => Number(right.required) - Number(left.required))
  return {
    file: inspection.file,
    sha256: inspection.sha256,
    type,
    conversion: standard.conversions.get(spec.code) ?? null,
    sheet,
    headerRow: mapped.value.headerRow,
    columns,
    missing,
    header: filled,
    passedThrough: columns
      .filter(({ field, column }) => field === null && column !== markColumn)
      .map(({ column }) => column),
    columnOf,
    fills,
    units: foreignUnits(columns, type),
    is1904: inspection.warnings.some(({ code }) => code === 'date-1904'),
    looksLike,
    rivals: choice === null ? mapped.value.duplicates : [],
    markColumn: markColumn < 0 ? null : markColumn,
    isErrorWorkbook: mark?.kind === 'errors',
    hiddenRows: request.hiddenRows ?? null,
    textWidth: inspection.fileType === 'csv' ? textWidthOf(sheet, mapped.value.headerRow) : null,
    notices: [
      ...fileNotices(inspection, sheet, mark, spec, standard.pack),
      ...planNotices({
        sheet,
        alike,
        // A workbook of ours explains itself on further sheets.
        others: mark === null ? others : [],
        columns,
        looksLike,
        alsoFits,
        isOlder: standard.conversions.has(spec.code),
      }),
      // Whoever looks at the columns before anything is read sees all that for himself; an older template has been
      // told of by its version.
      ...(request.isPreview === true || isOlderMark(mark, standard.pack)
        ? []
        : columnNotices(
            type,
            columns,
            missing.filter(({ field }) => !fills.has(field)),
            markColumn,
          )),
      ...(request.isPreview === true || fills.size === 0 ? [] : [fillNotice(type, fills)]),
    ],
  }
}

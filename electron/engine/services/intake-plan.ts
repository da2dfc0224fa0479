import { refuse } from '@shared/kernel/failure'
import type { RecordTypeSpec } from '@shared/standard/pack'
import type { CompiledStandard, CompiledType, RawValue } from '@shared/standard/standard'
import { recordMarkHeader } from '@shared/texts/zh-CN/import-texts'
import { fill } from '@shared/texts/fill'
import { usageTexts } from '@shared/texts/zh-CN/cli'
import { sha256Hex } from '@engine/crypto/digest'
import { columnLetters } from '@engine/sheets/cell-address'
import { mapColumns } from '@engine/sheets/column-mapping'
import type { ColumnMapping, MappedColumn } from '@engine/sheets/column-mapping'
import { findHeader } from '@engine/sheets/header-finder'
import { guessRecordType } from '@engine/sheets/record-type-guess'
import type { FileInspection, SheetPreview, SheetRow } from '@engine/sheets/sheet-types'
import { templateMarkOf } from '@engine/sheets/template-mark'
import { typeOf } from '@engine/standards/installed-standard'

/** Field code by zero-based column, written as text; null passes a column through. */
export type MappingChoice = Readonly<Record<string, string | null>>

/** What a person or an earlier import has chosen; null where the file is to speak for itself. */
export interface PlanRequest {
  readonly recordType: string | null
  readonly sheet: string | null
  readonly headerRow: number | null
  readonly mapping: MappingChoice | null
}

/** A column with the word of whoever mapped it. */
export type PlannedColumn = Omit<MappedColumn, 'by'> & {
  readonly by: MappedColumn['by'] | 'person' | 'remembered'
}

/** How one sheet of one file is read as one record type. */
export interface ImportPlan {
  readonly file: string
  readonly sha256: string
  readonly type: CompiledType
  readonly sheet: SheetPreview
  readonly headerRow: number
  readonly columns: readonly PlannedColumn[]
  readonly missing: ColumnMapping['missing']
  /** Header texts by column. */
  readonly header: readonly string[]
  /** Zero-based column of each mapped field. */
  readonly columnOf: ReadonlyMap<string, number>
  /** Further columns under a header of the same field; empty once somebody has chosen the columns. */
  readonly rivals: ColumnMapping['duplicates']
  /** Column in which an error workbook of ours names the record of each row, or null. */
  readonly markColumn: number | null
}

/** Gives the mapping that was used before for this record type under this header, or null. */
export type RememberedMapping = (recordType: string, headerHash: string) => MappingChoice | null

/** Identifies a header row, whatever file it stands in. */
export const headerHash = (header: readonly string[]): string =>
  sha256Hex(JSON.stringify(header)).slice(0, 32)

const visibleSheets = (inspection: FileInspection): readonly SheetPreview[] => {
  const visible = inspection.sheets.filter((sheet) => !sheet.hidden)
  return visible.length > 0 ? visible : inspection.sheets
}

/** The record type of a file: as told, as its template says, else as its header suggests. */
function chosenType(
  inspection: FileInspection,
  request: PlanRequest,
  standard: CompiledStandard,
): CompiledType {
  const specs = [...standard.types.values()].map((type) => type.spec)
  const sheets = visibleSheets(inspection).filter(
    ({ name }) => request.sheet === null || name === request.sheet,
  )
  const guesses = (): string | undefined =>
    sheets
      .flatMap((sheet) => guessRecordType(sheet.firstRows, specs, sheet.name))
      .sort((left, right) => right.score - left.score)[0]?.recordType
  const code = request.recordType ?? templateMarkOf(inspection)?.recordType ?? guesses()
  if (code === undefined) refuse('input.header-not-found', { file: inspection.file })
  return typeOf(standard, code)
}

/** The sheet to read: as told, else the one in whose header most fields are found. */
function sheetOf(inspection: FileInspection, request: PlanRequest, spec: RecordTypeSpec): SheetPreview {
  const { sheet: name } = request
  if (name !== null) {
    const named = inspection.sheets.find((sheet) => sheet.name === name)
    return named ?? refuse('input.sheet-not-found', { file: inspection.file, sheet: name })
  }
  let best: { readonly sheet: SheetPreview; readonly matched: number } | null = null
  for (const sheet of visibleSheets(inspection)) {
    const matched = findHeader(sheet.firstRows, spec)?.matched ?? 0
    if (best === null || matched > best.matched) best = { sheet, matched }
  }
  return best?.sheet ?? refuse('input.no-rows', { file: inspection.file })
}

function chosen(
  columns: readonly MappedColumn[],
  choice: MappingChoice,
  by: 'person' | 'remembered',
): readonly PlannedColumn[] {
  const taken = new Set(Object.values(choice))
  const planned: PlannedColumn[] = columns.map((column) => {
    const field = choice[String(column.column)]
    if (field === undefined)
      return taken.has(column.field) ? { ...column, field: null, by: 'none', confidence: 0 } : column
    // What the file says by itself keeps its word: only a choice that differs is somebody's.
    if (field === column.field) return column
    return { ...column, field, by, confidence: field === null ? 0 : 1 }
  })
  const present = new Set(columns.map(({ column }) => column))
  for (const [text, field] of Object.entries(choice)) {
    const column = Number(text)
    if (field === null || present.has(column)) continue
    planned.push({
      column,
      letter: columnLetters(column + 1),
      header: '',
      field,
      by,
      confidence: 1,
      samples: [],
    })
  }
  return planned.sort((left, right) => left.column - right.column)
}

function assertChoice(choice: MappingChoice, type: CompiledType): void {
  const known = new Set(type.fields.map((field) => field.code))
  const seen = new Set<string>()
  for (const field of Object.values(choice)) {
    if (field === null) continue
    if (!known.has(field)) refuse('record.unknown-field', { field })
    if (seen.has(field)) refuse('usage.invalid', { detail: fill(usageTexts.mappedTwice, { field }) })
    seen.add(field)
  }
}

/**
 * Decides how a file is read. Refuses `input.header-not-found`, `input.wrong-template`, `input.sheet-not-found`,
 * `pack.unknown-type`, `record.unknown-field`.
 */
export function planImport(
  inspection: FileInspection,
  request: PlanRequest,
  standard: CompiledStandard,
  remembered: RememberedMapping,
): ImportPlan {
  const type = chosenType(inspection, request, standard)
  const { spec } = type
  const sheet = sheetOf(inspection, request, spec)
  const asked =
    request.headerRow ?? (request.mapping === null ? null : findHeader(sheet.firstRows, spec)?.headerRow)
  const mapped = mapColumns({
    file: inspection.file,
    rows: sheet.firstRows,
    spec,
    ...(asked === null || asked === undefined ? {} : { headerRow: asked }),
  })
  if (!mapped.ok) refuse(mapped.failure.code, mapped.failure.params, mapped.failure.retry)
  const header: string[] = []
  for (const { column, header: text } of mapped.value.columns) header[column] = text
  const filled = Array.from(header, (text: string | undefined) => text ?? '')
  const before = request.mapping === null ? remembered(spec.code, headerHash(filled)) : null
  if (request.mapping !== null) assertChoice(request.mapping, type)
  const choice = request.mapping ?? before
  const columns =
    choice === null
      ? mapped.value.columns
      : chosen(mapped.value.columns, choice, request.mapping === null ? 'remembered' : 'person')
  const columnOf = new Map<string, number>()
  for (const { field, column } of columns) if (field !== null) columnOf.set(field, column)
  const markColumn = filled.indexOf(recordMarkHeader)
  return {
    file: inspection.file,
    sha256: inspection.sha256,
    type,
    sheet,
    headerRow: mapped.value.headerRow,
    columns,
    missing: type.fields
      .filter(({ code }) => !columnOf.has(code))
      .map(({ code, label, required }) => ({ field: code, label, required: required === 'always' }))
      .sort((left, right) => Number(right.required) - Number(left.required)),
    header: filled,
    columnOf,
    rivals: choice === null ? mapped.value.duplicates : [],
    markColumn: markColumn < 0 ? null : markColumn,
  }
}

/** The raw values of a row by field; columns that are mapped to nothing are left out. */
export function rawOf(plan: ImportPlan, row: SheetRow): Readonly<Record<string, RawValue>> {
  const raw: Record<string, RawValue> = {}
  for (const [field, column] of plan.columnOf) {
    const cell = row.cells[column]
    if (cell != null) raw[field] = { text: cell.text, kind: cell.kind }
  }
  return raw
}

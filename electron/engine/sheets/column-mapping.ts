/** Which column of a sheet is which field of a record type, and what is missing or there twice. */
import { failure } from '@shared/kernel/failure'
import { err, ok, type Result } from '@shared/kernel/result'
import type { FieldSpec, RecordTypeSpec } from '@shared/standard/pack'
import { columnLetters } from './cell-address'
import { fieldByContent } from './column-content'
import { findHeader, type HeaderFinding } from './header-finder'
import { importedFields, type HeaderMatch, type MatchedBy } from './header-matching'
import type { SheetRow } from './sheet-types'

/** One column that has a header or data. */
export interface MappedColumn {
  /** Zero-based. */
  readonly column: number
  /** As Excel names it. */
  readonly letter: string
  readonly header: string
  /** Field code; null when nothing fits or a better column has the field. */
  readonly field: string | null
  readonly by: MatchedBy
  /** 0..1 */
  readonly confidence: number
  /** First values below the header, at most three. */
  readonly samples: readonly string[]
}

export interface MissingField {
  readonly field: string
  readonly label: string
  /** Required in every record. */
  readonly required: boolean
}

/** The reading of a sheet as a record type. */
export interface ColumnMapping {
  readonly recordType: string
  /** Last header row, as Excel shows it. */
  readonly headerRow: number
  readonly columns: readonly MappedColumn[]
  /** Fields without a column; required ones first. */
  readonly missing: readonly MissingField[]
  /** Fields that several headers name, with all their columns (zero-based); the first one got the field. */
  readonly duplicates: readonly { readonly field: string; readonly columns: readonly number[] }[]
  /** Different fields found. */
  readonly matched: number
  /** Share of the always-required fields that were found, 0..1. */
  readonly coverage: number
}

/** A sheet with less of the required fields than this is another table. */
const LEAST_COVERAGE = 0.5
const SAMPLES = 3

/** What to look at. */
export interface MappingRequest {
  /** Base name, for the failure. */
  readonly file: string
  /** The first rows of the sheet. */
  readonly rows: readonly SheetRow[]
  readonly spec: RecordTypeSpec
  /** Header row that the clerk chose. */
  readonly headerRow?: number
}

/**
 * Maps the columns of a sheet. Refuses `input.header-not-found` when no row names two fields and `input.wrong-template`
 * when less than half of the required fields have a column. A header row that the clerk chose is never refused.
 */
export function mapColumns({ file, rows, spec, headerRow }: MappingRequest): Result<ColumnMapping> {
  const header = findHeader(rows, spec, headerRow)
  if (header === null) return err(failure('input.header-not-found', { file }))
  const mapping = mappingOf(header, rows, spec)
  if (headerRow === undefined && mapping.coverage < LEAST_COVERAGE) {
    return err(failure('input.wrong-template', { file, recordType: spec.title, matched: mapping.matched }))
  }
  return ok(mapping)
}

/** The mapping for a header that was found. */
export function mappingOf(
  header: HeaderFinding,
  rows: readonly SheetRow[],
  spec: RecordTypeSpec,
): ColumnMapping {
  const fields = importedFields(spec)
  const data = rows.filter(({ row }) => row > header.headerRow)
  const owners = ownersOf(header.matches)
  const columns = columnsOf(header, data, owners)
  addByContent(columns, data, fields)
  const found = new Set(columns.flatMap(({ field }) => (field === null ? [] : [field])))
  const isRequired = (field: FieldSpec): boolean => field.required === 'always'
  const missing = fields
    .filter((field) => !found.has(field.code))
    .map((field) => ({ field: field.code, label: field.label, required: isRequired(field) }))
    .sort((a, b) => Number(b.required) - Number(a.required))
  const required = fields.filter(isRequired)
  const duplicates = [...owners]
    .filter(([, all]) => all.length > 1)
    .map(([field, all]) => ({ field, columns: all }))
  return {
    recordType: spec.code,
    headerRow: header.headerRow,
    columns,
    missing,
    duplicates,
    matched: found.size,
    coverage:
      required.length === 0 ? 1 : required.filter((field) => found.has(field.code)).length / required.length,
  }
}

/** The columns of each field, the surest first. */
function ownersOf(matches: readonly (HeaderMatch | null)[]): Map<string, readonly number[]> {
  const owners = new Map<string, number[]>()
  matches.forEach((match, column) => {
    if (match === null) return
    const columns = owners.get(match.field)
    if (columns === undefined) owners.set(match.field, [column])
    else columns.push(column)
  })
  for (const columns of owners.values())
    columns.sort((a, b) => matches[b]!.confidence - matches[a]!.confidence || a - b)
  return owners
}

function columnsOf(
  header: HeaderFinding,
  data: readonly SheetRow[],
  owners: ReadonlyMap<string, readonly number[]>,
): MappedColumn[] {
  const width = Math.max(header.headers.length, ...data.map(({ cells }) => cells.length))
  const columns: MappedColumn[] = []
  for (let column = 0; column < width; column++) {
    const samples = samplesOf(data, column)
    const text = header.headers[column] ?? ''
    if (text === '' && samples.length === 0) continue
    const match = header.matches[column] ?? null
    const isOwner = match !== null && owners.get(match.field)?.[0] === column
    columns.push({
      column,
      letter: columnLetters(column + 1),
      header: text,
      field: isOwner ? match.field : null,
      by: isOwner ? match.by : 'none',
      confidence: isOwner ? match.confidence : 0,
      samples,
    })
  }
  return columns
}

/** Gives columns whose header says nothing to a required field whose values look like theirs. */
function addByContent(
  columns: MappedColumn[],
  data: readonly SheetRow[],
  fields: readonly FieldSpec[],
): void {
  for (const [index, column] of columns.entries()) {
    if (column.field !== null) continue
    const open = fields.filter(({ code }) => !columns.some(({ field }) => field === code))
    const values = data.flatMap(({ cells }) => cells[column.column]?.text.trim() || [])
    const field = fieldByContent(values, open)
    if (field !== null) columns[index] = { ...column, field, by: 'content', confidence: 0.5 }
  }
}

function samplesOf(data: readonly SheetRow[], column: number): readonly string[] {
  const samples: string[] = []
  for (const { cells } of data) {
    const text = cells[column]?.text.trim() ?? ''
    if (text !== '' && samples.push(text) === SAMPLES) break
  }
  return samples
}

/** Which column of a sheet is which field of a record type, what is missing or there twice, and what is in doubt. */
import type { ColumnQuestion, ContentKind } from '@shared/contract/views/import-views'
import { failure } from '@shared/kernel/failure'
import { err, ok, type Result } from '@shared/kernel/result'
import type { CodeList, FieldSpec, RecordTypeSpec } from '@shared/standard/pack'
import { columnLetters } from './cell-address'
import { cellsOf, ContentJudge, type ContentFit } from './column-content'
import { ColumnDoubts } from './column-doubts'
import { findHeader, type HeaderFinding } from './header-finder'
import { importedFields, type HeaderMatch, type MatchedBy } from './header-matching'
import type { MergedRange, SheetRow } from './sheet-types'

/** What the values of a column were found to be. */
export interface ColumnProof {
  readonly kind: ContentKind
  readonly fitting: number
  readonly values: number
}

/** One column that has a header or data. */
export interface MappedColumn {
  /** Zero-based. */
  readonly column: number
  /** As Excel names it. */
  readonly letter: string
  readonly header: string
  /** Field code; null when nothing fits, a better column has the field, or a person has to say. */
  readonly field: string | null
  readonly by: MatchedBy
  /** 0..1 */
  readonly confidence: number
  /** First different values below the header, at most five. */
  readonly samples: readonly string[]
  readonly question: ColumnQuestion | null
  /** Fields that the question is about, the likeliest first. */
  readonly candidates: readonly string[]
  readonly proof: ColumnProof | null
  /** Unit that the header names, when it is not that of the field in question. */
  readonly unit: string | null
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
const SAMPLES = 5

/** What to look at. */
export interface MappingRequest {
  /** Base name, for the failure. */
  readonly file: string
  /** The first rows of the sheet. */
  readonly rows: readonly SheetRow[]
  readonly merged?: readonly MergedRange[]
  readonly spec: RecordTypeSpec
  /** The code lists of the standard, by which columns are known by their values. */
  readonly codeLists?: Readonly<Record<string, CodeList>>
  /** Header row that the clerk chose. */
  readonly headerRow?: number
  /** The clerk chose the type: a poor match is shown, not refused. */
  readonly isChosenType?: boolean
  /** The clerk sees the outcome and can choose another row: where no header is found, the first row stands for it. */
  readonly isShown?: boolean
}

/**
 * Maps the columns of a sheet. Refuses `input.header-not-found` when no row names two fields or stands above values that
 * tell, and `input.wrong-template` when less than half of the required fields have a column. What the clerk chose, a
 * header row or a type, is never refused.
 */
export function mapColumns(request: MappingRequest): Result<ColumnMapping> {
  const { file, rows, merged = [], spec, headerRow } = request
  const judge = new ContentJudge(request.codeLists)
  const found = findHeader(rows, spec, { merged, judge, ...(headerRow === undefined ? {} : { headerRow }) })
  const first = rows[0]?.row
  const isUnknown =
    found === null && headerRow === undefined && request.isShown === true && first !== undefined
  const header = isUnknown ? findHeader(rows, spec, { headerRow: first }) : found
  if (header === null) return err(failure('input.header-not-found', { file }))
  const mapping = mappingOf(header, rows, spec, judge)
  const isChosen = headerRow !== undefined || request.isChosenType === true
  if (!isChosen && mapping.coverage < LEAST_COVERAGE) {
    const { matched, missing } = mapping
    return err(
      failure('input.wrong-template', { file, recordType: spec.title, matched, missing: named(missing) }),
    )
  }
  return ok(mapping)
}

const NAMED = 6

/** The first required fields that have no column, by name. */
function named(missing: readonly MissingField[]): string {
  const labels = missing.filter(({ required }) => required).map(({ label }) => label)
  return labels.slice(0, NAMED).join('、') + (labels.length > NAMED ? ' 等' : '')
}

/** The mapping for a header that was found. */
export function mappingOf(
  header: HeaderFinding,
  rows: readonly SheetRow[],
  spec: RecordTypeSpec,
  judge: ContentJudge = new ContentJudge(),
): ColumnMapping {
  const fields = importedFields(spec)
  const data = rows.filter(({ row }) => row > header.headerRow)
  const owners = ownersOf(header.matches, data)
  const columns = new ColumnDoubts(spec, judge, data, owners).settle(columnsOf(header, data, owners))
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

/** The columns of each field, the surest first; of equals, one that holds something. */
function ownersOf(
  matches: readonly (HeaderMatch | null)[],
  data: readonly SheetRow[],
): Map<string, readonly number[]> {
  const owners = new Map<string, number[]>()
  matches.forEach((match, column) => {
    if (match === null) return
    const columns = owners.get(match.field)
    if (columns === undefined) owners.set(match.field, [column])
    else columns.push(column)
  })
  const isFilled = (column: number): number => Number(cellsOf(data, column).length > 0)
  for (const columns of owners.values()) {
    if (columns.length === 1) continue
    columns.sort(
      (a, b) => matches[b]!.confidence - matches[a]!.confidence || isFilled(b) - isFilled(a) || a - b,
    )
  }
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
      question: null,
      candidates: [],
      proof: null,
      unit: null,
    })
  }
  return columns
}

/** A proof as it is told. */
export const proofOf = ({ kind, fitting, values }: ContentFit): ColumnProof => ({ kind, fitting, values })

function samplesOf(data: readonly SheetRow[], column: number): readonly string[] {
  const samples = new Set<string>()
  for (const { cells } of data) {
    const text = cells[column]?.text.trim() ?? ''
    if (text !== '') samples.add(text)
    if (samples.size === SAMPLES) break
  }
  return [...samples]
}

import { fill } from '@shared/texts/fill'
import { refuse } from '@shared/kernel/failure'
import type { RowIssue } from '@shared/contract/views/import-views'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import { recordMarkHeader } from '@shared/texts/zh-CN/import-texts'
import { errorRemedyTexts } from '@shared/texts/zh-CN/workbook-texts'
import { columnOf } from '@engine/sheets/cell-address'
import { writeErrorWorkbook } from '@engine/sheets/error-workbook-writer'
import type { FaultyRow } from '@engine/sheets/error-workbook-writer'
import type { ImportCell, ImportRepo, ImportRow, ImportRun } from '@engine/repos/import-repo'
import { readableTypeOf } from '@engine/standards/readable-types'

/** The columns of an error workbook: those of the file, one for each required field it lacks, one for the record. */
interface Layout {
  readonly headers: readonly string[]
  readonly codes: readonly string[]
  readonly columnOfField: ReadonlyMap<string, number>
  /** Columns of dates. */
  readonly dates: ReadonlySet<number>
  readonly markColumn: number
}

/** Days from the first day of the 1900 system to that of the 1904 system. */
const DAYS_TO_1904 = 1_462

function layoutOf(run: ImportRun, type: CompiledType, needed: readonly string[], width: number): Layout {
  const headers = Array.from({ length: Math.max(width, run.header.length) }, (_, at) => run.header[at] ?? '')
  const codes = headers.map((_, at) => run.mapping[String(at)] ?? '')
  const known = new Set(codes)
  const missing = type.fields.filter(
    ({ code, required }) => (required === 'always' || needed.includes(code)) && !known.has(code),
  )
  // A file that was an error workbook itself has its column already.
  const own = headers.indexOf(recordMarkHeader)
  for (const { code, label } of missing) {
    headers.push(label)
    codes.push(code)
  }
  if (own < 0) {
    headers.push(recordMarkHeader)
    codes.push('')
  }
  const columnOfField = new Map(codes.flatMap((code, at) => (code === '' ? [] : [[code, at] as const])))
  const dateFields = new Set(type.fields.flatMap((field) => (field.type === 'date' ? [field.code] : [])))
  const dates = new Set(codes.flatMap((code, at) => (dateFields.has(code) ? [at] : [])))
  return { headers, codes, columnOfField, dates, markColumn: own < 0 ? headers.length - 1 : own }
}

const blank: ImportCell = { text: '', kind: 'text' }

/** The error workbook counts days from 1900, so a bare day number of one that counts from 1904 is moved. */
const sameDay = (cell: ImportCell): ImportCell =>
  cell.is1904 === true ? { ...cell, text: String(Number(cell.text) + DAYS_TO_1904) } : cell

function cellsOf({ cells, recordId }: ImportRow, layout: Layout): readonly ImportCell[] {
  const { headers, dates, markColumn } = layout
  return headers.map((_, at) => {
    if (at === markColumn) return { text: recordId ?? '', kind: 'text' }
    const cell = cells[at] ?? blank
    return dates.has(at) ? sameDay(cell) : cell
  })
}

/** What to do: the proved value where there is one, else what the weight of the issue asks for. */
function remedyOf(standard: CompiledStandard, { fix, severity }: RowIssue): string {
  if (fix === undefined) return errorRemedyTexts[severity]
  return fill(errorRemedyTexts.fix, { value: fix.value, proof: standard.pack.texts[fix.proof] ?? '' })
}

/**
 * Writes the rows of an import that had issues, laid out as in their file. One more column names the record of each
 * row, and required fields that had no column get one: the mended workbook finds back to its drafts. Returns the number
 * of rows; refuses `record.not-found`, `pack.unknown-type`, `output.not-writable`.
 */
export function writeImportErrors(
  imports: ImportRepo,
  standard: CompiledStandard,
  importId: string,
  target: string,
): Promise<number> {
  const run = imports.run(importId) ?? refuse('record.not-found', { importId })
  const type = readableTypeOf(standard, run.recordType)
  // A table of an older layout lacks what only newer records need.
  const needed = standard.conversions.get(run.recordType)?.layout.needed ?? []
  const layout = layoutOf(run, type, needed, imports.width(importId))
  const columnOfIssue = ({ column, field }: RowIssue): number | null =>
    column === null ? (layout.columnOfField.get(field ?? '') ?? null) : columnOf(column)
  const faulty = (row: ImportRow): FaultyRow => ({
    row: row.row,
    cells: cellsOf(row, layout),
    problems: row.issues.map((issue) => ({
      column: columnOfIssue(issue),
      field: issue.fieldLabel ?? '',
      value: issue.value ?? '',
      severity: issue.severity,
      message: issue.message,
      remedy: remedyOf(standard, issue),
      rule: issue.code,
    })),
  })
  function* rows(): Generator<FaultyRow> {
    for (const row of imports.rows(importId)) yield faulty(row)
  }
  const { pack } = standard
  return writeErrorWorkbook(
    {
      title: type.spec.title,
      mark: { standard: pack.id, version: pack.version, recordType: run.recordType },
      headers: layout.headers,
      codes: layout.codes,
      rows: rows(),
    },
    target,
  )
}

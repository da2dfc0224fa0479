import type { ImportSummary, RowIssue } from '@shared/contract/views/import-views'
import type { RawValue } from '@shared/standard/standard'
import type { Database } from './database'

/** One run of an import as it starts. */
export interface ImportRun {
  readonly importId: string
  readonly fileHash: string
  readonly fileName: string
  readonly recordType: string
  readonly sheet: string
  readonly headerRow: number
  /** Field code by zero-based column. */
  readonly mapping: Readonly<Record<string, string | null>>
  readonly header: readonly string[]
  readonly startedAt: string
}

/** A cell as it stood in the file; `''` where there was none. */
export interface ImportCell extends RawValue {
  /** Struck through. */
  readonly struck?: true
}

/** A row that came in with issues: what the error workbook repeats. */
export interface ImportRow {
  readonly row: number
  readonly recordId: string | null
  /** By column. */
  readonly cells: readonly ImportCell[]
  readonly issues: readonly RowIssue[]
}

export interface ImportRepo {
  /** Finished or cut-short runs that stored something from a file with this hash. */
  countOfHash(fileHash: string): number
  start(run: ImportRun, summary: ImportSummary): void
  addRow(importId: string, row: ImportRow): void
  /** Overwrites the summary; `finishedAt` null while more may follow. */
  saveSummary(importId: string, summary: ImportSummary, finishedAt: string | null): void
  summary(importId: string): ImportSummary | null
  run(importId: string): ImportRun | null
  /** Rows with issues in the order of the file. */
  rows(importId: string): IterableIterator<ImportRow>
  /** Columns of the widest row with issues. */
  width(importId: string): number
}

const ROWS_AT_ONCE = 500

interface RunLine {
  readonly import_id: string
  readonly file_hash: string
  readonly file_name: string
  readonly record_type: string
  readonly sheet: string
  readonly header_row: number
  readonly mapping_json: string
  readonly header_json: string
  readonly started_at: string
}

/** Nearly all cells are plain text and stand as such; the others with what makes them different. */
const storedCell = (cell: ImportCell): string | ImportCell =>
  cell.kind === 'text' && cell.struck === undefined ? cell.text : cell
const readCell = (stored: string | ImportCell): ImportCell =>
  typeof stored === 'string' ? { text: stored, kind: 'text' } : stored

/** Import runs of one store. */
export function createImportRepo(database: Database): ImportRepo {
  const countOfHash = database
    .prepare<[string], number>('SELECT count(*) FROM import_run WHERE file_hash = ?')
    .pluck()
  const insertRun = database.prepare(
    `INSERT INTO import_run (import_id, file_hash, file_name, record_type, sheet, header_row, mapping_json,
       header_json, summary_json, started_at)
     VALUES (@importId, @fileHash, @fileName, @recordType, @sheet, @headerRow, @mapping, @header, @summary, @startedAt)`,
  )
  const insertRow = database.prepare<[string, number, string | null, string, string]>(
    'INSERT INTO import_row (import_id, row, record_id, cells_json, issues_json) VALUES (?, ?, ?, ?, ?)',
  )
  const updateRun = database.prepare<[string, string | null, string]>(
    'UPDATE import_run SET summary_json = ?, finished_at = ? WHERE import_id = ?',
  )
  const selectSummary = database
    .prepare<[string], string>('SELECT summary_json FROM import_run WHERE import_id = ?')
    .pluck()
  const selectRun = database.prepare<[string], RunLine>('SELECT * FROM import_run WHERE import_id = ?')
  const selectRows = database.prepare<
    [string, number, number],
    { row: number; record_id: string | null; cells_json: string; issues_json: string }
  >('SELECT * FROM import_row WHERE import_id = ? AND row > ? ORDER BY row LIMIT ?')
  const selectWidth = database
    .prepare<[string], number | null>(
      'SELECT max(json_array_length(cells_json)) FROM import_row WHERE import_id = ?',
    )
    .pluck()

  return {
    countOfHash: (fileHash) => countOfHash.get(fileHash) ?? 0,
    start(run, summary) {
      insertRun.run({
        ...run,
        mapping: JSON.stringify(run.mapping),
        header: JSON.stringify(run.header),
        summary: JSON.stringify(summary),
      })
    },
    addRow(importId, row) {
      insertRow.run(
        importId,
        row.row,
        row.recordId,
        JSON.stringify(row.cells.map(storedCell)),
        JSON.stringify(row.issues),
      )
    },
    saveSummary(importId, summary, finishedAt) {
      updateRun.run(JSON.stringify(summary), finishedAt, importId)
    },
    summary(importId) {
      const json = selectSummary.get(importId)
      if (json === undefined) return null
      const summary = JSON.parse(json) as Omit<ImportSummary, 'notices'> & Partial<ImportSummary>
      // Summaries of the first version had no notices.
      return { ...summary, notices: summary.notices ?? [] }
    },
    run(importId) {
      const line = selectRun.get(importId)
      if (line === undefined) return null
      return {
        importId: line.import_id,
        fileHash: line.file_hash,
        fileName: line.file_name,
        recordType: line.record_type,
        sheet: line.sheet,
        headerRow: line.header_row,
        mapping: JSON.parse(line.mapping_json) as Record<string, string | null>,
        header: JSON.parse(line.header_json) as string[],
        startedAt: line.started_at,
      }
    },
    // Page by page: a statement that is left open would lock out every write until the reader has finished.
    *rows(importId) {
      for (let after = 0; ;) {
        const lines = selectRows.all(importId, after, ROWS_AT_ONCE)
        for (const line of lines) {
          after = line.row
          yield {
            row: line.row,
            recordId: line.record_id,
            cells: (JSON.parse(line.cells_json) as (string | ImportCell)[]).map(readCell),
            issues: JSON.parse(line.issues_json) as RowIssue[],
          }
        }
        if (lines.length < ROWS_AT_ONCE) return
      }
    },
    width: (importId) => selectWidth.get(importId) ?? 0,
  }
}

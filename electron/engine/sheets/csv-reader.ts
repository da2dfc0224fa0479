/** Reads CSV with papaparse, piece by piece, so that a slow consumer holds the reader back. */
import Papa, { type ParseResult } from 'papaparse'
import type { CsvSeparator } from '@shared/contract/views/import-views'
import { refuse } from '@shared/kernel/failure'
import { mendQuotes, type LooseQuotes } from './csv-quotes'
import { refuseCsv } from './file-refusals'
import type { FileSnapshot } from './file-snapshot'
import type { SheetLimits } from './sheet-limits'
import type { SheetSource } from './sheet-source'
import type { FileInspection, SheetEnd, SheetRow, SheetWarning } from './sheet-types'
import { decodeText, type DecodedText } from './text-encoding'

const PIECE_CHARS = 1024 * 1024
const SAMPLE_CHARS = 64 * 1024

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/

/** A decoded CSV file. Its only sheet bears the name of the file. */
export class CsvReader implements SheetSource {
  private constructor(
    private readonly snapshot: FileSnapshot,
    private readonly limits: SheetLimits,
    private readonly decoded: DecodedText,
    /** Line ends made one, so that mixed files read alike; quotation marks mended. */
    private readonly text: string,
    private readonly separator: CsvSeparator,
    private readonly looseQuotes: LooseQuotes,
  ) {}

  /**
   * Opens a file. Refuses `input.unknown-encoding` and, for control characters and for fields that
   * nothing we know tells apart, `input.malformed-csv`.
   */
  static open(snapshot: FileSnapshot, limits: SheetLimits): CsvReader {
    const { file, bytes } = snapshot
    const decoded = decodeText(file, bytes)
    const text = decoded.text.replace(/\r\n?/g, '\n')
    const control = CONTROL.exec(text)
    if (control !== null) {
      const row = text.slice(0, control.index).split('\n').length
      refuseCsv(file, row, 'control-character')
    }
    const separator = separatorOf(text)
    if (hasForeignSeparator(text, separator)) refuseCsv(file, 1, 'separator')
    const mended = mendQuotes(text, separator)
    return new CsvReader(snapshot, limits, decoded, mended.text, separator, mended.loose)
  }

  async inspect(): Promise<FileInspection> {
    const { file, bytes, sha256 } = this.snapshot
    const firstRows: SheetRow[] = []
    let last = 0
    for (const { rows, next } of this.lots()) {
      last = next - 1
      for (const row of rows) if (firstRows.length < this.limits.previewRows) firstRows.push(row)
    }
    const { encoding } = this.decoded
    const sheet = { name: this.sheetName(), hidden: false, rows: last, firstRows, merged: [] }
    const sheets = [{ ...sheet, hiddenColumns: [], isFiltered: false }]
    const warnings = this.warnings()
    return Promise.resolve({
      file,
      fileType: 'csv',
      bytes: bytes.length,
      sha256,
      encoding,
      separator: this.separator,
      sheets,
      warnings,
    })
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- papaparse is synchronous, the port is not
  async *rows(sheet: string | null): AsyncGenerator<readonly SheetRow[], SheetEnd> {
    const { file } = this.snapshot
    if (sheet !== null && sheet !== this.sheetName()) refuse('input.sheet-not-found', { file, sheet })
    let count = 0
    for (const { rows } of this.lots()) {
      count += rows.length
      if (rows.length > 0) yield rows
    }
    return { rows: count, merged: [], warnings: this.warnings() }
  }

  /** The records in lots; `next` is the number of the record that follows. A blank line counts but is not given out. */
  private *lots(): Generator<{ rows: SheetRow[]; next: number }> {
    const { file } = this.snapshot
    const parser = new Papa.Parser({ delimiter: this.separator, newline: '\n' })
    let at = 0
    let next = 1
    let held = 0
    let size = PIECE_CHARS
    while (at < this.text.length) {
      const isLast = at + size >= this.text.length
      const result = parser.parse(this.text.slice(at, at + size), 0, !isLast) as ParseResult<string[]>
      const problem = result.errors[0]
      if (problem !== undefined) throw new Error(`mended text is not read: ${problem.code}`)
      if (!isLast && result.meta.cursor === 0) {
        size *= 2
        continue
      }
      const rows: SheetRow[] = []
      for (const fields of result.data) {
        if (fields.some((field) => field !== '')) rows.push(this.rowOf(fields, next))
        next++
      }
      held += rows.length
      if (held > this.limits.rows)
        refuse('input.too-many-rows', { file, sheet: this.sheetName(), limit: this.limits.rows })
      if (isLast && this.text.endsWith('\n')) next--
      yield { rows, next }
      at = isLast ? this.text.length : at + result.meta.cursor
      size = PIECE_CHARS
    }
  }

  private rowOf(fields: readonly string[], row: number): SheetRow {
    const { file } = this.snapshot
    const { columns, cellChars } = this.limits
    if (fields.length > columns)
      refuse('input.too-many-columns', { file, sheet: this.sheetName(), limit: columns })
    const loose = this.looseQuotes.get(row)
    const cells = fields.map((text, column) => {
      if (text.length > cellChars) refuseCsv(file, row, 'cell')
      if (text === '') return null
      return loose?.includes(column) === true
        ? ({ text, kind: 'text', looseQuote: true } as const)
        : ({ text, kind: 'text' } as const)
    })
    return { row, cells }
  }

  private sheetName(): string {
    return this.snapshot.file.replace(/\.[^.]*$/, '')
  }

  private warnings(): readonly SheetWarning[] {
    return this.decoded.hasMapped ? [{ code: 'private-use-mapped', params: {} }] : []
  }
}

/** What other programs put between fields, and what an input method types for a comma. */
const FOREIGN_SEPARATORS = ['|', '，', '｜', '；'] as const
const LEAST_FOREIGN = 2

/** None of the first lines is parted by what we read, and each of them by something else. */
function hasForeignSeparator(text: string, separator: CsvSeparator): boolean {
  const lines = text
    .slice(0, SAMPLE_CHARS)
    .split('\n', 20)
    .filter((line) => line.trim() !== '')
  if (lines.length < 2 || lines.some((line) => line.includes(separator))) return false
  return FOREIGN_SEPARATORS.some((foreign) =>
    lines.every((line) => line.split(foreign).length > LEAST_FOREIGN),
  )
}

function separatorOf(text: string): CsvSeparator {
  const found = Papa.parse<string[]>(text.slice(0, SAMPLE_CHARS), {
    preview: 20,
    newline: '\n',
    skipEmptyLines: true,
    delimitersToGuess: [',', '\t', ';'],
  }).meta.delimiter
  return found === '\t' || found === ';' ? found : ','
}

/** Reads CSV with papaparse, piece by piece: no file is held whole, and a slow consumer holds the reader back. */
import Papa, { type ParseResult } from 'papaparse'
import type { CsvSeparator } from '@shared/contract/views/import-views'
import { refuse } from '@shared/kernel/failure'
import { QuoteMender, type LooseQuotes, type MendedText } from './csv-quotes'
import type { FilePlace } from './file-pieces'
import { refuseCsv } from './file-refusals'
import type { SheetLimits } from './sheet-limits'
import type { SheetSource } from './sheet-source'
import type { FileInspection, SheetEnd, SheetRow, SheetWarning } from './sheet-types'
import { surveyText, type TextSurvey } from './text-encoding'
import { textPieces } from './text-pieces'

/** Beyond the largest cell: how far a closing mark is looked for, so that a cell too large is told as one. */
const LOOKAHEAD_CHARS = 1024 * 1024

/** A CSV file. Its only sheet bears the name of the file. */
export class CsvReader implements SheetSource {
  private constructor(
    private readonly place: FilePlace,
    private readonly limits: SheetLimits,
    private readonly survey: TextSurvey,
    private readonly separator: CsvSeparator,
  ) {}

  /**
   * Reads a file through before any row is given out. Refuses `input.unknown-encoding` and, for control characters and
   * for fields that nothing we know tells apart, `input.malformed-csv`. Its readings refuse `input.file-changed`, at
   * their end, when the file is no longer the same.
   */
  static async open(place: FilePlace, limits: SheetLimits): Promise<CsvReader> {
    const { file } = place
    const survey = await surveyText(place)
    if (survey.controlRow !== null) refuseCsv(file, survey.controlRow, 'control-character')
    const separator = separatorOf(survey.sample)
    if (hasForeignSeparator(survey.sample, separator)) refuseCsv(file, 1, 'separator')
    return new CsvReader(place, limits, survey, separator)
  }

  async inspect(): Promise<FileInspection> {
    const { file } = this.place
    const { encoding, digest } = this.survey
    const firstRows: SheetRow[] = []
    let last = 0
    for await (const { rows, next } of this.lots()) {
      last = next - 1
      for (const row of rows) if (firstRows.length < this.limits.previewRows) firstRows.push(row)
    }
    const sheet = { name: this.sheetName(), hidden: false, rows: last, firstRows, merged: [] }
    const sheets = [{ ...sheet, hiddenColumns: [], isFiltered: false }]
    return {
      file,
      fileType: 'csv',
      ...digest,
      encoding,
      separator: this.separator,
      sheets,
      warnings: this.warnings(),
    }
  }

  async *rows(sheet: string | null): AsyncGenerator<readonly SheetRow[], SheetEnd> {
    const { file } = this.place
    if (sheet !== null && sheet !== this.sheetName()) refuse('input.sheet-not-found', { file, sheet })
    let count = 0
    for await (const { rows } of this.lots()) {
      count += rows.length
      if (rows.length > 0) yield rows
    }
    return { rows: count, merged: [], warnings: this.warnings() }
  }

  /** The records in lots; `next` is the number of the record that follows. A blank line counts but is not given out. */
  private async *lots(): AsyncGenerator<{ rows: SheetRow[]; next: number }> {
    const { file } = this.place
    const parser = new Papa.Parser({ delimiter: this.separator, newline: '\n' })
    let next = 1
    let held = 0
    for await (const { text, loose } of this.mendedTexts()) {
      // What stands behind the last line end is no record.
      const result = parser.parse(text, 0, text.endsWith('\n')) as ParseResult<string[]>
      const problem = result.errors[0]
      if (problem !== undefined) throw new Error(`mended text is not read: ${problem.code}`)
      const rows: SheetRow[] = []
      for (const fields of result.data) {
        if (fields.some((field) => field !== '')) rows.push(this.rowOf(fields, next, loose))
        next++
      }
      held += rows.length
      if (held > this.limits.rows)
        refuse('input.too-many-rows', { file, sheet: this.sheetName(), limit: this.limits.rows })
      yield { rows, next }
    }
  }

  /** The text in lots of whole records, quotation marks mended. */
  private async *mendedTexts(): AsyncGenerator<MendedText> {
    const { file } = this.place
    const { columns, cellChars } = this.limits
    const longestField = 2 * cellChars + LOOKAHEAD_CHARS
    // A record with all its marks doubled, and what waits behind it until another look is worth it.
    const mostHeld = 2 * (columns * (2 * cellChars + '"",'.length) + longestField)
    const mender = new QuoteMender(this.separator, longestField)
    for await (const piece of textPieces(this.place, this.survey.encoding, this.survey.digest)) {
      yield mender.take(piece)
      if (mender.heldChars > mostHeld) refuseCsv(file, mender.nextRecord, 'cell')
    }
    yield mender.end()
  }

  private rowOf(fields: readonly string[], row: number, looseQuotes: LooseQuotes): SheetRow {
    const { file } = this.place
    const { columns, cellChars } = this.limits
    if (fields.length > columns)
      refuse('input.too-many-columns', { file, sheet: this.sheetName(), limit: columns })
    const loose = looseQuotes.get(row)
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
    return this.place.file.replace(/\.[^.]*$/, '')
  }

  private warnings(): readonly SheetWarning[] {
    return this.survey.hasMapped ? [{ code: 'private-use-mapped', params: {} }] : []
  }
}

/** What other programs put between fields, and what an input method types for a comma. */
const FOREIGN_SEPARATORS = ['|', '，', '｜', '；'] as const
const LEAST_FOREIGN = 2

/** None of the first lines is parted by what we read, and each of them by something else. */
function hasForeignSeparator(sample: string, separator: CsvSeparator): boolean {
  const lines = sample.split('\n', 20).filter((line) => line.trim() !== '')
  if (lines.length < 2 || lines.some((line) => line.includes(separator))) return false
  return FOREIGN_SEPARATORS.some((foreign) =>
    lines.every((line) => line.split(foreign).length > LEAST_FOREIGN),
  )
}

function separatorOf(sample: string): CsvSeparator {
  const found = Papa.parse<string[]>(sample, {
    preview: 20,
    newline: '\n',
    skipEmptyLines: true,
    delimitersToGuess: [',', '\t', ';'],
  }).meta.delimiter
  return found === '\t' || found === ';' ? found : ','
}

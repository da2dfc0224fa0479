/** The XML of an OpenDocument spreadsheet to rows: what a cell means is decided here. */
import { refuse } from '@shared/kernel/failure'
import { requireCellLength } from './cell-text'
import { refuseUnsafe } from './file-refusals'
import { closedCell, countOf, LAST_ROW, openCell, type OpenCell } from './ods-cell'
import type { SheetLimits } from './sheet-limits'
import type { MergedRange, SheetCell, SheetPreview, SheetRow } from './sheet-types'
import type { XmlHandler, XmlTag } from './xml-tokenizer'

const MERGED_LIMIT = 100_000
/** What repeated cells may add up to, in UTF-16 units: nobody fills in more by dragging. */
const REPEATED_CHARS = 64 * 1024 * 1024

/** What is collected: the first rows of every sheet, or all rows of one. */
export interface OdsRequest {
  readonly file: string
  readonly limits: SheetLimits
  /** Null looks at every sheet. */
  readonly sheet: string | null
}

interface OpenSheet {
  readonly name: string
  readonly hidden: boolean
  readonly rows: SheetRow[]
  readonly merged: MergedRange[]
  readonly hiddenColumns: number[]
  /** Rows that hold something. */
  count: number
}

/**
 * Collects rows in `rows`, from where the reader takes them between pieces. Repeated rows and cells are expanded only
 * where they hold something. Refuses `input.damaged`, `input.too-many-rows`, `input.too-many-columns` and
 * `input.unsafe-workbook` (reason `cell`).
 */
export class OdsScanner implements XmlHandler {
  isCapturing = false
  readonly sheets: OpenSheet[] = []
  is1904 = false
  /** Names of sheets' filters are not told apart: a document rarely has two. */
  isFiltered = false

  private readonly hiddenStyles = new Set<string>()
  private readonly struckStyles = new Set<string>()
  private styleName = ''
  private sheet: OpenSheet | null = null
  private repeatedChars = 0
  private row = 0
  private rowRepeated = 1
  private isRowHidden = false
  private cells: (SheetCell | null)[] = []
  private column = 0
  private columnsSeen = 0
  private cell: OpenCell | null = null
  private text_ = ''
  private paragraphs = 0
  /** Elements whose text is not the cell's: notes, drawings, phonetic guides, what a reviewer deleted. */
  private aside: string | null = null
  private asideDepth = 0

  constructor(private readonly request: OdsRequest) {}

  /** The rows of the requested sheet that came since the last call. */
  take(): readonly SheetRow[] {
    return this.sheets.find(({ name }) => name === this.request.sheet)?.rows.splice(0) ?? []
  }

  previews(): readonly SheetPreview[] {
    return this.sheets.map(({ name, hidden, rows, merged, hiddenColumns, count }) => ({
      name,
      hidden,
      rows: count,
      firstRows: rows,
      merged,
      hiddenColumns,
      isFiltered: this.isFiltered && rows.some((row) => row.hidden === true),
    }))
  }

  open(name: string, tag: XmlTag): void {
    if (this.aside !== null) {
      if (name === this.aside) this.asideDepth++
      return
    }
    switch (name) {
      case 'style':
        this.styleName = tag.attribute('name') ?? ''
        return
      case 'table-properties':
        if (tag.attribute('display') === 'false') this.hiddenStyles.add(this.styleName)
        return
      case 'text-properties':
        if ((tag.attribute('text-line-through-style') ?? 'none') !== 'none')
          this.struckStyles.add(this.styleName)
        return
      case 'null-date':
        this.is1904 = tag.attribute('date-value')?.startsWith('1904') === true
        return
      case 'filter':
        this.isFiltered = true
        return
      case 'table':
        return this.openSheet(tag)
      case 'table-column':
        return this.openColumn(tag)
      case 'table-row':
        return this.openRow(tag)
      case 'table-cell':
      case 'covered-table-cell':
        return this.openCell(name, tag)
      case 'annotation':
      case 'ruby-text':
      case 'shapes':
      case 'frame':
      case 'tracked-changes':
        this.isCapturing = false
        this.aside = name
        this.asideDepth = 1
        return
      default:
        if (this.cell !== null) this.openText(name, tag)
    }
  }

  close(name: string): void {
    if (this.aside !== null) {
      if (name === this.aside && --this.asideDepth === 0) {
        this.aside = null
        this.isCapturing = this.cell !== null && this.paragraphs > 0
      }
      return
    }
    switch (name) {
      case 'p':
        this.isCapturing = false
        return
      case 'table-cell':
      case 'covered-table-cell':
        return this.closeCell()
      case 'table-row':
        return this.closeRow()
      case 'table':
        this.sheet = null
    }
  }

  text(text: string): void {
    this.add(text.replace(/[\t\n\r ]+/g, ' '))
  }

  private add(text: string): void {
    const { file, limits } = this.request
    const place = { file, row: this.row + 1, column: this.column + 1 }
    this.text_ = requireCellLength(this.text_ + text, limits.cellChars, place)
  }

  private openSheet(tag: XmlTag): void {
    const name = tag.attribute('name') ?? ''
    const hidden = this.hiddenStyles.has(tag.attribute('style-name') ?? '')
    this.sheet = { name, hidden, rows: [], merged: [], hiddenColumns: [], count: 0 }
    this.sheets.push(this.sheet)
    this.row = 0
    this.columnsSeen = 0
  }

  private openColumn(tag: XmlTag): void {
    const repeated = countOf(tag.attribute('number-columns-repeated'))
    const visibility = tag.attribute('visibility')
    const until = Math.min(this.columnsSeen + repeated, this.request.limits.columns)
    if (visibility === 'collapse' || visibility === 'filter') {
      for (let column = this.columnsSeen; column < until; column++) this.sheet?.hiddenColumns.push(column)
    }
    this.columnsSeen = until
  }

  private openRow(tag: XmlTag): void {
    this.rowRepeated = countOf(tag.attribute('number-rows-repeated'))
    const visibility = tag.attribute('visibility')
    this.isRowHidden = visibility === 'collapse' || visibility === 'filter'
    this.cells = []
    this.column = 0
  }

  private openCell(name: string, tag: XmlTag): void {
    this.cell = openCell(name, tag, this.struckStyles)
    this.text_ = ''
    this.paragraphs = 0
    const rows = countOf(tag.attribute('number-rows-spanned'))
    const columns = countOf(tag.attribute('number-columns-spanned'))
    if (rows > 1 || columns > 1) this.addMerged(rows, columns)
  }

  private openText(name: string, tag: XmlTag): void {
    if (name === 'p') {
      if (this.paragraphs++ > 0) this.add('\n')
      this.isCapturing = true
    } else if (name === 's') this.add(' '.repeat(Math.min(countOf(tag.attribute('c')), 1_000)))
    else if (name === 'tab') this.add('\t')
    else if (name === 'line-break') this.add('\n')
  }

  private closeCell(): void {
    const { cell } = this
    if (cell === null) return
    this.cell = null
    const read = closedCell(cell, this.text_)
    const { file, limits } = this.request
    if (read !== null) {
      if (this.column + cell.repeated > limits.columns)
        refuse('input.too-many-columns', { file, sheet: this.sheet?.name ?? '', limit: limits.columns })
      this.repeat(read.text.length, cell.repeated)
      while (this.cells.length < this.column) this.cells.push(null)
      for (let i = 0; i < cell.repeated; i++) this.cells.push(read)
    }
    this.column += cell.repeated
  }

  private closeRow(): void {
    const { sheet, cells, rowRepeated } = this
    const first = this.row + 1
    this.row = Math.min(LAST_ROW, this.row + rowRepeated)
    if (sheet === null || cells.length === 0) return
    const { file, limits, sheet: wanted } = this.request
    if (wanted !== null && wanted !== sheet.name) return
    sheet.count += rowRepeated
    if (wanted !== null && sheet.count > limits.rows)
      refuse('input.too-many-rows', { file, sheet: sheet.name, limit: limits.rows })
    if (wanted !== null) {
      const chars = cells.reduce((sum, cell) => sum + (cell?.text.length ?? 0), 0)
      this.repeat(chars, rowRepeated)
    }
    for (let i = 0; i < rowRepeated; i++) {
      if (wanted === null && sheet.rows.length >= limits.previewRows) return
      const row = { row: first + i, cells }
      sheet.rows.push(this.isRowHidden ? { ...row, hidden: true } : row)
    }
  }

  private repeat(chars: number, times: number): void {
    this.repeatedChars += chars * (times - 1)
    if (this.repeatedChars > REPEATED_CHARS)
      refuseUnsafe(this.request.file, 'inflated', { limit: REPEATED_CHARS })
  }

  private addMerged(rows: number, columns: number): void {
    const merged = this.sheet?.merged
    if (merged === undefined) return
    if (merged.length >= MERGED_LIMIT) refuse('input.damaged', { file: this.request.file })
    const top = this.row + 1
    const left = this.column + 1
    merged.push({ top, left, bottom: top + rows - 1, right: left + columns - 1 })
  }
}

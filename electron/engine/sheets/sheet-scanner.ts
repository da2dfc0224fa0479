/** One sheet's XML to rows: what a cell means is decided here. */
import { refuse } from '@shared/kernel/failure'
import { columnOf, rangeOf } from './cell-address'
import { plainStyle, isOn, type CellStyle } from './cell-styles'
import { decodeExcelEscapes, requireCellLength } from './cell-text'
import { dateOfIso, dateOfSerial } from './serial-date'
import type { SharedStrings } from './shared-strings'
import type { SheetLimits } from './sheet-limits'
import type { MergedRange, SheetCell, SheetRow } from './sheet-types'
import type { XmlHandler, XmlTag } from './xml-tokenizer'

const LAST_EXCEL_ROW = 1_048_576
/** No workbook made by hand has more; beyond it the list itself would be the attack. */
const MERGED_LIMIT = 100_000

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly file: string
  readonly sheet: string
  readonly strings: SharedStrings
  readonly styles: readonly CellStyle[]
  readonly is1904: boolean
  readonly limits: SheetLimits
}

/**
 * Collects the rows of one sheet in `rows`, from where the reader takes them between pieces.
 * Refuses `input.damaged`, `input.too-many-columns` and `input.unsafe-workbook` (reason `cell`).
 */
export class SheetScanner implements XmlHandler {
  isCapturing = false
  rows: SheetRow[] = []
  readonly merged: MergedRange[] = []
  /** Zero-based. */
  readonly hiddenColumns: number[] = []
  isFiltered = false

  private isInData = false
  private rowNumber = 0
  private isRowHidden = false
  private cells: (SheetCell | null)[] = []
  private column = -1
  private cellType: string | null = null
  private style: CellStyle = plainStyle
  private text_ = ''
  private hasValue = false
  private isFormula = false
  private isStruck = false
  private isPhonetic = false

  /** @param onRow called after each row that holds something */
  constructor(
    private readonly context: SheetContext,
    private readonly onRow: () => void = () => {},
  ) {}

  open(name: string, tag: XmlTag): void {
    if (!this.isInData) {
      if (name === 'sheetData') this.isInData = true
      else if (name === 'mergeCell') this.addMerged(tag)
      else if (name === 'col') this.addColumns(tag)
      else if (name === 'filterColumn') this.isFiltered = true
      return
    }
    switch (name) {
      case 'c':
        return this.openCell(tag)
      case 'v':
        this.isCapturing = true
        this.hasValue = true
        return
      case 'row':
        return this.openRow(tag)
      case 't':
        this.isCapturing = !this.isPhonetic
        this.hasValue = true
        return
      case 'f':
        this.isFormula = true
        return
      case 'rPh':
        this.isPhonetic = true
        return
      case 'strike':
        this.isStruck ||= isOn(tag.attribute('val'))
    }
  }

  close(name: string): void {
    if (!this.isInData) return
    switch (name) {
      case 'v':
      case 't':
        this.isCapturing = false
        return
      case 'c':
        return this.closeCell()
      case 'row':
        return this.closeRow()
      case 'rPh':
        this.isPhonetic = false
        return
      case 'sheetData':
        this.isInData = false
    }
  }

  text(text: string): void {
    const { file, limits } = this.context
    this.text_ = requireCellLength(this.text_ === '' ? text : this.text_ + text, limits.cellChars, {
      file,
      row: this.rowNumber,
      column: this.column + 1,
    })
  }

  private openRow(tag: XmlTag): void {
    const stated = tag.attribute('r')
    const row = stated === null ? this.rowNumber + 1 : Number(stated)
    if (!Number.isInteger(row) || row <= this.rowNumber || row > LAST_EXCEL_ROW) this.damaged()
    this.rowNumber = row
    const hidden = tag.attribute('hidden')
    this.isRowHidden = hidden !== null && isOn(hidden)
    this.cells = []
    this.column = -1
  }

  private openCell(tag: XmlTag): void {
    const reference = tag.attribute('r')
    const column = reference === null ? this.column + 1 : columnOf(reference)
    if (column <= this.column) this.damaged()
    this.column = column
    this.cellType = tag.attribute('t')
    const style = tag.attribute('s')
    this.style = style === null ? plainStyle : (this.context.styles[Number(style)] ?? plainStyle)
    this.text_ = ''
    this.hasValue = false
    this.isFormula = false
    this.isStruck = this.style.isStruck
  }

  private closeCell(): void {
    if (!this.hasValue && !this.isFormula) return
    const cell = this.cellOf(this.text_)
    if (cell === null) return
    const { file, sheet, limits } = this.context
    if (this.column >= limits.columns)
      refuse('input.too-many-columns', { file, sheet, limit: limits.columns })
    while (this.cells.length < this.column) this.cells.push(null)
    this.cells.push(cell)
  }

  private closeRow(): void {
    if (this.cells.length === 0) return
    const row = { row: this.rowNumber, cells: this.cells }
    this.rows.push(this.isRowHidden ? { ...row, hidden: true } : row)
    this.onRow()
  }

  private cellOf(stored: string): SheetCell | null {
    switch (this.cellType) {
      case 's': {
        const index = Number(stored)
        const shared = this.context.strings.texts[index]
        if (shared === undefined) return this.damaged()
        if (shared === '') return null
        return this.marked(shared, 'text', this.isStruck || this.context.strings.struck.has(index))
      }
      case 'inlineStr':
        return stored === '' ? null : this.marked(decodeExcelEscapes(stored), 'text', this.isStruck)
      case 'str':
        // A formula that gives an empty text looks blank and is blank.
        return stored === '' && this.hasValue
          ? null
          : this.marked(decodeExcelEscapes(stored), 'text', this.isStruck)
      case 'b':
        return this.marked(stored === '1' || stored === 'true' ? 'TRUE' : 'FALSE', 'boolean', this.isStruck)
      case 'e':
        return this.marked(stored, 'error', this.isStruck)
      case 'd': {
        const date = dateOfIso(stored)
        return this.marked(date ?? stored, date === null ? 'text' : 'date', this.isStruck)
      }
      default:
        return stored === '' && !this.isFormula ? null : this.numeric(stored)
    }
  }

  private numeric(stored: string): SheetCell {
    const { code, isDate } = this.style
    const date = isDate ? dateOfSerial(stored, this.context.is1904) : null
    const cell = this.marked(date ?? stored, date === null ? 'number' : 'date', this.isStruck)
    return code === undefined ? cell : { ...cell, format: code }
  }

  private marked(text: string, kind: SheetCell['kind'], isStruck: boolean): SheetCell {
    // A number is a number however it came about: an identifier that a formula computed has lost its digits too.
    const isText = kind === 'text' || (kind === 'number' && text === '')
    const cell: SheetCell = { text, kind: this.isFormula && isText ? 'formula' : kind }
    return isStruck ? { ...cell, struck: true } : cell
  }

  private addMerged(tag: XmlTag): void {
    const range = rangeOf(tag.attribute('ref') ?? '')
    if (range === null || this.merged.length >= MERGED_LIMIT) this.damaged()
    else this.merged.push(range)
  }

  private addColumns(tag: XmlTag): void {
    const hidden = tag.attribute('hidden')
    if (hidden === null || !isOn(hidden)) return
    const known = this.hiddenColumns.at(-1) ?? -1
    const first = Math.max(Number(tag.attribute('min')) - 1, known + 1)
    const last = Math.min(Number(tag.attribute('max')), this.context.limits.columns) - 1
    for (let column = first; column <= last; column++) this.hiddenColumns.push(column)
  }

  private damaged(): never {
    return refuse('input.damaged', { file: this.context.file })
  }
}

/**
 * Reads binary workbooks of Excel 97 to 2003 (.xls) and of WPS (.et, the same format) with SheetJS, which runs only in
 * the killable child. It gives stored numbers, not shown ones, so that kinds are kept as for .xlsx.
 */
import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx'
import { refuse } from '@shared/kernel/failure'
import { requireCellLength } from './cell-text'
import { refuseUnsafe } from './file-refusals'
import type { FileSnapshot } from './file-snapshot'
import { mapPrivateUse } from './gb18030-2022'
import { customFormat, dateOfSerial } from './serial-date'
import type { SheetLimits } from './sheet-limits'
import type { SheetSource } from './sheet-source'
import type { FileInspection, SheetCell, SheetEnd, SheetInfo, SheetRow, SheetWarning } from './sheet-types'

const LOT_ROWS = 2_000
const ERRORS: Readonly<Record<number, string>> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
}
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const EACH_CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g

/** A sheet as the library gives it in its dense layout. */
type DenseSheet = WorkSheet & {
  readonly '!data'?: readonly (readonly (CellObject | undefined)[] | undefined)[]
}

/** A binary workbook, read whole. */
export class XlsReader implements SheetSource {
  private hasMapped = false

  private constructor(
    private readonly snapshot: FileSnapshot,
    private readonly limits: SheetLimits,
    private readonly workbook: WorkBook,
  ) {}

  /** Parses a workbook. Refuses `input.encrypted`, `input.unsafe-workbook` (reason `macro`) and `input.damaged`. */
  static async open(snapshot: FileSnapshot, limits: SheetLimits): Promise<XlsReader> {
    const { file, bytes } = snapshot
    if (bytes.includes(Buffer.from('_VBA_PROJECT_CUR', 'utf16le'))) refuseUnsafe(file, 'macro')
    // A quarter of a megabyte of code that nearly no import needs.
    const { read } = await import('@e965/xlsx')
    let workbook: WorkBook
    try {
      workbook = read(bytes, {
        type: 'buffer',
        dense: true,
        cellStyles: true,
        cellNF: true,
        cellText: false,
        cellHTML: false,
        bookDeps: false,
        bookVBA: false,
      })
    } catch (error) {
      if (error instanceof Error && /password/i.test(error.message))
        return refuse('input.encrypted', { file })
      return refuse('input.damaged', { file })
    }
    if (workbook.SheetNames.length === 0) refuse('input.damaged', { file })
    return new XlsReader(snapshot, limits, workbook)
  }

  inspect(): Promise<FileInspection> {
    const { file, bytes, sha256 } = this.snapshot
    const sheets = this.sheets().map(({ name, hidden }) => {
      const sheet = this.sheetOf(name)
      const firstRows: SheetRow[] = []
      let rows = 0
      for (const row of this.read(name)) {
        rows++
        if (firstRows.length < this.limits.previewRows) firstRows.push(row)
      }
      const hiddenColumns = (sheet['!cols'] ?? []).flatMap((column, at) =>
        (column as { hidden?: boolean } | undefined)?.hidden === true ? [at] : [],
      )
      const isFiltered = this.hasFilter(name) && firstRows.some((row) => row.hidden === true)
      return { name, hidden, rows, firstRows, merged: this.merged(sheet), hiddenColumns, isFiltered }
    })
    const warnings: SheetWarning[] = sheets
      .filter(({ hidden }) => hidden)
      .map(({ name }) => ({ code: 'hidden-sheet', params: { sheet: name } }))
    if (this.is1904()) warnings.push({ code: 'date-1904', params: {} })
    warnings.push(...this.textWarnings())
    return Promise.resolve({ file, fileType: 'xls', bytes: bytes.length, sha256, sheets, warnings })
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the workbook is in memory, the port is not
  async *rows(sheet: string | null): AsyncGenerator<readonly SheetRow[], SheetEnd> {
    const { file } = this.snapshot
    const all = this.sheets()
    const name = sheet ?? (all.find(({ hidden }) => !hidden) ?? all[0])?.name
    if (name === undefined || !all.some((candidate) => candidate.name === name))
      return refuse('input.sheet-not-found', { file, sheet: sheet ?? '' })
    let lot: SheetRow[] = []
    let count = 0
    for (const row of this.read(name)) {
      count++
      lot.push(row)
      if (lot.length < LOT_ROWS) continue
      yield lot
      lot = []
    }
    if (lot.length > 0) yield lot
    return { rows: count, merged: this.merged(this.sheetOf(name)), warnings: this.textWarnings() }
  }

  private sheets(): readonly SheetInfo[] {
    const { SheetNames, Workbook } = this.workbook
    return SheetNames.map((name, at) => ({ name, hidden: (Workbook?.Sheets?.[at]?.Hidden ?? 0) !== 0 }))
  }

  private sheetOf(name: string): DenseSheet {
    const { Sheets } = this.workbook
    return Object.hasOwn(Sheets, name) ? Sheets[name]! : {}
  }

  private *read(name: string): Generator<SheetRow> {
    const { file } = this.snapshot
    const { columns, rows: limit } = this.limits
    const sheet = this.sheetOf(name)
    const hiddenRows = sheet['!rows'] ?? []
    let count = 0
    for (const [at, line] of (sheet['!data'] ?? []).entries()) {
      if (line === undefined) continue
      const cells: (SheetCell | null)[] = []
      for (let column = 0; column < line.length; column++) {
        const cell = this.cellOf(line[column], at + 1, column + 1)
        if (cell === null) continue
        if (column >= columns) refuse('input.too-many-columns', { file, sheet: name, limit: columns })
        while (cells.length < column) cells.push(null)
        cells.push(cell)
      }
      if (cells.length === 0) continue
      if (++count > limit) refuse('input.too-many-rows', { file, sheet: name, limit })
      const row = { row: at + 1, cells }
      yield hiddenRows[at]?.hidden === true ? { ...row, hidden: true } : row
    }
  }

  private cellOf(cell: CellObject | undefined, row: number, column: number): SheetCell | null {
    if (cell?.v === undefined) return null
    const format = typeof cell.z === 'string' ? customFormat(cell.z) : { isDate: false }
    switch (cell.t) {
      case 'n': {
        const stored = String(cell.v)
        const date = format.isDate ? dateOfSerial(stored, this.is1904()) : null
        const read: SheetCell =
          date === null ? { text: stored, kind: 'number' } : { text: date, kind: 'date' }
        return format.code === undefined ? read : { ...read, format: format.code }
      }
      case 'b':
        return { text: cell.v === true ? 'TRUE' : 'FALSE', kind: 'boolean' }
      case 'e':
        return { text: ERRORS[Number(cell.v)] ?? '#N/A', kind: 'error' }
      default: {
        const text = this.textOf(String(cell.v), row, column)
        return text === '' ? null : { text, kind: cell.f === undefined ? 'text' : 'formula' }
      }
    }
  }

  /** Control characters stand as .xlsx would write them: they must neither vanish nor do anything. */
  private textOf(stored: string, row: number, column: number): string {
    const { file } = this.snapshot
    const text = requireCellLength(stored, this.limits.cellChars, { file, row, column })
      .replace(/\r\n?/g, '\n')
      .replace(EACH_CONTROL, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    const mapped = mapPrivateUse(text)
    if (mapped !== text) this.hasMapped = true
    return mapped
  }

  private merged(sheet: DenseSheet): SheetEnd['merged'] {
    return (sheet['!merges'] ?? []).map(({ s, e }) => ({
      top: s.r + 1,
      left: s.c + 1,
      bottom: e.r + 1,
      right: e.c + 1,
    }))
  }

  /** A filter leaves a built-in name behind. */
  private hasFilter(name: string): boolean {
    const at = this.workbook.SheetNames.indexOf(name)
    const names = this.workbook.Workbook?.Names ?? []
    return names.some(({ Name, Sheet }) => Name === '_xlnm._FilterDatabase' && (Sheet ?? at) === at)
  }

  private is1904(): boolean {
    return this.workbook.Workbook?.WBProps?.date1904 === true
  }

  private textWarnings(): readonly SheetWarning[] {
    return this.hasMapped ? [{ code: 'private-use-mapped', params: {} }] : []
  }
}

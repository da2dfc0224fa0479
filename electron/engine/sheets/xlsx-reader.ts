/**
 * Reads .xlsx workbooks as a stream, keeping the raw text, kind and format of every cell. Libraries round numbers
 * away and have no caps; they are the judges of this reader in its tests.
 */
import { refuse } from '@shared/kernel/failure'
import { readStyles, type CellStyle } from './cell-styles'
import type { FileSnapshot } from './file-snapshot'
import { noSharedStrings, readSharedStrings, type SharedStrings } from './shared-strings'
import { SheetScanner, type SheetContext } from './sheet-scanner'
import type { SheetSource } from './sheet-source'
import type { FileInspection, SheetEnd, SheetPreview, SheetRow, SheetWarning } from './sheet-types'
import { readWorkbookParts, type SheetPart, type WorkbookParts } from './workbook-parts'
import { partPieces, type PartSource } from './xml-part'
import type { XmlTokenizer } from './xml-tokenizer'

/** A workbook whose parts are listed. Nothing of its sheets is read yet. */
export class XlsxReader implements SheetSource {
  private strings: SharedStrings | null = null
  private styles: readonly CellStyle[] | null = null
  /** A cell of a previewed sheet holds a character that was moved. */
  private hasMappedCells = false

  private constructor(
    private readonly snapshot: FileSnapshot,
    private readonly source: PartSource,
    private readonly parts: WorkbookParts,
  ) {}

  /** Opens the workbook in an archive. Refuses what `readWorkbookParts` refuses. */
  static async open(snapshot: FileSnapshot, source: PartSource): Promise<XlsxReader> {
    return new XlsxReader(snapshot, source, await readWorkbookParts(source))
  }

  async inspect(): Promise<FileInspection> {
    const { file, bytes, sha256 } = this.snapshot
    const sheets: SheetPreview[] = []
    for (const part of this.parts.sheets) sheets.push(await this.preview(part))
    await this.source.archive.proveOthers()
    const hasMapped = this.hasMappedCells || (this.strings?.hasMapped ?? false)
    const warnings = [...this.parts.warnings, ...this.textWarnings(hasMapped)]
    return { file, fileType: 'xlsx', bytes: bytes.length, sha256, sheets, warnings }
  }

  async *rows(sheet: string | null): AsyncGenerator<readonly SheetRow[], SheetEnd> {
    const { file, limits } = this.source
    const part = this.partOf(sheet)
    const context = await this.contextOf(part)
    const scanner = new SheetScanner(context)
    let count = 0
    const take = (): readonly SheetRow[] => {
      const { rows } = scanner
      scanner.rows = []
      count += rows.length
      if (count > limits.rows) refuse('input.too-many-rows', { file, sheet: part.name, limit: limits.rows })
      return rows
    }
    const pieces = partPieces(this.source, part.member, scanner)
    for (;;) {
      const step = await pieces.next()
      const rows = take()
      if (rows.length > 0) yield rows
      if (step.done === true) {
        const hasMapped = step.value.hasMapped || context.strings.hasMapped
        return { rows: count, merged: scanner.merged, warnings: this.textWarnings(hasMapped) }
      }
    }
  }

  /** Reads the first rows and passes over the others, yet to the end: so size, CRC and merged ranges are known. */
  private async preview(part: SheetPart): Promise<SheetPreview> {
    const { limits } = this.source
    const state: { tokenizer: XmlTokenizer | null; rows: number } = { tokenizer: null, rows: 0 }
    const scanner = new SheetScanner(await this.contextOf(part), () => {
      state.rows++
      if (state.rows === limits.previewRows) state.tokenizer?.skipTo('sheetData', 'row')
    })
    const pieces = partPieces(this.source, part.member, scanner, (tokenizer) => {
      state.tokenizer = tokenizer
    })
    let step = await pieces.next()
    while (step.done !== true) step = await pieces.next()
    this.hasMappedCells ||= step.value.hasMapped
    return {
      name: part.name,
      hidden: part.hidden,
      rows: state.rows + (state.tokenizer?.skippedCount ?? 0),
      firstRows: scanner.rows,
      merged: scanner.merged,
      hiddenColumns: scanner.hiddenColumns,
      isFiltered: scanner.isFiltered,
    }
  }

  private partOf(sheet: string | null): SheetPart {
    const { sheets } = this.parts
    const part =
      sheet === null
        ? (sheets.find(({ hidden }) => !hidden) ?? sheets[0])
        : sheets.find(({ name }) => name === sheet)
    return part ?? refuse('input.sheet-not-found', { file: this.source.file, sheet: sheet ?? '' })
  }

  private async contextOf(part: SheetPart): Promise<SheetContext> {
    const { file, limits } = this.source
    const { sharedStrings, styles, is1904 } = this.parts
    this.strings ??=
      sharedStrings === null ? noSharedStrings : await readSharedStrings(this.source, sharedStrings)
    this.styles ??= styles === null ? [] : await readStyles(this.source, styles)
    return { file, sheet: part.name, strings: this.strings, styles: this.styles, is1904, limits }
  }

  private textWarnings(hasMapped: boolean): readonly SheetWarning[] {
    return hasMapped ? [{ code: 'private-use-mapped', params: {} }] : []
  }
}

/** Reads OpenDocument spreadsheets (.ods) as a stream, with the caps and the raw texts of the .xlsx reader. */
import { refuse } from '@shared/kernel/failure'
import { refuseUnsafe } from './file-refusals'
import type { FileSnapshot } from './file-snapshot'
import { OdsScanner } from './ods-scanner'
import type { SheetSource } from './sheet-source'
import type { FileInspection, SheetEnd, SheetRow, SheetWarning } from './sheet-types'
import { partPieces, readPart, type PartSource } from './xml-part'
import type { XmlHandler } from './xml-tokenizer'

const MIME_TYPES = /^application\/vnd\.oasis\.opendocument\.spreadsheet(?:-template)?\s*$/
const CONTENT = 'content.xml'
const MANIFEST = 'META-INF/manifest.xml'
/** Modules of macros; the lists of libraries beside them are written by every program. */
const MACROS = /^(?:Basic\/[^/]+\/(?!script-lb\.xml$)[^/]+\.xml|Scripts\/.+\.(?:py|js|bsh))$/i

/** Whether an archive is an OpenDocument spreadsheet, by the type that it states. */
export async function isOpenDocument({ archive }: PartSource): Promise<boolean> {
  if (archive.has('[Content_Types].xml') || !archive.has('mimetype')) return false
  let mimeType = ''
  for await (const piece of archive.read('mimetype')) mimeType += piece.toString('latin1').slice(0, 200)
  return MIME_TYPES.test(mimeType)
}

/** A spreadsheet whose content was not looked at yet. */
export class OdsReader implements SheetSource {
  private constructor(
    private readonly snapshot: FileSnapshot,
    private readonly source: PartSource,
  ) {}

  /** Refuses `input.encrypted`, `input.unsafe-workbook` (reason `macro`) and `input.damaged`. */
  static async open(snapshot: FileSnapshot, source: PartSource): Promise<OdsReader> {
    const { archive, file } = source
    if (!archive.has(CONTENT)) refuse('input.damaged', { file })
    if (archive.names.some((name) => MACROS.test(name))) refuseUnsafe(file, 'macro')
    if (archive.has(MANIFEST)) await readPart(source, MANIFEST, new ManifestHandler(file))
    return new OdsReader(snapshot, source)
  }

  async inspect(): Promise<FileInspection> {
    const { file, bytes, sha256 } = this.snapshot
    const scanner = new OdsScanner({ file, limits: this.source.limits, sheet: null })
    const { hasMapped } = await readPart(this.source, CONTENT, scanner)
    const sheets = scanner.previews()
    if (sheets.length === 0) refuse('input.damaged', { file })
    await this.source.archive.proveOthers()
    const warnings: SheetWarning[] = sheets
      .filter(({ hidden }) => hidden)
      .map(({ name }) => ({ code: 'hidden-sheet', params: { sheet: name } }))
    if (scanner.is1904) warnings.push({ code: 'date-1904', params: {} })
    warnings.push(...textWarnings(hasMapped))
    return { file, fileType: 'ods', bytes: bytes.length, sha256, sheets, warnings }
  }

  async *rows(sheet: string | null): AsyncGenerator<readonly SheetRow[], SheetEnd> {
    const { file, limits } = this.source
    const name = sheet ?? (await this.firstVisible())
    const scanner = new OdsScanner({ file, limits, sheet: name })
    const pieces = partPieces(this.source, CONTENT, scanner)
    for (;;) {
      const step = await pieces.next()
      const rows = scanner.take()
      if (rows.length > 0) yield rows
      if (step.done === true) {
        const read = scanner.sheets.find((candidate) => candidate.name === name)
        if (read === undefined) return refuse('input.sheet-not-found', { file, sheet: name })
        return { rows: read.count, merged: read.merged, warnings: textWarnings(step.value.hasMapped) }
      }
    }
  }

  private async firstVisible(): Promise<string> {
    const { sheets } = await this.inspect()
    return (sheets.find(({ hidden }) => !hidden) ?? sheets[0]!).name
  }
}

/** The list of parts says which of them are encrypted. */
class ManifestHandler implements XmlHandler {
  readonly isCapturing = false

  constructor(private readonly file: string) {}

  open(name: string): void {
    if (name === 'encryption-data') refuse('input.encrypted', { file: this.file })
  }

  close(): void {}
  text(): void {}
}

function textWarnings(hasMapped: boolean): readonly SheetWarning[] {
  return hasMapped ? [{ code: 'private-use-mapped', params: {} }] : []
}

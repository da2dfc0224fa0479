/** Opens any file that holds a table, by its bytes. */
import { basename, extname } from 'node:path'
import { refuse } from '@shared/kernel/failure'
import { CsvReader } from './csv-reader'
import { compoundKindOf, fileKindOf } from './file-kind'
import { digestOf, firstPiece } from './file-pieces'
import { refuseForeign } from './file-refusals'
import { isOpenDocument, OdsReader } from './ods-reader'
import { readSnapshot, type FileSnapshot } from './file-snapshot'
import type { SheetLimits } from './sheet-limits'
import type { SheetSource } from './sheet-source'
import type { FileInspection, SheetFileType } from './sheet-types'
import { XlsReader } from './xls-reader'
import { XlsxReader } from './xlsx-reader'
import { ZipArchive } from './zip-archive'

/** What a name promises; other names promise nothing. */
const TYPE_OF_EXTENSION: ReadonlyMap<string, SheetFileType> = new Map([
  ['.xlsx', 'xlsx'],
  ['.csv', 'csv'],
  ['.xls', 'xls'],
  ['.et', 'xls'],
  ['.ods', 'ods'],
])
const WORKBOOK_EXTENSIONS = new Set(['.xlsx', '.xls', '.xlsm', '.xlsb', '.et', '.ods'])
/** Names under which an older format is a mistake: better to say what it is than to read it as something else. */
const MODERN_EXTENSIONS = new Set(['.xlsx', '.xlsm', '.xlsb', '.csv'])

/** What is to be opened; `expectedSha256` is the hash of an earlier look at the same file. */
export interface FileRequest {
  readonly path: string
  /** What the user calls it; the base name of the path when left out. */
  readonly name?: string
  readonly expectedSha256?: string
}

/**
 * Opens a file. Refuses `input.file-changed` when its hash is not the expected one, `input.not-a-workbook`
 * (`actual` says what it is), `input.legacy-workbook`, `input.encrypted` and what the readers refuse.
 */
export async function openSheetFile(request: FileRequest, limits: SheetLimits): Promise<SheetSource> {
  const { path, expectedSha256 } = request
  const file = request.name ?? basename(path)
  const extension = extname(file).toLowerCase()
  const place = { path, file, limits }
  const isText = fileKindOf(await firstPiece(place)) === 'text' && !WORKBOOK_EXTENSIONS.has(extension)
  if (isText) {
    if (expectedSha256 !== undefined) await digestOf(place, expectedSha256)
    return new NamedSource(await CsvReader.open(place, limits), extension)
  }
  const snapshot = await readSnapshot(path, limits, file)
  if (expectedSha256 !== undefined && expectedSha256 !== snapshot.sha256)
    refuse('input.file-changed', { file })
  return new NamedSource(await openSnapshot(snapshot, extension, limits), extension)
}

async function openSnapshot(
  snapshot: FileSnapshot,
  extension: string,
  limits: SheetLimits,
): Promise<SheetSource> {
  const { file, bytes } = snapshot
  const kind = fileKindOf(bytes)
  const isModern = MODERN_EXTENSIONS.has(extension)
  switch (kind) {
    case 'zip': {
      const source = { file, limits, archive: await ZipArchive.open(file, bytes, limits) }
      if (!(await isOpenDocument(source))) return XlsxReader.open(snapshot, source)
      return isModern ? refuseForeign(file, 'ods') : OdsReader.open(snapshot, source)
    }
    case 'text':
      // Text under the name of a workbook is somebody's mistake; better to say so than to read it as something else.
      // Under another name it was something else a moment ago.
      return WORKBOOK_EXTENSIONS.has(extension)
        ? refuseForeign(file, 'text')
        : refuse('input.file-changed', { file })
    case 'biff':
      return refuse('input.legacy-workbook', { file })
    case 'compound': {
      const content = compoundKindOf(bytes)
      if (content === 'encrypted') return refuse('input.encrypted', { file })
      if (content === 'xls' && !isModern) return XlsReader.open(snapshot, limits)
      if (content === 'xls' || content === 'older-workbook') return refuse('input.legacy-workbook', { file })
      return refuseForeign(file, content)
    }
    default:
      return refuseForeign(file, kind)
  }
}

/** Adds the warning that a name says something else than the content. */
class NamedSource implements SheetSource {
  constructor(
    private readonly source: SheetSource,
    private readonly extension: string,
  ) {}

  async inspect(): Promise<FileInspection> {
    const inspection = await this.source.inspect()
    const expected = TYPE_OF_EXTENSION.get(this.extension)
    if (expected === undefined || expected === inspection.fileType) return inspection
    return {
      ...inspection,
      warnings: [
        ...inspection.warnings,
        { code: 'extension-differs', params: { actual: inspection.fileType } },
      ],
    }
  }

  rows(sheet: string | null): ReturnType<SheetSource['rows']> {
    return this.source.rows(sheet)
  }
}

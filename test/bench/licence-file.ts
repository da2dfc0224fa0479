/** Writes licences as the files that clerks have, fast and in flat memory. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import yazl from 'yazl'
import { workbookMembers } from '@test/fixtures/sheets/raw-workbook'
import { licenceColumns, licenceRow } from './licence-rows'

/** What is written: how many rows, and whether a few of them have issues. */
export interface LicenceFile {
  readonly path: string
  readonly rows: number
  readonly hasIssues: boolean
}

const LOT = 1_000

function* rowsOf({ rows, hasIssues }: LicenceFile): Generator<readonly string[]> {
  yield licenceColumns
  for (let index = 0; index < rows; index++) yield licenceRow(index, hasIssues)
}

/** Joins texts in lots: a piece for every row would cost more than the rows. */
function* inLots(texts: Iterable<string>): Generator<string> {
  let lot: string[] = []
  for (const text of texts) {
    lot.push(text)
    if (lot.length < LOT) continue
    yield lot.join('')
    lot = []
  }
  yield lot.join('')
}

/** Indices of texts in the order in which they were first asked for, as a workbook keeps its strings. */
class StringTable {
  private readonly known = new Map<string, number>()

  indexOf(text: string): number {
    const found = this.known.get(text)
    if (found !== undefined) return found
    this.known.set(text, this.known.size)
    return this.known.size - 1
  }

  *xml(): Generator<string> {
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst>'
    for (const text of this.known.keys()) yield `<si><t>${text}</t></si>`
    yield '</sst>'
  }
}

const letters = licenceColumns.map((_, column) => String.fromCharCode(65 + column))

function* sheetXml(file: LicenceFile, strings: StringTable): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet><sheetData>'
  let row = 0
  for (const cells of rowsOf(file)) {
    row++
    let xml = `<row r="${row}">`
    for (const [column, text] of cells.entries()) {
      if (text !== '') xml += `<c r="${letters[column]}${row}" t="s"><v>${strings.indexOf(text)}</v></c>`
    }
    yield `${xml}</row>`
  }
  yield '</sheetData></worksheet>'
}

/** Writes a workbook with one sheet, its texts in the string table as Excel keeps them. */
export async function writeLicenceWorkbook(file: LicenceFile): Promise<void> {
  const zip = new yazl.ZipFile()
  const strings = new StringTable()
  const streamed: Readonly<Record<string, () => Iterable<string>>> = {
    'xl/worksheets/sheet1.xml': () => sheetXml(file, strings),
    // Asked for when the sheet has been written, so the table is whole.
    'xl/sharedStrings.xml': () => strings.xml(),
  }
  for (const { name, data } of workbookMembers({ sheet: '' })) {
    const member = String(name)
    if (!Object.hasOwn(streamed, member)) zip.addBuffer(Buffer.from(data as string), member)
  }
  for (const [member, texts] of Object.entries(streamed)) {
    zip.addReadStreamLazy(member, { compressionLevel: 1 }, (give) =>
      give(null, Readable.from(inLots(texts()))),
    )
  }
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(file.path))
}

/** Writes the same as CSV in UTF-8. */
export async function writeLicenceCsv(file: LicenceFile): Promise<void> {
  function* lines(): Generator<string> {
    for (const cells of rowsOf(file)) yield `${cells.join(',')}\n`
  }
  await pipeline(Readable.from(inLots(lines())), createWriteStream(file.path))
}

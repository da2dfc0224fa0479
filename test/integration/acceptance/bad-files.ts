import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import xlsx from '@e965/xlsx'
import { licenceCells, licenceHeader } from '@test/fixtures/licence-table'

/** A good licence as the cells of a table, by number. */
export const goodLicence = (number: number): readonly string[] => licenceCells(number)

/** A table of good licences with its header. */
export const goodTable = (rows: number, from = 50_000): readonly (readonly string[])[] => [
  licenceHeader,
  ...Array.from({ length: rows }, (_, index) => goodLicence(from + index)),
]

/** The same as CSV text. */
export const goodCsv = (rows: number, from?: number): string =>
  goodTable(rows, from)
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('')

/** Encodes text in a two-byte encoding by turning the decoder's table round. */
export function encoded(text: string, encoding: 'gb18030' | 'big5'): Buffer {
  const decoder = new TextDecoder(encoding)
  const table = new Map<string, readonly [number, number]>()
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const char = decoder.decode(Uint8Array.of(lead, trail))
      if ([...char].length === 1 && char !== '\ufffd' && !table.has(char)) table.set(char, [lead, trail])
    }
  }
  const bytes = [...text].flatMap((char) => {
    const ascii = char.codePointAt(0)!
    if (ascii < 0x80) return [ascii]
    const pair = table.get(char)
    if (pair === undefined) throw new Error(`${char} is not in ${encoding}`)
    return [...pair]
  })
  return Buffer.from(bytes)
}

/** A workbook in any format that SheetJS writes. */
export function workbookBytes(
  bookType: 'xlsx' | 'biff8' | 'ods',
  table: readonly (readonly string[])[],
): Buffer {
  const book = xlsx.utils.book_new()
  xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(table as string[][]), '数据')
  return xlsx.write(book, { type: 'buffer', bookType }) as Buffer
}

/** The writer of compound files inside SheetJS, which its types leave out. */
interface CompoundFiles {
  readonly utils: {
    cfb_new(): object
    cfb_add(file: object, path: string, content: Buffer): void
  }
  write(file: object, options: { type: 'buffer' }): Buffer
}

/** A compound file with the streams that Office writes for a workbook with a password. */
function encryptedWorkbook(): Buffer {
  const { utils, write } = xlsx.CFB as CompoundFiles
  const file = utils.cfb_new()
  utils.cfb_add(file, '/EncryptionInfo', Buffer.alloc(224, 4))
  utils.cfb_add(file, '/EncryptedPackage', Buffer.alloc(8_192, 7))
  return write(file, { type: 'buffer' })
}

/** A file that must be refused as a whole, with the code and words of the refusal. */
export interface BadFile {
  readonly title: string
  readonly name: string
  readonly code: string
  /** What the sentence must speak of, so that the clerk knows the next step. */
  readonly says: RegExp
  /** Null for a file that is not there. */
  readonly bytes: (() => Buffer) | 'folder' | null
}

const good = (): Buffer => workbookBytes('xlsx', goodTable(3))
const otherTable = [
  ['商品', '单价', '数量', '仓库'],
  ['水杯', '12', '3', '一号库'],
]

export const badFiles: readonly BadFile[] = [
  {
    title: 'missing file',
    name: '没有.xlsx',
    code: 'input.missing-file',
    says: /找不到.*重新选择/,
    bytes: null,
  },
  { title: 'directory', name: '文件夹.xlsx', code: 'input.not-a-workbook', says: /文件夹/, bytes: 'folder' },
  {
    title: 'empty file',
    name: '空.xlsx',
    code: 'input.not-a-workbook',
    says: /空文件/,
    bytes: () => Buffer.alloc(0),
  },
  {
    title: 'wrong template',
    name: '库存.xlsx',
    code: 'input.',
    says: /模板|标题行/,
    bytes: () => workbookBytes('xlsx', otherTable),
  },
  {
    title: 'encrypted workbook',
    name: '密.xlsx',
    code: 'input.encrypted',
    says: /密码/,
    bytes: encryptedWorkbook,
  },
  {
    title: '.ods named .xlsx',
    name: '改.xlsx',
    code: 'input.not-a-workbook',
    says: /OpenDocument/,
    bytes: () => workbookBytes('ods', goodTable(3)),
  },
  {
    title: 'truncated zip',
    name: '截.xlsx',
    code: 'input.damaged',
    says: /不完整/,
    bytes: () => good().subarray(0, -700),
  },
  {
    title: 'zip with a byte changed',
    name: '坏.xlsx',
    code: 'input.damaged',
    says: /损坏/,
    bytes: () => flipped(good()),
  },
  {
    title: 'HTML renamed',
    name: '网页.xlsx',
    code: 'input.not-a-workbook',
    says: /HTML/,
    bytes: () => Buffer.from('<html><body><table><tr><td>1</td></tr></table></body></html>'),
  },
  {
    title: 'no rows',
    name: '只有标题.xlsx',
    code: 'input.no-rows',
    says: /没有数据行/,
    bytes: () => workbookBytes('xlsx', goodTable(0)),
  },
  {
    title: 'Big5 CSV',
    name: '台.csv',
    code: 'input.unknown-encoding',
    says: /UTF-8/,
    bytes: () =>
      encoded(
        '企業名稱,統一社會信用代碼,許可機關,許可內容\r\n萍鄉示例貿易有限公司,913603020000000000,示例局,經營許可\r\n',
        'big5',
      ),
  },
]

function flipped(bytes: Buffer): Buffer {
  const at = bytes.indexOf('xl/worksheets/sheet1.xml') + 24 + 40
  bytes[at] = bytes[at]! ^ 0x55
  return bytes
}

/** Puts a bad file into a folder and gives its path. */
export function writeBadFile(folder: string, file: BadFile): string {
  const path = join(folder, file.name)
  if (file.bytes === 'folder') mkdirSync(path)
  else if (file.bytes !== null) writeFileSync(path, file.bytes())
  return path
}

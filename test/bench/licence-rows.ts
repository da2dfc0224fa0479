import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import ExcelJS from 'exceljs'
import { inventedName, inventedUscc, testBureau } from '@test/fixtures/invented-subjects'

/** The official columns of a licence for legal persons, by code. */
const columns = [
  ...['XK_XDR_MC', 'XK_XDR_LB', 'XK_XDR_SHXYM', 'XK_XDR_GSZC', 'XK_XDR_ZZJG', 'XK_XDR_SWDJ', 'XK_XDR_SYDW'],
  ...['XK_XDR_SHZZ', 'XK_FRDB', 'XK_FR_ZJLX', 'XK_FR_ZJHM', 'XK_XKWS', 'XK_WSH', 'XK_XKLB', 'XK_XKZS'],
  ...['XK_XKBH', 'XK_NR', 'XK_JDRQ', 'XK_YXQZ', 'XK_YXQZI', 'XK_XKJG', 'XK_XKJGDM', 'XK_ZT', 'XK_LYDW'],
  ...['XK_LYDWDM', 'BZ'],
]

/** Every so many rows lack their document number, so that issues are collected too. */
const BLOCKED_EVERY = 50

function licence(index: number, decidedOn: string, isBlocked: boolean): readonly string[] {
  const until = `${Number(decidedOn.slice(0, 4)) + 3}${decidedOn.slice(4)}`
  return [
    ...[inventedName(index), '法人及非法人组织', inventedUscc(index), '', '', '', '', ''],
    ...[
      '李示例',
      '',
      '',
      '食品经营许可决定书',
      isBlocked ? '' : `萍示许〔${decidedOn.slice(0, 4)}〕${index}号`,
    ],
    ...['普通', '食品经营许可证', `JY${String(index).padStart(14, '0')}`, '预包装食品销售，散装食品销售'],
    ...[
      decidedOn,
      decidedOn,
      until,
      testBureau.name,
      testBureau.code,
      '有效',
      testBureau.name,
      testBureau.code,
    ],
    ...[`第${index}件`],
  ]
}

/** What is written: how many rows, their decision date (YYYY-MM-DD), and whether some are to be blocked. */
export interface LicenceFile {
  readonly path: string
  readonly rows: number
  readonly decidedOn: string
  readonly hasIssues: boolean
}

const rowOf = ({ decidedOn, hasIssues }: LicenceFile, index: number): readonly string[] =>
  licence(100_000 + index, decidedOn, hasIssues && index % BLOCKED_EVERY === 0)

/** Writes licences as a workbook with every official column. */
export async function writeLicenceWorkbook(file: LicenceFile): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file.path, useSharedStrings: true })
  const sheet = workbook.addWorksheet('许可')
  sheet.addRow(columns).commit()
  for (let index = 1; index <= file.rows; index++) sheet.addRow([...rowOf(file, index)]).commit()
  await workbook.commit()
}

/** Writes the same as CSV. */
export async function writeLicenceCsv(file: LicenceFile): Promise<void> {
  const stream = createWriteStream(file.path)
  stream.write(`${columns.join(',')}\n`)
  for (let index = 1; index <= file.rows; index++)
    if (!stream.write(`${rowOf(file, index).join(',')}\n`)) await once(stream, 'drain')
  stream.end()
  await once(stream, 'close')
}

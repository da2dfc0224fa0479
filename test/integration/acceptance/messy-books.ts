import ExcelJS from 'exceljs'
import type { Cell, MessyRow, OfficialType } from './messy-rows'

/** How the columns of a type are called and laid out in its workbook. */
interface Layout {
  /** Field code to what stands in the header; in the order of the columns. */
  readonly headers: readonly (readonly [code: string | null, header: string])[]
  /** Rows above the header. */
  readonly above: readonly (readonly string[])[]
  /** A second header row in another language than the first, or null. */
  readonly second: 'codes' | null
  readonly isHiddenSheetFirst?: boolean
  readonly isDate1904?: boolean
}

const bureauAliases: readonly (readonly [string, string])[] = [
  ['XK_XKJG', '发证机关'],
  ['XK_XKJGDM', '许可机关代码'],
  ['XK_LYDW', '数据来源'],
  ['XK_LYDWDM', '来源单位代码'],
]

const codesOf = (type: 'XZCF_FR' | 'XZXK_FR'): readonly (readonly [string, string])[] =>
  (type === 'XZXK_FR'
    ? 'XK_XDR_SHXYM XK_XDR_MC XK_XDR_LB XK_FRDB XK_WSH XK_XKWS XK_XKLB XK_NR XK_YXQZ XK_YXQZI XK_JDRQ XK_ZT XK_XKJGDM XK_XKJG XK_LYDW XK_LYDWDM BZ'
    : 'CF_XDR_MC CF_XDR_LB CF_XDR_SHXYM CF_FRDB CF_WSH CF_WFXW CF_SY CF_YJ CF_CFLB CF_NR CF_NR_FK CF_NR_ZKDX CF_JDRQ CF_YXQ CF_CFJG CF_CFJGDM CF_SJLY CF_SJLYDM BZ'
  )
    .split(' ')
    .map((code) => [code, code])

const layouts: Readonly<Record<OfficialType, Layout>> = {
  // Codes as header, columns in another order, a hidden sheet in front.
  XZXK_FR: { headers: codesOf('XZXK_FR'), above: [], second: null, isHiddenSheetFirst: true },
  // Aliases as header, in row 5 below a title that spans columns, a note and two empty rows.
  XZXK_ZRR: {
    above: [['2026年11月个人许可台账'], ['制表：示例科'], [], []],
    second: null,
    headers: [
      [null, '序号'],
      ['XK_WSH', '文书号'],
      ['XK_XDR_MC', '姓名'],
      ['XK_XDR_ZJHM', '身份证号码'],
      ['XK_XDR_ZJLX', '证件类型'],
      ['XK_XDR_LB', '主体类别'],
      ['XK_XKWS', '文书名称'],
      ['XK_XKLB', '行政许可类别'],
      ['XK_NR', '行政许可内容'],
      ['XK_JDRQ', '决定日期'],
      ['XK_YXQZ', '有效期起'],
      ['XK_YXQZI', '有效期止'],
      ['XK_ZT', '许可状态'],
      ...bureauAliases,
      ['BZ', '说明'],
    ],
  },
  // A header of two rows: labels, and the codes below them.
  XZCF_FR: {
    above: [['行政处罚信息采集表']],
    second: 'codes',
    headers: [
      ['CF_XDR_MC', '行政相对人名称'],
      ['CF_XDR_LB', '行政相对人类别'],
      ['CF_XDR_SHXYM', '行政相对人代码_1(统一社会信用代码)'],
      ['CF_FRDB', '法定代表人'],
      ['CF_WSH', '行政处罚决定书文号'],
      ['CF_WFXW', '违法行为类型'],
      ['CF_SY', '违法事实'],
      ['CF_YJ', '处罚依据'],
      ['CF_CFLB', '处罚类别'],
      ['CF_NR', '处罚内容'],
      ['CF_NR_FK', '罚款金额（万元）'],
      ['CF_NR_ZKDX', '暂扣或吊销证照名称及编号'],
      ['CF_JDRQ', '处罚决定日期'],
      ['CF_YXQ', '处罚有效期'],
      ['CF_CFJG', '处罚机关'],
      ['CF_CFJGDM', '处罚机关统一社会信用代码'],
      ['CF_SJLY', '数据来源单位'],
      ['CF_SJLYDM', '数据来源单位统一社会信用代码'],
      ['BZ', '备注'],
    ],
  },
  // A workbook from a Mac: days count from 1904; labels with spaces and line feeds.
  XZCF_ZRR: {
    above: [['个人处罚'], []],
    second: null,
    isDate1904: true,
    headers: [
      ['CF_WSH', ' 行政处罚\n决定书文号 '],
      ['CF_XDR_MC', '当事人名称'],
      ['CF_XDR_LB', '相对人类别'],
      ['CF_XDR_ZJLX', '证件类型'],
      ['CF_XDR_ZJHM', '证件号码'],
      ['CF_WFXW', '违法行为'],
      ['CF_SY', '主要违法事实'],
      ['CF_YJ', '行政处罚依据'],
      ['CF_CFLB', '处罚种类'],
      ['CF_NR', '处罚结果'],
      ['CF_NR_FK', '罚款(万元)'],
      ['CF_NR_ZKDX', '暂扣或吊销证照'],
      ['CF_JDRQ', '处罚决定\n日期'],
      ['CF_YXQ', '处罚有效期至'],
      ['CF_CFJG', '处罚机关名称'],
      ['CF_CFJGDM', '处罚机关代码'],
      ['CF_SJLY', '来源单位'],
      ['CF_SJLYDM', '来源单位代码'],
      ['BZ', '备 注'],
    ],
  },
  RYBZ_FR: {
    above: [['表彰名册'], ['单位：萍乡市示例管理局', '', '', '2026年']],
    second: null,
    headers: [
      ['BZWJH', '表彰文号'],
      ['BZMC', '荣誉名称'],
      ['JGQC', '获奖单位'],
      ['TYSHXYDM', '信用代码'],
      ['RYDJ', '荣誉级别'],
      ['RDJGQC', '授予机关'],
      ['RDRQ', '授予日期'],
      [null, '联系电话'],
      ['BZ', '备注'],
    ],
  },
}

/** Where rows came to stand: Excel row numbers by index, and column letters by field. */
export interface WrittenBook {
  readonly rowNumbers: readonly number[]
  readonly columns: Readonly<Record<string, string>>
}

/** Writes rows of a type in the type's own mess: blank rows, a total and signatures at the end. */
export async function writeMessyBook(
  path: string,
  type: OfficialType,
  rows: readonly MessyRow[],
): Promise<WrittenBook> {
  const layout = layouts[type]
  const workbook = new ExcelJS.Workbook()
  if (layout.isDate1904 === true) workbook.properties.date1904 = true
  if (layout.isHiddenSheetFirst === true) {
    const hidden = workbook.addWorksheet('旧数据', { state: 'hidden' })
    hidden.addRow(['不要导入', '2019'])
  }
  const sheet = workbook.addWorksheet('台账')
  for (const cells of layout.above) sheet.addRow([...cells])
  if (layout.above.length > 0) sheet.mergeCells(1, 1, 1, 6)
  sheet.addRow(layout.headers.map(([, header]) => header))
  if (layout.second === 'codes') sheet.addRow(layout.headers.map(([code]) => code))
  const rowNumbers: number[] = []
  for (const [index, row] of rows.entries()) {
    if (index > 0 && index % 83 === 0) sheet.addRow([])
    const cells = layout.headers.map(([code]): Cell => (code === null ? index + 1 : (row.cells[code] ?? '')))
    const added = sheet.addRow(cells)
    added.eachCell((cell) => {
      if (cell.value instanceof Date) cell.numFmt = 'yyyy/m/d'
    })
    rowNumbers.push(added.number)
  }
  sheet.addRow([])
  sheet.addRow(['合计', `${rows.length} 件`])
  sheet.addRow(['填表人：示例', '', '审核人：示例', '', '2026年11月'])
  await workbook.xlsx.writeFile(path)
  const columns = layout.headers.flatMap(([code], index) =>
    code === null ? [] : [[code, sheet.getColumn(index + 1).letter] as const],
  )
  return { rowNumbers, columns: Object.fromEntries(columns) }
}

import { brokenUscc, inventedName, inventedUscc, testBureau } from '@test/fixtures/invented-subjects'

/** What a clerk typed into a cell: text, a number, a day, a formula with its stored result. */
export type Cell = string | number | Date | { readonly formula: string; readonly result: string }

/** One row as it stands in the workbook, and what must become of it. */
export interface MessyRow {
  /** Cells by field code. */
  readonly cells: Record<string, Cell>
  /** What must reach the platform, exactly, if the row is clean. */
  readonly payload: Record<string, string>
  /** The field that must be complained of, if the row must not pass. */
  blockedBy: string | null
  warnedBy: string | null
}

/** A way in which rows come. `P` stands for the prefix of the type's codes. */
interface Twist {
  readonly apply: (row: MessyRow, index: number) => void
}

export const officialTypes = ['XZXK_FR', 'XZXK_ZRR', 'XZCF_FR', 'XZCF_ZRR', 'RYBZ_FR'] as const
export type OfficialType = (typeof officialTypes)[number]

const decidedOn = '2026-11-10'
const fullWidth = (text: string): string =>
  [...text].map((char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)).join('')

/** A resident number of the printed example's region and day with a check character that holds. */
export function residentId(number: number): string {
  const body = `11010519491231${String(number).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0)
  return body + '10X98765432'[sum % 11]!
}
const otherCheck = (id: string): string => id.slice(0, 17) + (id.endsWith('1') ? '2' : '1')

function plainText(cell: Cell): string {
  if (typeof cell === 'string' || typeof cell === 'number') return String(cell)
  throw new Error('a day or a formula needs the text that is meant')
}

const typed = (
  field: string,
  cell: Cell | ((index: number) => Cell),
  meant?: string | ((index: number) => string),
): Twist => ({
  apply(row, index) {
    const value = typeof cell === 'function' ? cell(index) : cell
    row.cells[field] = value
    const text = typeof meant === 'function' ? meant(index) : (meant ?? plainText(value))
    if (text === '') delete row.payload[field]
    else row.payload[field] = text
  },
})
const blocked = (field: string, cell: Cell | ((index: number) => Cell)): Twist => ({
  apply(row, index) {
    typed(field, cell).apply(row, index)
    row.blockedBy = field
  },
})
const warned = (field: string, cell: Cell | ((index: number) => Cell)): Twist => ({
  apply(row, index) {
    typed(field, cell).apply(row, index)
    row.warnedBy = field
  },
})
const both = (...twists: readonly Twist[]): Twist => ({
  apply: (row, index) => twists.forEach((twist) => twist.apply(row, index)),
})

const dateTwists = (field: string): readonly Twist[] => [
  typed(field, new Date(`${decidedOn}T00:00:00Z`), decidedOn),
  typed(field, '2026年11月10日', decidedOn),
  typed(field, '二〇二六年十一月十日', decidedOn),
  typed(field, '２０２６/１１/１０', decidedOn),
  warned(field, 46_336),
  blocked(field, '2026-02-30'),
  blocked(field, '5/1/2026'),
  blocked(field, '2026-12-25'),
  blocked(field, ''),
]

const nameTwists = (field: string): readonly Twist[] => [
  typed(field, (index) => `\ufeff ${inventedName(index)}\u200b `, inventedName),
  blocked(field, '无'),
  blocked(field, '锟斤拷公司'),
]

const legalTwists = (prefix: 'XK' | 'CF'): readonly Twist[] => {
  const code = `${prefix}_XDR_SHXYM`
  const kind = `${prefix}_XDR_LB`
  return [
    typed(
      code,
      (index) => fullWidth(inventedUscc(index)),
      (index) => inventedUscc(index),
    ),
    typed(
      code,
      (index) => ` ${inventedUscc(index)}\u200b`,
      (index) => inventedUscc(index),
    ),
    blocked(code, (index) => brokenUscc(index)),
    blocked(code, (index) => 913_603_021_000_000_000 + index),
    blocked(code, '9.13603E+17'),
    blocked(code, ''),
    {
      apply: (row, index) =>
        both(typed(code, inventedUscc(index, '92')), blocked(kind, '法人')).apply(row, index),
    },
    {
      apply: (row, index) =>
        both(typed(code, inventedUscc(index, '92')), typed(kind, '个体户', '个体工商户')).apply(row, index),
    },
    blocked(kind, '自然人'),
    ...nameTwists(`${prefix}_XDR_MC`),
  ]
}

const naturalTwists = (prefix: 'XK' | 'CF'): readonly Twist[] => {
  const id = `${prefix}_XDR_ZJHM`
  const name = `${prefix}_XDR_MC`
  return [
    blocked(id, (index) => otherCheck(residentId(index % 1_000))),
    blocked(id, (index) => residentId(index % 1_000).slice(0, 17)),
    blocked(id, Number('110105194912310021')),
    blocked(id, '1.10105E+17'),
    blocked(id, '110105194902310026'),
    blocked(id, '990101194912310023'),
    typed(id, '11010519491231002x', '11010519491231002X'),
    typed(id, '11010519491231002Ｘ', '11010519491231002X'),
    blocked(name, '张'),
    typed(name, '买买提·吐尔逊'),
    typed(name, '王\u200b示例', '王示例'),
    blocked(`${prefix}_XDR_LB`, '法人及非法人组织'),
    blocked(`${prefix}_XDR_ZJLX`, '学生证'),
  ]
}

const licenceTwists: readonly Twist[] = [
  typed('XK_YXQZI', '长期', '2099-12-31'),
  typed('XK_YXQZI', '2099/12/31', '2099-12-31'),
  blocked('XK_YXQZI', '2026-11-09'),
  typed('XK_ZT', '有效', '1'),
  blocked('XK_ZT', '也许'),
  typed('XK_XKLB', '普通许可', '普通'),
  typed('XK_WSH', (index) => `萍示许（2026）${index}号`),
  typed('BZ', '=1+1'),
  typed('BZ', { formula: '"已"&"核"', result: '已核' }, '已核'),
  blocked('XK_NR', '涉密事项，不予公开'),
]

const penaltyTwists: readonly Twist[] = [
  // 2,000 yuan are 0.2 in the unit of the field; 2000 would be twenty million.
  both(typed('CF_NR', '罚款2000元'), typed('CF_NR_FK', '0.2')),
  both(typed('CF_NR', '罚款2000元'), typed('CF_NR_FK', 0.2)),
  both(typed('CF_NR', '罚款2000元'), warned('CF_NR_FK', '2000')),
  both(typed('CF_NR', '罚款20,000,000元'), typed('CF_NR_FK', '２，０００', '2000')),
  blocked('CF_NR_FK', ''),
  blocked('CF_NR_FK', '0'),
  blocked('CF_NR_FK', '壹万元'),
  blocked('CF_NR_FK', '1e308'),
  both(
    typed('CF_CFLB', '吊销许可证', '暂扣或者吊销许可证'),
    typed('CF_NR_FK', ''),
    blocked('CF_NR_ZKDX', ''),
  ),
  typed('CF_CFLB', '1', '罚款'),
  both(typed('CF_CFLB', '警告；罚款', '警告;罚款')),
  blocked('CF_SY', '适用简易程序当场作出'),
  typed('CF_YXQ', '长期', '2099-12-31'),
  blocked('CF_YXQ', '2026-11-01'),
]

const honourTwists: readonly Twist[] = [
  ...nameTwists('JGQC'),
  typed(
    'TYSHXYDM',
    (index) => fullWidth(inventedUscc(index)),
    (index) => inventedUscc(index),
  ),
  blocked('TYSHXYDM', (index) => brokenUscc(index)),
  blocked('TYSHXYDM', (index) => 913_603_021_000_000_000 + index),
  typed('RYDJ', '市', '市级'),
  blocked('RYDJ', '宇宙级'),
  blocked('BZWJH', ''),
  blocked('BZMC', '/'),
  ...dateTwists('RDRQ'),
]

/** The cells of a good row of a type, by field code; no two numbers give the same record. */
export function goodCells(type: OfficialType, index: number): Record<string, string> {
  const { code, name } = testBureau
  const isLegal = type.endsWith('_FR')
  if (type === 'RYBZ_FR') {
    const subject = {
      JGQC: inventedName(index),
      TYSHXYDM: inventedUscc(index),
      BZWJH: `萍示奖〔2026〕${index}号`,
    }
    return { ...subject, BZMC: '诚信经营示范店', RYDJ: '市级', RDJGQC: name, RDRQ: decidedOn, BZ: '第一批' }
  }
  const isLicence = type.startsWith('XZXK')
  const prefix = isLicence ? 'XK' : 'CF'
  const subject = isLegal
    ? {
        [`${prefix}_XDR_MC`]: inventedName(index),
        [`${prefix}_XDR_LB`]: '法人及非法人组织',
        [`${prefix}_XDR_SHXYM`]: inventedUscc(index),
        [`${prefix}_FRDB`]: '陈示例',
      }
    : {
        [`${prefix}_XDR_MC`]: '王示例',
        [`${prefix}_XDR_LB`]: '自然人',
        [`${prefix}_XDR_ZJLX`]: '身份证',
        [`${prefix}_XDR_ZJHM`]: residentId(index % 1_000),
      }
  const deed = isLicence
    ? {
        ...{
          XK_XKWS: '准予许可决定书',
          XK_WSH: `萍示许〔2026〕${index}号`,
          XK_XKLB: '普通',
          XK_NR: '准予从事食品经营',
        },
        ...{ XK_JDRQ: decidedOn, XK_YXQZ: decidedOn, XK_YXQZI: '2031-11-09', XK_XKJG: name, XK_XKJGDM: code },
        ...{ XK_ZT: '1', XK_LYDW: name, XK_LYDWDM: code },
      }
    : {
        ...{ CF_WSH: `萍示罚〔2026〕${index}号`, CF_WFXW: '超范围经营', CF_SY: '超出许可范围从事经营活动' },
        ...{ CF_YJ: '《示例管理条例》第十条', CF_CFLB: '罚款', CF_NR: '罚款5000元', CF_NR_FK: '0.5' },
        ...{
          CF_JDRQ: decidedOn,
          CF_YXQ: '2027-11-10',
          CF_CFJG: name,
          CF_CFJGDM: code,
          CF_SJLY: name,
          CF_SJLYDM: code,
        },
      }
  return { ...subject, ...deed, BZ: '第一批' }
}

const twistsOf: Readonly<Record<OfficialType, readonly Twist[]>> = {
  XZXK_FR: [...legalTwists('XK'), ...licenceTwists, ...dateTwists('XK_JDRQ')],
  XZXK_ZRR: [...naturalTwists('XK'), ...licenceTwists, ...dateTwists('XK_JDRQ')],
  XZCF_FR: [...legalTwists('CF'), ...penaltyTwists, ...dateTwists('CF_JDRQ')],
  XZCF_ZRR: [...naturalTwists('CF'), ...penaltyTwists, ...dateTwists('CF_JDRQ')],
  RYBZ_FR: honourTwists,
}

/** Rows of a type, every second one twisted in one of the type's ways. */
export function messyRows(type: OfficialType, count: number, from: number): readonly MessyRow[] {
  const twists = twistsOf[type]
  return Array.from({ length: count }, (_, at) => {
    const payload = goodCells(type, from + at)
    const row: MessyRow = { cells: { ...payload }, payload, blockedBy: null, warnedBy: null }
    if (at % 2 === 1) twists[((at - 1) / 2) % twists.length]!.apply(row, from + at)
    return row
  })
}

/** The field that holds a type's document number. */
export const docNoField = (type: OfficialType): string =>
  type === 'RYBZ_FR' ? 'BZWJH' : type.startsWith('XZXK') ? 'XK_WSH' : 'CF_WSH'

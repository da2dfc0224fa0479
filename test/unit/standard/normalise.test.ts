import { withOfficialYear } from '@shared/standard/normalise/read-document-number'
import { repairProof } from '@shared/standard/repair-proof'
import type { CellKind, Normalised, RawValue } from '@shared/standard/standard'
import { describe, expect, it } from 'vitest'
import { typeOf } from './sample-standard'

const normalise = (type: string, field: string, text: string, kind: CellKind = 'text'): Normalised =>
  typeOf(type).normalise({ [field]: { text, kind } satisfies RawValue })

const proofOf = (field: string, text: string, cell: Partial<RawValue> = {}, type = 'XZCF_FR') => {
  const compiled = typeOf(type)
  const { changes } = compiled.normalise({ [field]: { text, kind: 'text', ...cell } })
  const spec = compiled.fields.find(({ code }) => code === field)!
  return changes[0] === undefined ? null : repairProof(spec, changes[0])
}

const valueOf = (
  field: string,
  text: string,
  kind: CellKind = 'text',
  type = 'XZCF_FR',
): string | undefined => normalise(type, field, text, kind).values[field]

describe('dates (X15, X18, X19)', () => {
  const date = (text: string, kind?: CellKind) => valueOf('CF_JDRQ', text, kind)

  it.each([
    '2024-01-05',
    '2024-1-5',
    '2024/1/5',
    '2024.1.5',
    '2024年1月5日',
    '2024 年 1 月 5 日',
    '二〇二四年一月五日',
    '二○二四年一月五日',
    '二0二四年元月五日',
    '20240105',
    '2024-01-05 10:30',
    '2024/1/5 0:00:00',
    '2024-01-05T08:00:00.000Z',
    '２０２４－０１－０５',
    ' 2024-01-05 ',
    '2024年01月05号',
  ])('reads %s', (text) => {
    expect(date(text)).toBe('2024-01-05')
  })

  it('reads Chinese tens', () => {
    expect(date('二〇二五年十二月三十一日')).toBe('2025-12-31')
    expect(date('二〇二五年十月二十日')).toBe('2025-10-20')
    expect(date('二〇二五年二二月二日')).toBe('二〇二五年二二月二日')
  })

  it.each([
    '24-1-5',
    '5/1/2024',
    '2024-02-30',
    '2023-02-29',
    '0000-00-00',
    '2024年1月',
    '2024-13-01',
    '12345',
    '99999',
  ])('leaves %s to the check', (text) => {
    expect(date(text)).toBe(text)
    const issues = typeOf('XZCF_FR').check({ CF_JDRQ: text }, { today: '2026-11-23' })
    const code = ['24-1-5', '5/1/2024'].includes(text) ? 'date.ambiguous' : 'date.malformed'
    const found = issues.filter((issue) => issue.field === 'CF_JDRQ').map((issue) => issue.code)
    expect(found).toEqual([code])
  })

  it.each(['长期', '长期有效', '永久', '9999-12-31', '9999/12/31', '99991231', '2958465'])(
    '%s is no end',
    (text) => {
      expect(valueOf('CF_YXQ', text)).toBe('2099-12-31')
    },
  )

  it('X16 reads a serial number of a workbook that counts from 1904', () => {
    const cell = { text: '43830', kind: 'number', is1904: true } as const
    expect(typeOf('XZCF_FR').normalise({ CF_JDRQ: cell }).values).toEqual({ CF_JDRQ: '2024-01-01' })
    expect(proofOf('CF_JDRQ', '43830', cell)).toEqual({
      kind: 'day-count',
      params: { days: '43830', from: 1904 },
    })
  })

  it('reads a serial number, silently from a date cell and with a warning from any other', () => {
    expect(normalise('XZCF_FR', 'CF_JDRQ', '45292', 'date')).toMatchObject({
      values: { CF_JDRQ: '2024-01-01' },
      issues: [],
    })
    expect(normalise('XZCF_FR', 'CF_JDRQ', '45292', 'number')).toMatchObject({
      values: { CF_JDRQ: '2024-01-01' },
      issues: [{ code: 'import.serial-date', severity: 'warning' }],
    })
    expect(date('20240105', 'number')).toBe('2024-01-05')
    expect(date('45292.5', 'date')).toBe('2024-01-01')
  })
})

describe('amounts (X21)', () => {
  const amount = (text: string, kind?: CellKind) => valueOf('CF_NR_FK', text, kind)

  it.each([
    ['１，２３４．５６', '1234.56'],
    ['1,234,567.80', '1234567.8'],
    ['-0', '0'],
    ['+2', '2'],
    ['002.500', '2.5'],
    ['.5', '0.5'],
    ['2万元', '2'],
    ['￥2', '2'],
    ['人民币2万元', '2'],
    ['0', '0'],
    ['0.000001', '0.000001'],
    ['9007199254740993', '9007199254740993'],
  ])('reads %s as %s', (text, expected) => {
    expect(amount(text)).toBe(expected)
  })

  it.each(['1e308', 'NaN', '壹万元', '20000元', '1,23', '0.1+0.2', 'Infinity', '2元', '1.2.3'])(
    'leaves %s to the check, which refuses it',
    (text) => {
      expect(amount(text)).toBe(text)
      const issues = typeOf('XZCF_FR').check({ CF_NR_FK: text }, { today: '2026-11-23' })
      expect(issues.map((issue) => issue.code)).toContain(
        /元$/.test(text) && /^\d/.test(text) ? 'decimal.unit' : 'decimal.malformed',
      )
    },
  )

  it('rounds the noise of a numeric cell as the workbook shows it, without floating point', () => {
    expect(amount('0.30000000000000004', 'number')).toBe('0.3')
    expect(amount('2E-06', 'number')).toBe('0.000002')
    expect(amount('1.5E+3', 'number')).toBe('1500')
    expect(amount('0.1', 'number')).toBe('0.1')
    expect(amount('9.99999999999999999', 'number')).toBe('10')
    expect(amount('0.30000000000000004')).toBe('0.30000000000000004')
  })

  it.each([
    ['5000', '0.5', 'divided'],
    ['5,000', '0.5', 'divided'],
    ['５０００元', '0.5', 'divided'],
    ['0', '0', 'same-number'],
    ['1', '0.0001', 'divided'],
    ['2万元', '2', null],
    ['约5000', '约5000', null],
  ])('%s in a column of 元 is %s 万元, in sight', (text, expected, kind) => {
    const cell = { text, kind: 'text', unit: '元' } as const
    const { values, changes } = typeOf('XZCF_FR').normalise({ CF_NR_FK: cell })
    expect(values['CF_NR_FK']).toBe(expected)
    if (kind === 'divided') expect(changes[0]?.kinds).toContain('unit')
    if (kind === 'divided')
      expect(proofOf('CF_NR_FK', text, { unit: '元' })).toEqual({ kind, params: { factor: 10_000 } })
  })

  it('offers the amount in the unit of the field', () => {
    const [issue] = typeOf('XZCF_FR')
      .check({ CF_NR_FK: '20000元' }, { today: '2026-11-23' })
      .filter((one) => one.code === 'decimal.unit')
    expect(issue?.fix).toEqual({ value: '2', proof: 'fix.unit-converted' })
  })
})

describe('identifiers (X1, X2, X4, D1)', () => {
  const id = (text: string, kind?: CellKind) => normalise('XZCF_ZRR', 'CF_XDR_ZJHM', text, kind)

  it.each(['440106199001011234', '440106199001011260', '11010519491231002'])(
    'never uses %s of a numeric cell',
    (text) => {
      expect(id(text, 'number')).toMatchObject({
        values: {},
        issues: [{ code: 'import.numeric-identifier', severity: 'error' }],
      })
    },
  )

  it.each([['text'], ['number']] as const)('refuses scientific notation in a %s cell', (kind) => {
    expect(id('4.40106E+17', kind)).toMatchObject({
      values: {},
      issues: [{ code: 'import.scientific-notation' }],
    })
  })

  it('refuses a numeric credit code or registration number too', () => {
    for (const field of ['CF_XDR_SHXYM', 'CF_XDR_GSZC', 'CF_XDR_SWDJ', 'CF_XDR_SYDW', 'CF_CFJGDM']) {
      expect(normalise('XZCF_FR', field, '110108000000016', 'number').values).toEqual({})
    }
  })

  it('sees digits that a workbook lost before the file was written', () => {
    expect(id('440106199001011000')).toMatchObject({ issues: [{ code: 'import.lost-digits' }] })
  })

  it('shows the tidying of a good one', () => {
    expect(id('11010519491231002x')).toMatchObject({
      values: { CF_XDR_ZJHM: '11010519491231002X' },
      changes: [{ kinds: ['upper-case'] }],
    })
    expect(id('１１０１０５１９４９１２３１００２Ｘ').changes[0]?.kinds).toEqual(['half-width'])
    expect(valueOf('CF_XDR_ZZJG', 'D2143569-X')).toBe('D2143569X')
    expect(valueOf('CF_XDR_SHXYM', "'9136 0000 6259 12173b")).toBe('91360000625912173B')
  })
})

describe('texts (X9, N1, N6, N7, N10, N12, C4)', () => {
  const name = (text: string) => normalise('XZCF_ZRR', 'CF_XDR_MC', text)

  it('leaves names as they are typed', () => {
    for (const text of [
      '买买提·吐尔逊',
      "O'Brien-Smith",
      '𠮷䶮㛃𬱖',
      '张　三',
      'ＡＢＣ公司',
      '萍乡（青山）公司',
    ]) {
      expect(name(text)).toEqual({ values: { CF_XDR_MC: text }, changes: [], issues: [] })
    }
  })

  it('removes what nobody can see, and shows it', () => {
    expect(name('张\u200b三\ufeff')).toEqual({
      values: { CF_XDR_MC: '张三' },
      changes: [{ field: 'CF_XDR_MC', raw: '张\u200b三\ufeff', value: '张三', kinds: ['zero-width'] }],
      issues: [],
    })
    expect(name('\u3000张三 ').changes[0]?.kinds).toEqual(['trimmed'])
    expect(name('张\u0007三').changes[0]?.kinds).toEqual(['control-character'])
    expect(name("'张三").values).toEqual({ CF_XDR_MC: '张三' })
  })

  it('joins the lines of a single-line field, and keeps those of a long one', () => {
    expect(valueOf('CF_XDR_MC', '萍乡市\r\n青山公司')).toBe('萍乡市青山公司')
    expect(valueOf('CF_XDR_MC', 'Green \n Hill')).toBe('Green Hill')
    expect(valueOf('CF_NR', '一、警告\r\n二、罚款')).toBe('一、警告\n二、罚款')
  })

  it('gives the characters that GB 18030-2022 moved their present code', () => {
    expect(name('\ue81e三')).toMatchObject({
      values: { CF_XDR_MC: '\u9fb4三' },
      changes: [{ kinds: ['remapped-character'] }],
    })
  })

  it('takes a word for nothing as blank where blank is allowed, and leaves it where a value is needed', () => {
    for (const word of ['无', '/', 'N/A', 'null', '—', '／']) {
      expect(normalise('XZCF_FR', 'BZ', word)).toMatchObject({
        values: {},
        changes: [{ value: '', kinds: ['placeholder'] }],
      })
      expect(valueOf('CF_XDR_MC', word)).toBe(word)
    }
  })

  it.each([
    ['number', '360302123456789000'],
    ['number', '3.60302123456789E+17'],
    ['number', '3.60302E+17'],
    ['text', '3.60302E+17'],
    ['text', '4.4E+17１'],
  ] as const)('X2 X4 a %s %s without a shape of its own is lost too', (kind, text) => {
    for (const field of ['XK_XKBH', 'XK_WSH']) {
      const { values, issues } = normalise('XZXK_FR', field, text, kind)
      expect(values).toEqual({})
      expect(issues).toMatchObject([{ severity: 'error', field }])
      const code = text.includes('E') ? 'import.scientific-notation' : 'import.numeric-identifier'
      expect(issues[0]?.code).toBe(code)
    }
  })

  it.each([
    ['number', '123456789012345'],
    ['text', '360302123456789012'],
    ['text', '2E3'],
    ['text', 'E+12'],
  ] as const)('a %s %s is a number of a certificate', (kind, text) => {
    expect(normalise('XZXK_FR', 'XK_XKBH', text, kind)).toMatchObject({
      values: { XK_XKBH: text },
      issues: [],
    })
  })

  it('reports a cell error and leaves blank cells alone', () => {
    expect(normalise('XZCF_FR', 'CF_NR', '#N/A', 'error')).toMatchObject({
      values: {},
      issues: [{ code: 'import.cell-error' }],
    })
    expect(normalise('XZCF_FR', 'CF_NR', '  \n ')).toEqual({ values: {}, changes: [], issues: [] })
  })

  it.each([
    '萍环罚[2026]12号',
    '萍环罚(2026)12号',
    '萍环罚（2026）12号',
    '萍环罚【2026】12号',
    '萍环罚〔 2026 〕12号',
    '萍环罚〔2026】12号',
  ])('%s keeps its brackets, and is offered those of official documents', (text) => {
    expect(normalise('XZCF_FR', 'CF_WSH', text)).toMatchObject({ values: { CF_WSH: text }, changes: [] })
    expect(withOfficialYear(text)).toBe('萍环罚〔2026〕12号')
    const values = { CF_WSH: text }
    const issue = typeOf('XZCF_FR')
      .check(values, { today: '2026-11-23' })
      .find(({ code }) => code === 'document-number.brackets')
    if (text.includes('〔')) return expect(issue).toBeUndefined()
    expect(issue).toMatchObject({ severity: 'hint', fix: { value: '萍环罚〔2026〕12号' } })
  })

  it('only the width of a document number is made one, in sight', () => {
    const { values, changes } = normalise('XZCF_FR', 'CF_WSH', '萍环罚［２０２６］１２号')
    expect(values['CF_WSH']).toBe('萍环罚［2026］12号')
    expect(changes).toMatchObject([{ raw: '萍环罚［２０２６］１２号', kinds: ['half-width'] }])
    expect(proofOf('CF_WSH', '萍环罚［２０２６］１２号')).toEqual({ kind: 'same-document', params: {} })
  })

  it.each([
    '萍环罚〔2026〕12号',
    '萍环罚2026第12号',
    '萍环罚字(第12号)',
    '(1234)12号',
    '（2026）赣0302执12号',
  ])('%s keeps its brackets', (text) => {
    expect(valueOf('CF_WSH', text)).toBe(text)
    expect(withOfficialYear(text)).toBe(text)
  })

  it('neither takes envelope fields nor names of the prototype', () => {
    const raw = { BMBM: { text: 'x', kind: 'text' }, __proto__: { text: 'x', kind: 'text' } } as const
    expect(typeOf('RYBZ_FR').normalise(raw).values).toEqual({})
  })
})

describe('codes', () => {
  it.each([
    ['CF_XDR_LB', '个体户', '个体工商户'],
    ['CF_CFLB', '1', '罚款'],
    ['CF_CFLB', '警告；罚款', '警告;罚款'],
    ['CF_CFLB', '警告、罚款', '警告;罚款'],
    ['CF_CFLB', '没收违法所得、没收非法财物', '没收违法所得、没收非法财物'],
    ['CF_CFLB', '罚款、没收违法所得、没收非法财物', '罚款;没收违法所得;没收非法财物'],
    ['CF_CFLB', '罚款，警告，罚款', '罚款;警告'],
    ['CF_CFLB', '通报批评', '其他-通报批评'],
    ['CF_CFLB', '其他（责令改正）', '其他-责令改正'],
    ['CF_CFLB', '没收工具', '没收工具'],
    ['CF_FR_ZJLX', '居民身份证', '身份证'],
  ])('%s: %s is %s', (field, text, expected) => {
    expect(valueOf(field, text)).toBe(expected)
  })

  it('reads the status by its word', () => {
    expect(valueOf('XK_ZT', '有效', 'text', 'XZXK_FR')).toBe('1')
    expect(valueOf('XK_XKLB', '其他(备注注明)', 'text', 'XZXK_FR')).toBe('其他')
    expect(valueOf('XK_XKLB', '其他——补办', 'text', 'XZXK_FR')).toBe('其他-补办')
  })
})

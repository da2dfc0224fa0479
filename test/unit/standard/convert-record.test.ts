import { FailureError } from '@shared/kernel/failure'
import type { Conversion } from '@shared/standard/conversion'
import { compileConversion } from '@shared/standard/convert-record'
import { loadStandard } from '@engine/standards/standard-loader'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installed } from './installed-sample'
import { packFolder } from './sample-standard'

const conversionOf = (code: string) => installed.conversions.get(code)!

/** What becomes of an old record whose cells hold these texts. */
function convert(code: string, texts: Readonly<Record<string, string>>) {
  const { source, convert } = conversionOf(code)
  const raw = Object.fromEntries(
    Object.entries(texts).map(([field, text]) => [field, { text, kind: 'text' as const }]),
  )
  const { type, values, issues } = convert(source.normalise(raw))
  return { recordType: type.spec.code, type, values, issues, codes: issues.map((issue) => issue.code) }
}

const licence = {
  XK_WSH: '萍国土许〔2017〕12号',
  XK_XMMC: '采矿权延续',
  XK_BM: '0001',
  XK_SPLB: '普通',
  XK_NR: '准予延续',
  XK_XDR: '萍乡市青山建材有限公司',
  XK_XDR_SHXYM: '91360000625912173B',
  XK_XDR_ZDM: '19220382-1',
  XK_XDR_GSDJ: '110108000000016',
  XK_XDR_SWDJ: '91360000625912173B',
  XK_FR: '张山',
  XK_JDRQ: '2017/11/10',
  XK_JZQ: '2020/11/09',
  XK_XZJG: '萍乡市国土资源局',
  XK_ZT: '0',
  DFBM: '360300',
  SJC: '2017/11/12',
}

const penalty = {
  CF_WSH: '萍安监罚〔2017〕3号',
  CF_CFMC: '未按规定设置警示标志案',
  CF_BM: '0002',
  CF_CFLB1: '警告',
  CF_CFLB2: '罚款',
  CF_SY: '未设置警示标志',
  CF_YJ: '《中华人民共和国安全生产法》第九十六条',
  CF_XDR_MC: '萍乡市青山建材有限公司',
  CF_XDR_SHXYM: '91360000625912173B',
  CF_JG: '警告，罚款2万元',
  CF_JDRQ: '2017/11/10',
  CF_XZJG: '萍乡市安全生产监督管理局',
  CF_ZT: '0',
  DFBM: '360300',
  SJC: '2017/11/12',
}

describe('an old licence', () => {
  it('moves by meaning, never by number', () => {
    expect(convert('XZXK_2015', licence)).toMatchObject({
      recordType: 'XZXK_FR',
      values: {
        XK_XDR_MC: '萍乡市青山建材有限公司',
        XK_XDR_LB: '法人及非法人组织',
        XK_XDR_SHXYM: '91360000625912173B',
        // 2015: 代码_2 is the organisation code, 代码_3 the registration number; in 2018 it is the other way round.
        XK_XDR_ZZJG: '192203821',
        XK_XDR_GSZC: '110108000000016',
        XK_XDR_SWDJ: '91360000625912173B',
        XK_FRDB: '张山',
        XK_WSH: '萍国土许〔2017〕12号',
        XK_XKLB: '普通',
        XK_NR: '准予延续',
        XK_JDRQ: '2017-11-10',
        XK_YXQZI: '2020-11-09',
        XK_XKJG: '萍乡市国土资源局',
        XK_ZT: '1',
      },
    })
  })

  it('leaves blank what it never said, so that the check asks for it', () => {
    const { type, values, issues } = convert('XZXK_2015', licence)
    const missing = type
      .check(values, { today: '2026-11-23' })
      .filter((issue) => issue.code === 'field.required')
      .map((issue) => issue.field)
    expect(missing).toEqual(['XK_XKWS', 'XK_YXQZ', 'XK_XKJGDM', 'XK_LYDW', 'XK_LYDWDM'])
    expect(issues).toMatchObject([{ code: 'import.without-equivalent', severity: 'hint', field: 'BZ' }])
    expect(type.message(issues[0]!)).toContain('“项目名称”（采矿权延续）')
  })

  it('of a sole trader is known by the code', () => {
    expect(convert('XZXK_2015', { ...licence, XK_XDR_SHXYM: '92360302MA0000000X' }).values['XK_XDR_LB']).toBe(
      '个体工商户',
    )
  })

  it('of a subject without a credit code does not say which class it is', () => {
    const { values } = convert('XZXK_2015', { ...licence, XK_XDR_SHXYM: '' })
    expect(values['XK_XDR_LB']).toBeUndefined()
  })

  it('of a person becomes one of a person', () => {
    const person = {
      ...licence,
      XK_XDR: '张山',
      XK_XDR_SHXYM: '',
      XK_XDR_ZDM: '',
      XK_XDR_GSDJ: '',
      XK_XDR_SWDJ: '',
      XK_FR: '',
      XK_XDR_SFZ: '11010519491231002X',
    }
    expect(convert('XZXK_2015', person)).toMatchObject({
      recordType: 'XZXK_ZRR',
      values: {
        XK_XDR_MC: '张山',
        XK_XDR_LB: '自然人',
        XK_XDR_ZJLX: '身份证',
        XK_XDR_ZJHM: '11010519491231002X',
      },
    })
    expect(convert('XZXK_2015', { ...person, XK_XDR_SFZ: 'E12345678' }).values).not.toHaveProperty(
      'XK_XDR_ZJLX',
    )
  })

  it('gives the number of a legal subject to its representative', () => {
    expect(convert('XZXK_2015', { ...licence, XK_XDR_SFZ: '11010519491231002X' })).toMatchObject({
      recordType: 'XZXK_FR',
      values: { XK_FR_ZJLX: '身份证', XK_FR_ZJHM: '11010519491231002X' },
    })
  })

  it.each([
    ['', '1'],
    ['正常', '1'],
    ['1', '2'],
    ['撤销', '2'],
  ])('of state “%s” has state %s now', (old, now) => {
    expect(convert('XZXK_2015', { ...licence, XK_ZT: old }).values['XK_ZT']).toBe(now)
  })

  it.each(['2', '其他（备注说明）'])('of state “%s” has no state now, and says so', (old) => {
    const { values, issues, type } = convert('XZXK_2015', { ...licence, XK_ZT: old })
    expect(values['XK_ZT']).toBeUndefined()
    const issue = issues.find((one) => one.code === 'import.no-equivalent')!
    expect(issue).toMatchObject({ severity: 'error', field: 'XK_ZT' })
    expect(type.message(issue)).toContain('“当前状态”是“')
  })

  it('that was not for the public asks a person', () => {
    expect(convert('XZXK_2015', { ...licence, XK_SYFW: '1' }).codes).toContain('import.not-for-public')
    expect(convert('XZXK_2015', { ...licence, XK_SYFW: '0' }).codes).not.toContain('import.not-for-public')
  })

  it('keeps what its cells showed, under the new field', () => {
    const { source, convert: turn } = conversionOf('XZXK_2015')
    const old = source.normalise({ XK_XDR_GSDJ: { text: '110108000000016', kind: 'number' } })
    expect(turn(old).issues).toMatchObject([{ code: 'import.numeric-identifier', field: 'XK_XDR_GSZC' }])
  })
})

describe('an old penalty', () => {
  it('joins its classes, keeps its result as content, and reads no amount out of it', () => {
    const { recordType, values } = convert('XZCF_2015', penalty)
    expect(recordType).toBe('XZCF_FR')
    expect(values).toMatchObject({ CF_CFLB: '警告;罚款', CF_NR: '警告，罚款2万元', CF_SY: '未设置警示标志' })
    expect(values).not.toHaveProperty('CF_NR_FK')
    expect(values).not.toHaveProperty('CF_YXQ')
  })

  it('says what became of its name and severity', () => {
    const { issues, type } = convert('XZCF_2015', { ...penalty, CF_SXYZCD: '3' })
    expect(type.message(issues.find((one) => one.code === 'import.without-equivalent')!)).toContain(
      '“处罚名称”（未按规定设置警示标志案）、“失信严重程度”（严重）',
    )
  })

  it('that was revoked must not go out again', () => {
    const { issues } = convert('XZCF_2015', { ...penalty, CF_ZT: '1' })
    expect(issues).toContainEqual(
      expect.objectContaining({ code: 'import.revoked-penalty', severity: 'error', field: 'CF_WSH' }),
    )
    expect(convert('XZCF_2015', { ...penalty, CF_ZT: '2' }).codes).toContain('import.disputed-penalty')
  })
})

describe('an old table that was completed', () => {
  it('brings the new fields under their own names, and they win over what is only concluded', () => {
    const { values } = convert('XZCF_2015', {
      ...penalty,
      CF_FR: '张山',
      CF_WFXW: '未设置安全警示标志',
      CF_NR_FK: '2',
      CF_YXQ: '长期',
      CF_XDR_LB: '法人及非法人组织',
      CF_CFJGDM: '11360300014500006J',
      CF_SJLY: '萍乡市应急管理局',
      CF_SJLYDM: '11360300014500006J',
    })
    expect(values).toMatchObject({ CF_WFXW: '未设置安全警示标志', CF_NR_FK: '2', CF_YXQ: '2099-12-31' })
    const type = installed.types.get('XZCF_FR')!
    expect(type.check(values, { today: '2018-01-01' }).filter((one) => one.severity === 'error')).toEqual([])
  })

  it('names the fields that every new record needs', () => {
    const { layout } = conversionOf('XZCF_2015')
    expect(layout.needed).toEqual(['CF_WFXW', 'CF_YXQ', 'CF_CFJGDM', 'CF_SJLY', 'CF_SJLYDM'])
  })
})

describe('a conversion', () => {
  const { conversion } = conversionOf('XZXK_2015')
  const older = loadStandard(resolve(packFolder, '../../pingxiang-credit-2015/2015.1'))
  const lastFields = conversion.targets.at(-1)!.fields
  const changed = (fields: Conversion['targets'][number]['fields']): Conversion => ({
    ...conversion,
    targets: [{ recordType: 'XZXK_FR', fields }],
  })

  it.each<[string, Conversion, RegExp]>([
    [
      'pairs two codes',
      changed([...lastFields, { to: 'XK_XDR_GSZC', from: ['XK_XDR_ZDM'] }]),
      /orgCode is not regNo15/,
    ],
    [
      'pairs a date with a text',
      changed([...lastFields, { to: 'XK_XKWS', from: ['SJC'] }]),
      /a date cannot become a text/,
    ],
    [
      'makes a personal number public',
      changed([...lastFields, { to: 'XK_XKWS', from: ['XK_FR'] }]),
      /would become public/,
    ],
    ['forgets a field', { ...conversion, outlived: [] }, /nothing is said of XK_BM/],
    [
      'joins values that are no codes',
      changed([...lastFields, { to: 'XK_XKWS', from: ['XK_BM', 'XK_XMMC'] }]),
      /holds one value/,
    ],
    ['names an unknown code', changed([{ to: 'XK_ZT', value: '9' }, ...lastFields]), /knows no 9/],
    [
      'names an unknown field',
      changed([...lastFields, { to: 'XK_XX', from: ['XK_BM'] }]),
      /unknown field XK_XX/,
    ],
    [
      'names an unknown old field',
      changed([...lastFields, { to: 'XK_XKWS', from: ['XK_XX'] }]),
      /unknown old field/,
    ],
    [
      'lets a record fall between its targets',
      { ...conversion, targets: conversion.targets.slice(0, 1) },
      /takes every record/,
    ],
  ])('is refused when it %s', (_, broken, reason) => {
    try {
      compileConversion(broken, older, installed)
      expect.unreachable()
    } catch (error) {
      if (!(error instanceof FailureError)) throw error
      expect(error.failure).toMatchObject({ code: 'pack.invalid', params: { path: 'conversions.XZXK_2015' } })
      expect(error.failure.params['reason']).toMatch(reason)
    }
  })
})

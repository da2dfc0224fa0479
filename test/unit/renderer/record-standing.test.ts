import { describe, expect, it } from 'vitest'
import { besideTag, standingOf } from '@renderer/components/record-standing'
import { columnHeads, columnInError } from '@renderer/screens/records/record-columns'
import { demoRows } from '@test/fixtures/demo/demo-records'
import { demoStandard } from '@test/fixtures/demo/demo-standard'

const clean = demoRows[1]!
const blocked = { ...clean, quality: 'blocked', headlineCode: 'field.required' } as const

describe('the one tag of a record', () => {
  it('says first what keeps it from being sent on purpose', () => {
    const held = { ...blocked, held: { reason: '等补证', until: null } }
    expect(standingOf(held)).toEqual({ tone: 'plain', text: '暂缓' })
    expect(standingOf({ ...held, excluded: 'classified' }).text).toBe('不予报送')
    expect(standingOf({ ...held, editorial: 'discarded' }).text).toBe('已作废')
    expect(besideTag(held)).toBe('等补证')
  })

  it('shows the number of the platform on a rejection and no green before a verdict', () => {
    expect(standingOf({ ...clean, delivery: 'rejected', headlineCode: 'platform.1001' })).toEqual({
      tone: 'late',
      text: '退回 1001',
    })
    for (const delivery of ['sealed', 'sending', 'processing', 'unknown', 'duplicate'] as const) {
      expect(standingOf({ ...clean, delivery }).tone).not.toBe('good')
    }
    expect(standingOf({ ...clean, delivery: 'accepted' }).tone).toBe('good')
  })

  it('takes a short first clause into the tag and leaves a long one beside it', () => {
    const short = { ...blocked, headline: '“许可内容”没有填写，请补充。' }
    expect(standingOf(short).text).toBe('许可内容没有填写')
    expect(besideTag(short)).toBe('')
    const long = { ...blocked, headline: '统一社会信用代码的第十八位校验位与前十七位不符。' }
    expect(standingOf(long).text).toBe('有错误')
    expect(besideTag(long)).toBe(long.headline)
    const labelled = { ...blocked, headline: '“行政相对人代码_1(统一社会信用代码)”校验位不符，请核对。' }
    expect(standingOf(labelled).text).toBe('有错误')
    expect(besideTag(labelled)).toBe('统一社会信用代码校验位不符，请核对。')
    const other = { ...blocked, headline: '“行政相对人类别”与统一社会信用代码不一致，应选“个体工商户”。' }
    expect(besideTag(other)).toBe('行政相对人类别与统一社会信用代码不一致，应选“个体工商户”。')
  })
})

describe('the columns', () => {
  const licence = demoStandard.recordTypes[0]!

  it('carry the labels of the pack for one type and general words for all', () => {
    expect(columnHeads(licence).docNo).toBe('许可决定文书号')
    expect(columnHeads(null).docNo).toBe('文书号')
  })

  it('underline the field that the first problem is about', () => {
    expect(columnInError({ ...blocked, headlineField: 'XK_XDR_SHXYM' }, licence)).toBe('code')
    expect(columnInError({ ...blocked, headlineField: 'XK_JDRQ' }, licence)).toBe('legalDate')
    expect(columnInError({ ...blocked, headlineField: 'XK_NR' }, licence)).toBeNull()
    expect(columnInError({ ...blocked, headlineField: null }, licence)).toBeNull()
    expect(columnInError({ ...clean, headlineField: 'XK_JDRQ' }, licence)).toBeNull()
    const rejected = { ...clean, delivery: 'rejected', headlineField: 'XK_XDR_MC' } as const
    expect(columnInError(rejected, licence)).toBe('subject')
  })
})

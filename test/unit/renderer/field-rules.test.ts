import { describe, expect, it } from 'vitest'
import type { FieldSpec, RecordTypeSpec } from '@shared/standard/pack'
import { shortLabel } from '@renderer/components/field-label'
import {
  bureauDefaults,
  fieldGroups,
  isRequired,
  joinCodes,
  readableValue,
  splitCodes,
} from '@renderer/screens/form/field-rules'
import { demoStandard } from '@test/fixtures/demo/demo-standard'

const penalty = demoStandard.recordTypes.find((type) => type.code === 'XZCF_FR')!
const fieldOf = (spec: RecordTypeSpec, code: string): FieldSpec =>
  spec.fields.find((one) => one.code === code)!

describe('the form of a record type', () => {
  it('keeps the groups of the pack in order and leaves envelope fields out', () => {
    const withEnvelope = {
      ...penalty,
      fields: [{ ...penalty.fields[0]!, code: 'ENV', envelope: true }, ...penalty.fields],
    }
    const groups = fieldGroups(withEnvelope)
    expect(groups.map((group) => group.title)).toEqual(['相对人', '处罚', '来源'])
    expect(groups.flatMap((group) => group.fields).map((field) => field.code)).not.toContain('ENV')
  })

  it('marks a conditional field as required only while its condition holds', () => {
    const amount = fieldOf(penalty, 'CF_NR_FK')
    expect(isRequired(amount, {})).toBe(false)
    expect(isRequired(amount, { CF_CFLB: '警告' })).toBe(false)
    expect(isRequired(amount, { CF_CFLB: '警告;罚款' })).toBe(true)
    expect(isRequired(fieldOf(penalty, 'CF_WSH'), {})).toBe(true)
    expect(isRequired(fieldOf(penalty, 'BZ'), {})).toBe(false)
  })

  it('takes code lists apart and puts them together as the standard wants', () => {
    expect(splitCodes('罚款； 警告;')).toEqual(['罚款', '警告'])
    expect(joinCodes(['罚款', '警告'])).toBe('罚款;警告')
    expect(splitCodes('')).toEqual([])
  })

  it('reads codes out by their labels and leaves unlisted ones as they are', () => {
    const licence = demoStandard.recordTypes[0]!
    const list = demoStandard.codeLists['ZT']!
    expect(readableValue(fieldOf(licence, 'XK_ZT'), list, '1')).toBe('有效')
    expect(readableValue(fieldOf(licence, 'XK_ZT'), list, '9')).toBe('9')
  })

  it('starts a new record with the bureau where the pack asks for an authority, never as the subject', () => {
    const bureau = { name: '示范局', code: '11360300MB1234567A' }
    expect(bureauDefaults(penalty, bureau)).toEqual({ CF_LYDW: '示范局', CF_LYDWDM: '11360300MB1234567A' })
    const odd = { ...penalty, search: { ...penalty.search, subjectCode: 'CF_LYDWDM' } }
    expect(bureauDefaults(odd, bureau)).toEqual({})
  })
})

describe('labels', () => {
  it('lose their place in the paper form, and nothing else', () => {
    expect(shortLabel('行政相对人代码_1(统一社会信用代码)')).toBe('统一社会信用代码')
    expect(shortLabel('罚款金额（万元）')).toBe('罚款金额（万元）')
  })
})

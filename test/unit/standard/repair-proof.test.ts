import { repairProof } from '@shared/standard/repair-proof'
import { describe, expect, it } from 'vitest'
import { typeOf } from './sample-standard'

const proofKind = (field: string, text: string): string | null => {
  const type = typeOf('XZCF_FR')
  const change = type.normalise({ [field]: { text, kind: 'text' } }).changes[0]!
  return (
    repairProof(
      type.fields.find(({ code }) => code === field)!,
      change,
    )?.kind ?? null
  )
}

describe('the proof of a repair', () => {
  it.each([
    ['CF_XDR_SHXYM', '９１３５０１００Ｍ０００１００Ｙ４３', 'check-digit'],
    ['CF_XDR_SHXYM', '91350100m000100y43', 'check-digit'],
    ['CF_XDR_SHXYM', ' 91350100M000100Y40 ', 'same-text'],
    ['CF_FR_ZJHM', '11010519491231002x', 'check-digit'],
    ['CF_JDRQ', '2024年1月5日', 'real-day'],
    ['CF_JDRQ', '45292', 'day-count'],
    ['CF_YXQ', '长期', 'long-term'],
    ['CF_NR_FK', '1,234.50', 'same-number'],
    ['CF_XDR_MC', ' 甲公司\u200b', 'same-text'],
    ['CF_XDR_MC', '甲\n公司', 'same-text'],
    ['CF_XDR_LB', '法人', 'listed'],
    ['BZ', '无', 'blank-word'],
  ])('of %s %j is %s', (field, text, kind) => {
    expect(proofKind(field, text)).toBe(kind)
  })

  it('is not claimed where the value is another one', () => {
    const field = typeOf('XZCF_FR').fields.find(({ code }) => code === 'CF_XDR_MC')!
    const change = { field: 'CF_XDR_MC', raw: '甲公司', value: '乙公司', kinds: ['trimmed'] as const }
    expect(repairProof(field, change)).toBeNull()
  })

  it('names the day of the week', () => {
    const type = typeOf('XZCF_FR')
    const field = type.fields.find(({ code }) => code === 'CF_JDRQ')!
    const change = { field: 'CF_JDRQ', raw: '2024.1.5', value: '2024-01-05', kinds: ['date'] as const }
    expect(repairProof(field, change)).toEqual({ kind: 'real-day', params: { weekday: 5 } })
  })
})

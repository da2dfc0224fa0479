import { describe, expect, it } from 'vitest'
import { amountText } from '@renderer/texts/amount'

describe('an amount in the other unit', () => {
  it('is exact, digit for digit', () => {
    expect(amountText('0.2', '万元')).toBe('0.2 万元 = 2,000 元')
    expect(amountText('0.000001', '万元')).toBe('0.000001 万元 = 0.01 元')
    expect(amountText('123456789012', '万元')).toBe('123456789012 万元 = 1,234,567,890,120,000 元')
    expect(amountText('25000', '元')).toBe('25,000 元 = 2.5 万元')
  })

  it('is not shown for anything but a plain sum of money', () => {
    for (const [value, unit] of [
      ['2000元', '万元'],
      ['', '万元'],
      ['1e5', '万元'],
      ['300', '元'],
      ['3', '次'],
      ['3', undefined],
    ] as const) {
      expect(amountText(value, unit)).toBeNull()
    }
  })
})

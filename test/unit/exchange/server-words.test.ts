import { describe, expect, it } from 'vitest'
import { serverWords } from '@engine/services/server-words'

describe('words of a platform', () => {
  it.each([
    ['证件号码 110101199003070134 不存在', '110101199003070134'],
    ['请联系 13800138000 更正', '13800138000'],
    ['卡号 6222020200001234561 有误', '138 0013 8000'],
    ['电话 138 0013 8000', '138 0013 8000'],
  ])('are shown without the numbers of persons: %s', (text, number) => {
    expect(serverWords(text)).not.toContain(number)
  })

  it('keep what identifies a document or a firm', () => {
    const text = '1001: 萍市监许〔2026〕12号 91360302000001724A 主体不匹配'
    expect(serverWords(text)).toBe(text)
  })

  it('are cut, however long they come', () => {
    expect(serverWords('长'.repeat(1_000_000)).length).toBeLessThanOrEqual(2_000)
  })

  it('lose the characters that steer a terminal or turn the direction of writing', () => {
    expect(serverWords('查\u202e无\u2066此\u0000人\u001b[2J，\n请\t核对')).toBe('查无此人[2J，\n请\t核对')
  })
})

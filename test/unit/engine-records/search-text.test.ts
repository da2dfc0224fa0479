import { expect, test } from 'vitest'
import { pinyinInitials, searchText } from '@engine/reading/search-text'

test('a name is found by the initials that people type, also where a character is read in several ways', () => {
  expect(pinyinInitials('青山商贸')).toEqual(['QSSM'])
  expect(pinyinInitials('重庆火锅店')).toContain('CQHGD')
  expect(pinyinInitials('萍乡市农村商业银行')).toContain('PXSNCSYYH')
  expect(pinyinInitials('长沙米粉店')).toContain('CSMFD')
  expect(pinyinInitials('厦门海产')).toContain('XMHC')
  expect(pinyinInitials('曾示例')).toContain('ZSL')
  expect(pinyinInitials('单示例')).toContain('SSL')
})

test('what is no Chinese character gives no initial and moves none', () => {
  expect(pinyinInitials('ABC（行）123银行𠮷')).toContain('XYH')
  expect(pinyinInitials('')).toEqual([''])
  expect(pinyinInitials('Company 12')).toEqual([''])
})

test('the searched text holds every reading on a line of its own', () => {
  const lines = searchText('萍测字1号', '萍乡市示例银行', '').split('\n')
  expect(lines[1]).toBe('萍乡市示例银行')
  expect(lines.slice(3)).toContain('PXSSLYH')
})

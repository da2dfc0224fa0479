import { findPersonalData, isLuhnNumber, withoutPersonalData } from '@shared/standard/personal-data'
import { describe, expect, it } from 'vitest'

const kinds = (text: string): string[] => findPersonalData(text).map((one) => one.kind)

/** The printed samples of GB 11643 and invented numbers whose check digits hold. */
describe('what is found in free text', () => {
  it.each([
    ['当事人张三，身份证号11010519491231002X，违法经营。', ['residentId']],
    ['身份证：440524188001010014', ['residentId']],
    ['身份证号11010519491231002x。', ['residentId']],
    ['证号 110105 19491231 002X', ['residentId']],
    ['证号110105-19491231-002X', ['residentId']],
    ['证号１１０１０５１９４９１２３１００２Ｘ', ['residentId']],
    ['身份证号码为110105491231002', ['residentId']],
    ['联系电话13800138000', ['mobile']],
    ['电话 138 0013 8000、139-0013-9000', ['mobile', 'mobile']],
    ['电话+8613800138000', ['mobile']],
    ['电话+86 138 0013 8000', ['mobile']],
    ['退款至6222021234567890128', ['bankCard']],
    ['退款至 6222 0212 3456 7890 128', ['bankCard']],
    ['卡号3600 0000 0000 0008', ['bankCard']],
    ['家庭住址：江西省萍乡市安源区凤凰街12号', ['homeAddress']],
    ['户籍地江西省萍乡市湘东区麻山镇新民村三组', ['homeAddress']],
    ['现住安源区金色小区3栋2单元501室', ['homeAddress']],
    ['在金色小区3栋2单元501室查获', ['homeAddress']],
    [
      '张三（身份证号11010519491231002X，住址：上栗县上栗镇北街5号，电话13800138000）',
      ['residentId', 'homeAddress', 'mobile'],
    ],
  ])('%s', (text, found) => {
    expect(kinds(text)).toEqual(found)
  })
})

describe('what is none', () => {
  it.each([
    '罚款2000元',
    '萍市监罚〔2026〕12号',
    '统一社会信用代码91360000625912173B',
    '统一社会信用代码911100001000044477',
    '注册号360302110000123',
    '许可证号JY13603020012345',
    '检验批号20261110123456789',
    '2026-11-10 2026-11-11 2026-12-31',
    '身份证号110105194912310021',
    '固定电话0799-6832345',
    '单价1500 2000 300元',
    '住所：江西省萍乡市安源区朝阳中路88号',
    '公司住址：江西省萍乡市安源区青山建材有限公司厂区1号',
    '户籍地江西省萍乡市',
    '11位编号12345678901',
    '6222021234567890123',
  ])('%s', (text) => {
    expect(kinds(text)).toEqual([])
  })
})

describe('masking', () => {
  it('leaves nothing that is found again and nothing of the number but its ends', () => {
    expect(withoutPersonalData('身份证号11010519491231002X，电话138 0013 8000')).toBe(
      '身份证号1****************X，电话1** **** ****',
    )
    expect(withoutPersonalData('家庭住址：江西省萍乡市安源区凤凰街12号，现已搬离')).toBe(
      '家庭住址：江西省萍乡市安源区***，现已搬离',
    )
    expect(withoutPersonalData('在金色小区3栋2单元501室查获')).toBe('在金色小区***查获')
  })

  it('touches nothing else', () => {
    expect(withoutPersonalData('罚款2000元，没收5件。')).toBe('罚款2000元，没收5件。')
  })
})

it('knows the check digit of cards', () => {
  expect(isLuhnNumber('4111111111111111')).toBe(true)
  expect(isLuhnNumber('4111111111111112')).toBe(false)
})

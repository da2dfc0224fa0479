import { expect, test } from './client'

test('the reference answers what a rule asks, what it rests on and how to put it right', async ({
  client,
}) => {
  const { page, shot } = client
  await page.getByRole('link', { name: '规则与字段' }).click()
  await expect(page.getByRole('heading', { name: '必填项没有填' })).toBeVisible()
  await shot('40-reference-rules')

  await page.getByRole('textbox', { name: '搜索规则、字段、依据' }).fill('GB 32100 校验')
  await page.getByRole('navigation', { name: '检查规则' }).getByText('统一社会信用代码校验位不符').click()
  const rule = page.getByRole('article')
  await expect(rule.getByText('GB 32100-2015')).toBeVisible()
  await expect(rule.getByText('不合规', { exact: true })).toBeVisible()
  await expect(rule.getByText('没有一键修正')).toBeVisible()
  await shot('41-reference-rule')

  await page.getByRole('button', { name: '类别与字段' }).click()
  await page.getByRole('button', { name: /行政处罚（法人/ }).click()
  await page.getByRole('textbox', { name: '搜索字段' }).fill('罚款')
  await expect(page.getByRole('cell', { name: /^行政相对人名称/ })).toBeHidden()
  await expect(page.getByRole('cell', { name: /罚款金额（万元）/ })).toBeVisible()
  await expect(page.getByText('处罚决定日期次日起第 7 个工作日内报送')).toBeVisible()
  await shot('42-reference-fields')

  await page.getByRole('button', { name: '代码表', exact: true }).click()
  await page.getByRole('textbox', { name: '搜索代码' }).fill('通报批评')
  await expect(page.getByRole('cell', { name: '其他-通报批评', exact: true }).first()).toBeVisible()
  await shot('43-reference-codes')
})

test('a value that the standard leaves open is tried, kept, and holds in form and rules', async ({
  client,
}) => {
  const { page, shot } = client
  await page.getByRole('link', { name: '规则与字段' }).click()
  await page.getByRole('button', { name: '本市设置' }).click()
  await expect(page.getByRole('cell', { name: /许可内容的最大字数/ })).toBeVisible()
  await shot('44-settings')

  await page.getByRole('textbox', { name: '搜索设置、字段、依据' }).fill('许可决定文书名称')
  const length = page.getByRole('spinbutton', { name: '许可决定文书名称的最大字数' })
  await length.fill('40')
  await length.press('Tab')
  await page.getByRole('button', { name: '看看影响' }).click()
  await expect(page.getByText(/个字段的长度缩短/)).toBeVisible()
  await shot('45-settings-effect')
  await page.getByRole('button', { name: '保存并重新核对' }).click()
  await expect(page.getByText('已保存，草稿在后台重新核对。')).toBeVisible()
  await expect(page.getByRole('button', { name: '改回' })).toBeVisible()

  await page.getByRole('button', { name: '类别与字段' }).click()
  await page.getByRole('textbox', { name: '搜索字段' }).fill('文书名称')
  await expect(page.getByRole('cell', { name: /最多 40 字/ })).toBeVisible()

  await page.getByRole('link', { name: '设置', exact: true }).click()
  await page.getByText('标准与日历').click()
  await expect(page.getByText('施行中')).toBeVisible()
  await shot('46-versions')
})

import { expect, test } from './client'

test('the live desk stands like the practice desk', async ({ client }) => {
  const { page, shot } = client
  const places = async (): Promise<readonly { x: number; width: number }[]> =>
    Promise.all(
      ['nav', 'header', 'main'].map(async (part) => {
        const box = (await page.locator(`.shell > ${part}`).boundingBox())!
        return { x: box.x, width: box.width }
      }),
    )
  await expect(page.getByText('演练模式').first()).toBeVisible()
  const inPractice = await places()

  await page.getByRole('link', { name: '设置' }).click()
  await page.getByRole('button', { name: '演练与正式', exact: true }).click()
  await page.getByLabel('统一社会信用代码').fill('11360300014500006J')
  await page.getByLabel('单位全称').fill('萍乡市示例管理局')
  await page.getByRole('button', { name: '切换到正式模式' }).click()
  await page.getByRole('dialog').getByRole('button', { name: /切换/ }).click()
  await expect(page.getByText('萍乡市示例管理局').first()).toBeVisible()
  await expect(page.getByText('演练模式', { exact: true })).toBeHidden()
  await expect(page.getByRole('button', { name: '练一练' })).toBeHidden()
  expect(await places()).toEqual(inPractice)
  const [nav, bar] = inPractice
  expect(bar!.x).toBe(nav!.x + nav!.width)
  await shot('40-live')
  await page.getByRole('link', { name: '导入' }).click()
  await expect(page.getByRole('button', { name: '选择文件' })).toBeVisible()
  await expect(page.getByText('用示例表格试一遍')).toBeHidden()
})

import type { Page } from '@playwright/test'

/** Names of the sections of the settings. */
export const settingSections = [
  '平台连接',
  '本单位与操作员',
  '外观',
  '演练与正式',
  '导入上限',
  '佐证材料',
  '标准与日历',
  '备份与体检',
  '操作留痕',
  '关于与数据',
] as const

/** 设置. */
export const settingsPage = (page: Page) => ({
  section: (name: (typeof settingSections)[number]) => page.getByRole('button', { name, exact: true }),
  test: page.getByRole('button', { name: '测试连接' }),
})

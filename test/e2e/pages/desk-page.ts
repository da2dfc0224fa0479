import type { Page } from '@playwright/test'

/** 工作台. */
export const deskPage = (page: Page) => ({
  sample: page.getByText('导入示例工作簿'),
  danger: page.getByText('先处理这些'),
  startClosing: page.getByRole('button', { name: '开始日结' }),
})

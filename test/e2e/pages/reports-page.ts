import type { Page } from '@playwright/test'

/** 统计: the monthly table and its charts. */
export const reportsPage = (page: Page) => ({
  drawn: page.locator('[data-ready="true"]').first(),
  line: (name: string) => page.getByRole('cell', { name }),
  asTable: (chart: RegExp) => page.getByRole('group', { name: chart }).getByRole('button', { name: '表' }),
  workbook: page.getByRole('button', { name: '导出 Excel' }),
})

import type { Page } from '@playwright/test'

/** 记录: filters, search, the grid. */
export const recordsPage = (page: Page) => {
  const grid = page.getByRole('grid', { name: '记录列表' })
  return {
    grid,
    search: page.getByRole('textbox', { name: '搜索记录' }),
    filter: (name: string) => page.getByRole('button', { name, exact: true }),
    row: (text: string | RegExp) => grid.getByRole('row', { name: text }).first(),
    /** The row of a number, from 1. */
    rowAt: (at: number) => grid.getByRole('row').nth(at),
    /** The cell at the head of a row that picks it, from 1. */
    pick: (at: number) => grid.getByRole('row').nth(at).getByRole('gridcell').first(),
    create: page.getByRole('button', { name: '新建' }),
  }
}

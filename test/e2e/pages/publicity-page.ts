import type { Page } from '@playwright/test'

/** 公示: parts of the list, one display, changed decisions. */
export const publicityPage = (page: Page) => ({
  part: (name: string | RegExp) =>
    page.getByRole('group', { name: '公示状态' }).getByRole('button', { name }),
  pick: (at: number) => page.getByRole('checkbox').nth(at),
  row: (text: string | RegExp) => page.getByRole('row', { name: text }).first(),
  action: (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }),
  askTakeDown: page.getByRole('button', { name: '要求撤下' }),
})

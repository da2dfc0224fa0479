import type { Page } from '@playwright/test'

/** 反馈: causes at the left, one of them at the right. */
export const inboxPage = (page: Page) => {
  const entry = (text: string | RegExp) =>
    page.getByRole('navigation', { name: '退回原因' }).getByRole('button', { name: text })
  return {
    entry,
    cause: (code: string) => entry(`退回 ${code}`).first(),
    openRecord: (row: RegExp) => page.getByRole('row', { name: row }).getByRole('link', { name: '打开' }),
    openNoticed: page.getByRole('button', { name: '打开记录' }),
    pull: page.getByRole('button', { name: '收取平台反馈' }),
  }
}

import type { Page } from '@playwright/test'

/** 练一练: what the practice platform sends on request, and how it behaves. */
export const practicePage = (page: Page) => {
  const dialog = page.getByRole('dialog', { name: /^练一练/ })
  return {
    open: page.getByRole('button', { name: '练一练', exact: true }),
    dialog,
    send: (what: string) => dialog.getByRole('button', { name: `发来一份：${what}` }),
    scenario: dialog.getByRole('combobox', { name: '平台的表现' }),
    close: dialog.getByRole('button', { name: '关闭', exact: true }),
  }
}

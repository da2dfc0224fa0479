import type { Page } from '@playwright/test'

/** 规则与字段. */
export const referencePage = (page: Page) => ({
  tab: (name: '检查规则' | '类别与字段' | '代码表' | '本市设置') =>
    page.getByRole('button', { name, exact: true }),
  search: (name: string) => page.getByRole('textbox', { name }),
  rule: (name: string) => page.getByRole('navigation', { name: '检查规则' }).getByText(name),
})

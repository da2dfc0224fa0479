import type { Page } from '@playwright/test'

/** 导入, from the file to the result. */
export const importPage = (page: Page) => ({
  choose: page.getByRole('button', { name: '选择文件' }),
  sample: page.getByRole('button', { name: '用示例表格试一遍' }),
  /** An answer to a question about columns. */
  answer: (name: string) => page.getByRole('button', { name, exact: true }).first(),
  check: page.getByRole('button', { name: '检查全部数据' }),
  run: page.getByRole('button', { name: /^导入 [\d,]+ 行$/ }),
  again: page.getByRole('button', { name: '再导入一个文件' }),
  /** The equation of a finished import, e.g. 24 行 = 新增 24. */
  equation: page.getByText(/行 = 新增/),
  tab: (name: '问题' | '自动整理' | '跳过的行') => page.getByRole('tab', { name: new RegExp(name) }),
})

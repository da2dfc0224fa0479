import type { Page } from '@playwright/test'

/** The form of one record beside the list. */
export const formPage = (page: Page) => {
  const panel = page.getByRole('complementary')
  return {
    panel,
    close: panel.getByRole('button', { name: '关闭', exact: true }),
    field: (label: string) => page.getByLabel(label),
    subjectName: page.getByLabel('行政相对人名称'),
    sendAgain: page.getByRole('button', { name: '保存并重新报送' }),
    sendCorrection: page.getByRole('button', { name: '保存并报送更正' }),
    save: page.getByRole('button', { name: '保存', exact: true }),
    more: page.getByRole('button', { name: '更多', exact: true }).last(),
    documents: page.getByRole('region', { name: '佐证材料' }),
  }
}

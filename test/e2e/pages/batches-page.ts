import type { Page } from '@playwright/test'

/** 批次: the list, one batch, and what is done about all of them. */
export const batchesPage = (page: Page) => ({
  row: (text: string | RegExp) => page.getByRole('row', { name: text }).first(),
  tab: (name: '逐件结果' | '回执' | '经过') => page.getByRole('tab', { name }),
  reconcile: page.getByRole('button', { name: '与平台对账' }),
  byHand: page.getByRole('button', { name: '离线报送' }),
  outage: page.getByRole('button', { name: '线路故障证明' }),
})

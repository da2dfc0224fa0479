import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { batchesPage } from './pages/batches-page'
import { closingPage } from './pages/closing-page'
import { formPage } from './pages/form-page'
import { importPage } from './pages/import-page'
import { practicePage } from './pages/practice-page'
import { publicityPage } from './pages/publicity-page'
import { recordsPage } from './pages/records-page'
import { referencePage } from './pages/reference-page'
import { reportsPage } from './pages/reports-page'
import { settingSections, settingsPage } from './pages/settings-page'

/** A state in which a clerk sees a screen. */
export interface ScreenState {
  readonly name: string
  readonly place: string
  /** What the demo desk is, e.g. `empty`; see `demo-page.ts`. */
  readonly demo?: string
  /** Brings the screen from its opening into the state. */
  reach?(page: Page): Promise<void>
}

const QUICK = 'ms=30'

async function importTo(page: Page, step: 'columns' | 'check' | 'preview' | 'result'): Promise<void> {
  const screen = importPage(page)
  await screen.sample.click()
  await expect(screen.check).toBeVisible()
  if (step === 'columns') return
  for (const answer of ['用 D 法人', '不导入']) await screen.answer(answer).click()
  await screen.check.click()
  if (step === 'check') return
  await expect(screen.run).toBeVisible()
  if (step === 'preview') return
  await screen.run.click()
  await expect(screen.equation).toBeVisible()
}

const dialog = (page: Page) => expect(page.getByRole('dialog').last()).toBeVisible()

/** The screens, and the states that look different enough to be looked at by themselves. */
export const screenStates: readonly ScreenState[] = [
  { name: 'desk', place: '/desk' },
  { name: 'desk, first day', place: '/desk', demo: 'empty' },
  { name: 'desk, older copy of the store', place: '/desk', demo: 'set-back' },
  {
    name: 'desk, what can be practised',
    place: '/desk',
    async reach(page) {
      await practicePage(page).open.click()
      await dialog(page)
    },
  },

  { name: 'records', place: '/records' },
  { name: 'records, none yet', place: '/records', demo: 'empty' },
  {
    name: 'records, nothing found',
    place: '/records',
    async reach(page) {
      await recordsPage(page).search.fill('没有这一家')
      await expect(page.getByText('没有找到“没有这一家”')).toBeVisible()
    },
  },
  {
    name: 'records, some picked',
    place: '/records',
    async reach(page) {
      for (const at of [1, 2, 3]) await recordsPage(page).pick(at).click()
    },
  },
  {
    name: 'records, problems of several',
    place: '/records',
    async reach(page) {
      for (const at of [1, 2, 3]) await recordsPage(page).pick(at).click()
      await page.getByRole('button', { name: '处理问题' }).click()
      await dialog(page)
    },
  },
  {
    name: 'records, reason for a hold',
    place: '/records',
    async reach(page) {
      await recordsPage(page).pick(1).click()
      await page.getByRole('button', { name: '暂缓' }).first().click()
      await dialog(page)
    },
  },
  { name: 'form, with errors', place: '/records?record=demo-0' },
  { name: 'form, sent back', place: '/records?filter=rejected&record=demo-2' },
  { name: 'form, accepted', place: '/records?filter=accepted&record=demo-60' },
  {
    name: 'form, more actions',
    place: '/records?record=demo-1',
    async reach(page) {
      await formPage(page).more.click()
      await expect(page.getByRole('menu').last()).toBeVisible()
    },
  },
  {
    name: 'form, exclusion asked for',
    place: '/records?record=demo-1',
    async reach(page) {
      await formPage(page).more.click()
      await page.getByRole('menuitem', { name: '不予报送' }).click()
      await dialog(page)
    },
  },
  {
    name: 'form, which type',
    place: '/records',
    async reach(page) {
      await recordsPage(page).create.click()
      await expect(page.getByText('选择要录入的类别')).toBeVisible()
    },
  },
  {
    name: 'form, not saved',
    place: '/records?record=demo-1',
    async reach(page) {
      await formPage(page).field('许可内容').fill('改过')
      await page.getByRole('link', { name: '批次' }).click()
      await dialog(page)
    },
  },

  { name: 'import', place: '/import' },
  { name: 'import, columns', place: '/import', reach: (page) => importTo(page, 'columns') },
  { name: 'import, checking', place: '/import', reach: (page) => importTo(page, 'check') },
  { name: 'import, preview', place: '/import', demo: QUICK, reach: (page) => importTo(page, 'preview') },
  {
    name: 'import, what was put right',
    place: '/import',
    demo: QUICK,
    async reach(page) {
      await importTo(page, 'preview')
      await importPage(page).tab('自动整理').click()
    },
  },
  {
    name: 'import, rows left out',
    place: '/import',
    demo: QUICK,
    async reach(page) {
      await importTo(page, 'preview')
      await importPage(page).tab('跳过的行').click()
    },
  },
  { name: 'import, result', place: '/import', demo: QUICK, reach: (page) => importTo(page, 'result') },

  { name: 'closing', place: '/closing' },
  { name: 'closing, nothing to send', place: '/closing', demo: 'empty' },
  {
    name: 'closing, sending',
    place: '/closing',
    async reach(page) {
      await closingPage(page).send.click()
      await expect(closingPage(page).stop).toBeVisible()
    },
  },
  {
    name: 'closing, stop asked for',
    place: '/closing',
    async reach(page) {
      await closingPage(page).send.click()
      await closingPage(page).stop.click()
      await dialog(page)
    },
  },
  {
    name: 'closing, result',
    place: '/closing',
    demo: QUICK,
    async reach(page) {
      await closingPage(page).send.click()
      await expect(closingPage(page).done).toBeVisible()
    },
  },

  { name: 'inbox', place: '/inbox' },
  { name: 'inbox, nothing', place: '/inbox', demo: 'empty' },
  ...(['冲突', '已隔离', '异议', '通知'] as const).map((name): ScreenState => {
    const title = { 冲突: 'conflict', 已隔离: 'quarantine', 异议: 'dispute', 通知: 'notice' }[name]
    return {
      name: `inbox, ${title}`,
      place: '/inbox',
      async reach(page) {
        const causes = page.getByRole('navigation', { name: '退回原因' })
        await causes.locator(`h2:has-text("${name}") + button`).click()
      },
    }
  }),
  {
    name: 'inbox, dispute asked for',
    place: '/inbox',
    async reach(page) {
      await page.getByRole('row').nth(1).getByRole('button', { name: '异议' }).click()
      await dialog(page)
    },
  },

  { name: 'batches', place: '/batches' },
  { name: 'batches, none yet', place: '/batches', demo: 'empty' },
  ...(['逐件结果', '回执', '经过'] as const).map((tab): ScreenState => ({
    name: `batches, ${{ 逐件结果: 'items', 回执: 'receipt', 经过: 'history' }[tab]} of one`,
    place: '/batches?open=demo-20261119-1',
    async reach(page) {
      await dialog(page)
      await batchesPage(page).tab(tab).click()
    },
  })),
  { name: 'batches, one that stopped', place: '/batches?open=demo-20261118-1', reach: dialog },
  {
    name: 'batches, reconciliation',
    place: '/batches',
    async reach(page) {
      await batchesPage(page).reconcile.click()
      await dialog(page)
    },
  },
  {
    name: 'batches, outage',
    place: '/batches',
    async reach(page) {
      await batchesPage(page).outage.click()
      await dialog(page)
    },
  },
  {
    name: 'batches, by hand',
    place: '/batches',
    demo: 'hand',
    async reach(page) {
      await batchesPage(page).byHand.click()
      await dialog(page)
    },
  },

  { name: 'publicity', place: '/publicity' },
  { name: 'publicity, none yet', place: '/publicity', demo: 'empty' },
  {
    name: 'publicity, one on display',
    place: '/publicity',
    async reach(page) {
      await publicityPage(page)
        .part(/^公示中/)
        .click()
      await publicityPage(page)
        .row(/公示中/)
        .getByRole('button')
        .first()
        .click()
      await dialog(page)
    },
  },
  {
    name: 'publicity, repair',
    place: '/publicity',
    async reach(page) {
      await publicityPage(page)
        .part(/^修复在办/)
        .click()
      await page.getByRole('row').nth(1).getByRole('button').first().click()
      await expect(page.getByText('还差 3 项材料')).toBeVisible()
    },
  },
  {
    name: 'publicity, take-down asked for',
    place: '/publicity',
    async reach(page) {
      await publicityPage(page).pick(0).check()
      await publicityPage(page).askTakeDown.click()
      await dialog(page)
    },
  },
  ...(['调整期限', '决定有变'] as const).map((action): ScreenState => ({
    name: `publicity, ${{ 调整期限: 'term adjusted', 决定有变: 'decision changed' }[action]}`,
    place: '/publicity',
    async reach(page) {
      await page.getByRole('row').nth(1).getByRole('button').first().click()
      await publicityPage(page).action(action).click()
      await expect(page.getByRole('dialog')).toHaveCount(2)
    },
  })),
  {
    name: 'publicity, changed decisions',
    place: '/publicity',
    async reach(page) {
      await publicityPage(page)
        .part(/^决定有变/)
        .click()
      await expect(page.getByText('萍府行复〔2026〕6号')).toBeVisible()
    },
  },

  {
    name: 'reports',
    place: '/reports',
    async reach(page) {
      await expect(reportsPage(page).drawn).toBeVisible()
    },
  },
  { name: 'reports, nothing decided', place: '/reports', demo: 'empty' },
  {
    name: 'reports, charts as tables',
    place: '/reports',
    async reach(page) {
      await expect(reportsPage(page).drawn).toBeVisible()
      for (const button of await page.getByRole('button', { name: '表', exact: true }).all())
        await button.click()
    },
  },

  ...(['检查规则', '类别与字段', '代码表', '本市设置'] as const).map((tab): ScreenState => ({
    name: `reference, ${{ 检查规则: 'rules', 类别与字段: 'fields', 代码表: 'codes', 本市设置: 'settings' }[tab]}`,
    place: '/reference',
    reach: (page) => referencePage(page).tab(tab).click(),
  })),

  ...settingSections.map((section, at): ScreenState => ({
    name: `settings, section ${at + 1}`,
    place: '/settings',
    reach: (page) => settingsPage(page).section(section).click(),
  })),
  {
    name: 'settings, a test of the connection',
    place: '/settings',
    async reach(page) {
      await settingsPage(page).test.click()
      await expect(page.getByText('连接还不能用')).toBeVisible()
    },
  },
]

import type { Page } from '@playwright/test'

/** Names of the screens in the navigation. */
export type ScreenName =
  '工作台' | '记录' | '导入' | '反馈' | '批次' | '公示' | '统计' | '规则与字段' | '设置'

/** The frame around the screens: navigation and messages. */
export const shellPage = (page: Page) => {
  /** The inbox bears its count behind the name. */
  const entry = (name: ScreenName) =>
    page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: new RegExp(`^${name}`) })
  return {
    entry,
    go: (name: ScreenName) => entry(name).click(),
    /** Dismisses the messages of what has just been done. */
    async dismissNotices(): Promise<void> {
      const notices = page.getByRole('status', { name: '通知' })
      for (const close of await notices.getByRole('button', { name: '关闭' }).all()) await close.click()
    },
  }
}

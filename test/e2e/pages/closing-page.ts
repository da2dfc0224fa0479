import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

/** 日结: what can be sent, its sending, the result. */
export const closingPage = (page: Page) => {
  const send = page.getByRole('button', { name: /^报送 \d+ 件$/ })
  const done = page.getByText(/报送完成/)
  return {
    send,
    done,
    again: page.getByRole('button', { name: '再次清点' }),
    stop: page.getByRole('button', { name: '停止报送' }),
    /** Sends what there is and waits for its end. */
    async sendAll(): Promise<void> {
      await send.click()
      await expect(done).toBeVisible({ timeout: 60_000 })
    },
  }
}

import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

/** What hostile texts have brought about in a page so far, as sentences. */
export interface HostileWatch {
  /** Holds where a text has become more than a text. */
  expectOnlyTexts(where: string): Promise<void>
}

/** Watches a page from its first script on. */
export async function watchHostile(page: Page): Promise<HostileWatch> {
  const happened: string[] = []
  page.on('dialog', (dialog) => {
    happened.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('popup', (popup) => happened.push(`window: ${popup.url()}`))
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame()) happened.push(`frame: ${frame.url()}`)
  })
  page.on('request', (request) => {
    if (request.url().includes('hostile.example')) happened.push(`request: ${request.url()}`)
  })
  await page.exposeFunction('hostileHappened', (what: string) => happened.push(what))
  await page.addInitScript(() => {
    const tell = (what: string): void =>
      void (window as unknown as { hostileHappened: (what: string) => void }).hostileHappened(what)
    Object.assign(window, { canary: () => tell('script') })
    document.addEventListener('securitypolicyviolation', (event) =>
      tell(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    )
  })
  return {
    async expectOnlyTexts(where) {
      const made = await page.evaluate(() =>
        [
          ...document.querySelectorAll(
            '[data-hostile], iframe, object, embed, img, math, video, base, template, [onerror], [onload], a[href^="javascript" i], a[href*="hostile"]',
          ),
        ].map((element) => element.outerHTML.slice(0, 200)),
      )
      expect({ where, happened, made }).toEqual({ where, happened: [], made: [] })
    },
  }
}

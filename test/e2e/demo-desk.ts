import { readFileSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import { expect, test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import { build } from 'vite'
import { aliases } from '@root/aliases.config'
import { NOW } from '@test/fixtures/demo/demo-desk'

const rendererDir = resolve(import.meta.dirname, '../../out/renderer')
const demoPage = resolve(import.meta.dirname, '../fixtures/demo/demo-page.ts')
const ORIGIN = 'http://localhost'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** The looks that a desk can have: its own two, each with the system's wish for contrast, and the system's own colours. */
export const looks = {
  light: { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' },
  dark: { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'none' },
  'high contrast': { colorScheme: 'light', contrast: 'more', forcedColors: 'none' },
  'high contrast, dark': { colorScheme: 'dark', contrast: 'more', forcedColors: 'none' },
  'forced colours': { colorScheme: 'light', contrast: 'more', forcedColors: 'active' },
} as const
export type Look = keyof typeof looks

/** The built pages over invented data, without an engine: every visit shows the same at the same minute. */
export interface DemoDesk {
  readonly page: Page
  /** Opens a place (`/records?filter=all`) of a desk; `demo` is what `demo-page.ts` reads, e.g. `empty`. */
  open(place: string, demo?: string): Promise<void>
  /** Puts on another look. */
  wear(look: Look): Promise<void>
}

async function bundleDemo(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: aliases },
    build: { write: false, minify: false, lib: { entry: demoPage, formats: ['iife'], name: 'demo' } },
  })
  if (!Array.isArray(built)) throw new Error('the demo was not built')
  return built[0]!.output[0].code
}

/** Answers every request of the page from the built files; nothing leaves the machine. */
async function serve(page: Page): Promise<void> {
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url())
    const path = join(rendererDir, pathname === '/' ? 'index.html' : pathname)
    return route.fulfill({
      body: readFileSync(path),
      contentType: contentTypes[extname(path)] ?? 'application/octet-stream',
    })
  })
}

/** A desk of invented data in the built pages. */
export const test = base.extend<{ desk: DemoDesk }, { demoScript: string }>({
  // eslint-disable-next-line no-empty-pattern -- how Playwright spells "no other fixture"
  demoScript: [async ({}, use) => use(await bundleDemo()), { scope: 'worker' }],
  desk: async ({ page, demoScript }, use) => {
    const problems: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    page.on('pageerror', (error) => problems.push(String(error)))
    await page.clock.setFixedTime(NOW)
    await page.addInitScript(demoScript)
    await serve(page)
    await use({
      page,
      async open(place, demo = '') {
        // Another query than before, so that the address loads the page anew and not only another fragment.
        await page.goto('about:blank')
        await page.goto(`${ORIGIN}/?${demo}&theme=system&ms=100000#${place}`)
        await expect(page.locator('header h1')).toBeVisible()
      },
      async wear(look) {
        await page.emulateMedia(looks[look])
        // The page follows the system a moment later.
        if (page.url().startsWith(ORIGIN))
          await expect(page.locator('html')).toHaveAttribute('data-theme', looks[look].colorScheme)
        await page.evaluate(async () => {
          // A colour that follows another begins to change when that one has ended.
          for (let round = 0; round < 3; round++) {
            await new Promise(requestAnimationFrame)
            await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))
          }
        })
      },
    })
    expect(problems).toEqual([])
  },
})

export { expect }

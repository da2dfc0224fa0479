import { defineConfig } from '@playwright/test'
import browserTests from './playwright.config'

/** The pictures of the user guide: taken on demand in Chromium, with the client of the browser tests. */
export default defineConfig({
  ...browserTests,
  testMatch: 'guide-pictures.ts',
  reporter: 'list',
  projects: [{ name: 'chromium', metadata: { host: 'browser' } }],
})

import { resolve } from 'node:path'
import { defineConfig } from '@playwright/test'
import { electronRuntime } from './electron-runtime'

const here = import.meta.dirname

/** Tests over the demo desk, which need no engine and know no other host than a browser. */
const overDemo = ['**/screens.e2e.ts', '**/looks.e2e.ts', '**/hostile-answers.e2e.ts']

/** The main job through the pages: in Debian's Chromium always, and in Electron where a runtime is present. */
export default defineConfig({
  testDir: here,
  testMatch: '**/*.e2e.ts',
  outputDir: resolve(here, '__results__'),
  // One desk at a time: each test starts its own program with a store of its own. The demo desk goes beside it.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 180_000,
  // One picture for every machine with the same fonts.
  snapshotPathTemplate: '{testDir}/looks/{arg}{ext}',
  expect: {
    timeout: 20_000,
    // Edges of letters differ between machines; a column or a colour that changes is more than that.
    toHaveScreenshot: { threshold: 0.05, maxDiffPixelRatio: 0.001, animations: 'disabled', caret: 'hide' },
  },
  reporter: [['list'], ['json']],
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1366, height: 768 },
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['XINBAO_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'chromium', metadata: { host: 'browser' }, testIgnore: overDemo, workers: 1 },
    { name: 'demo', metadata: { host: 'browser' }, testMatch: overDemo, workers: 1 },
    ...(electronRuntime() === null
      ? []
      : [{ name: 'electron', metadata: { host: 'electron' }, testIgnore: overDemo, workers: 1 }]),
  ],
})

import { resolve } from 'node:path'
import { defineConfig } from '@playwright/test'
import { electronRuntime } from './electron-runtime'

const here = import.meta.dirname

/** The main job through the pages: in Debian's Chromium always, and in Electron where a runtime is present. */
export default defineConfig({
  testDir: here,
  testMatch: '**/*.e2e.ts',
  outputDir: resolve(here, '__results__'),
  // One desk at a time: each test starts its own program with a store of its own.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
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
    { name: 'chromium', metadata: { host: 'browser' } },
    ...(electronRuntime() === null ? [] : [{ name: 'electron', metadata: { host: 'electron' } }]),
  ],
})

// Runs the browser tests. Where an Electron runtime is present the same flows run in it too; without a display it gets
// a virtual one.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { findElectronRuntime, hasDisplay } from '../../electron/launch/electron-runtime.mjs'

const root = resolve(import.meta.dirname, '../..')
const { platform, env } = process
const playwright = [
  process.execPath,
  join(root, 'node_modules/@playwright/test/cli.js'),
  'test',
  '-c',
  'test/e2e/playwright.config.ts',
  ...process.argv.slice(2),
]
const needsScreen =
  findElectronRuntime({ projectDir: root, platform, env }) !== null && !hasDisplay({ platform, env })
const hasScreen = spawnSync('sh', ['-c', 'command -v xvfb-run'], { stdio: 'ignore' }).status === 0
if (needsScreen && !hasScreen)
  console.error('An Electron runtime is here but no display and no xvfb-run: the flows run in Chromium only.')
const [command, ...args] = needsScreen && hasScreen ? ['xvfb-run', '-a', ...playwright] : playwright
process.exit(spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1)

// Makes sure that Debian's Chromium and Chinese fonts are there for the browser tests: installs them where that is
// permitted, and otherwise says which packages are missing and how to get them.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { findElectronRuntime, hasDisplay } from '../../electron/launch/electron-runtime.mjs'

const { platform, env } = process
const BROWSER = env.XINBAO_CHROMIUM ?? '/usr/bin/chromium'
const runtime = findElectronRuntime({ projectDir: resolve(import.meta.dirname, '../..'), platform, env })
// A runtime without a display needs a virtual one.
const needsScreen = runtime !== null && !hasDisplay({ platform, env })
const PACKAGES = ['chromium', 'fonts-noto-cjk', ...(needsScreen ? ['xvfb', 'xauth'] : [])]

const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0
const hasChineseFont = () =>
  existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') ||
  /\S/.test(spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout ?? '')

if (existsSync(BROWSER) && hasChineseFont() && (!needsScreen || has('xvfb-run'))) process.exit(0)

const explain = () => {
  console.error(`Browser tests need Chromium and Chinese fonts. Install them, then run the tests again:
  sudo apt-get update && sudo apt-get install -y ${PACKAGES.join(' ')}
or point XINBAO_CHROMIUM at a Chromium of your own.`)
  process.exit(1)
}

const isRoot = process.getuid?.() === 0
const canSudo = !isRoot && has('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
if (!has('apt-get') || !(isRoot || canSudo)) explain()

console.log(`installing ${PACKAGES.join(', ')} ...`)
const apt = (...args) =>
  spawnSync(isRoot ? 'apt-get' : 'sudo', [...(isRoot ? [] : ['-n', 'apt-get']), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0
if (!apt('update') || !apt('install', '-y', '--no-install-recommends', ...PACKAGES) || !existsSync(BROWSER))
  explain()

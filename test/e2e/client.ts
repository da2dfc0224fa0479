import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, expect, test as base } from '@playwright/test'
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { electronRuntime } from './electron-runtime'

const root = resolve(import.meta.dirname, '../..')
const shots = resolve(import.meta.dirname, '__shots__')

/** The client under test, in whichever host the project names. */
export interface Client {
  readonly page: Page
  /** Does what lets the client write a file, as the clerk would, and keeps the file at `path`. */
  takeFile(path: string, act: () => Promise<void>): Promise<void>
  /**
   * Gives the page files as the clerk would: a file box in the browser, the system's dialog in Electron. By default those
   * to import; `within` and `button` name another place.
   */
  giveFile(path: string | readonly string[], place?: { within: Locator; button: string }): Promise<void>
  /** Leaves a screenshot for people to look at. */
  shot(name: string): Promise<void>
  /** Errors that the console or the page reported; a test ends with none. */
  readonly problems: readonly string[]
}

interface Opened {
  readonly page: Page
  readonly app: ElectronApplication | null
  close(): Promise<void>
}

async function openInElectron(dataDir: string): Promise<Opened> {
  const app = await _electron.launch({
    executablePath: electronRuntime()!,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root],
    env: { ...(process.env as Record<string, string>), XDG_DATA_HOME: dataDir, LOCALAPPDATA: dataDir },
    locale: 'zh-CN',
  })
  return { app, page: await app.firstWindow(), close: () => app.close() }
}

async function startHost(dataDir: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const host = spawn(
    process.execPath,
    [join(root, 'out/main/cli.js'), 'web', '--no-open', '--data', dataDir],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const line = await new Promise<string>((done, fail) => {
    createInterface({ input: host.stdout }).once('line', done)
    host.once('close', (code) => fail(new Error(`the web host ended with ${code}`)))
  })
  return {
    url: (JSON.parse(line) as { url: string }).url,
    async stop() {
      host.kill('SIGTERM')
      if (host.exitCode === null) await new Promise((done) => host.once('close', done))
    },
  }
}

/** A fresh client in practice mode with a data folder of its own. */
export const test = base.extend<{ client: Client }>({
  client: async ({ page: browserPage }, use, info) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'xinbao-e2e-'))
    const isElectron = info.project.metadata['host'] === 'electron'
    const problems: string[] = []
    let opened: Opened
    if (isElectron) {
      opened = await openInElectron(dataDir)
    } else {
      const host = await startHost(dataDir)
      opened = { app: null, page: browserPage, close: host.stop }
      watch(browserPage, problems)
      await browserPage.goto(host.url)
    }
    const { page, app } = opened
    if (isElectron) watch(page, problems)
    await use({
      page,
      problems,
      async giveFile(path, place) {
        const files = [path].flat()
        const within = place?.within ?? page
        if (app === null) {
          await within.locator('input[type="file"]').first().setInputFiles(files)
          return
        }
        await app.evaluate(({ dialog }, filePaths) => {
          dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths })
        }, files)
        await within.getByRole('button', { name: place?.button ?? '选择文件' }).click()
      },
      async takeFile(path, act) {
        if (app === null) {
          const coming = page.waitForEvent('download')
          await act()
          await (await coming).saveAs(path)
          return
        }
        await app.evaluate(({ dialog }, filePath) => {
          dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
        }, path)
        await act()
        await expect.poll(() => existsSync(path)).toBe(true)
      },
      async shot(name) {
        await page.screenshot({
          path: join(shots, `${info.project.name}-${name}.png`),
          animations: 'disabled',
        })
      },
    })
    expect(problems).toEqual([])
    await opened.close()
    rmSync(dataDir, { recursive: true, force: true })
  },
})

function watch(page: Page, problems: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(String(error)))
}

export { expect }

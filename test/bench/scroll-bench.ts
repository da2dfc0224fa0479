/**
 * How smoothly the client scrolls over a kept desk of very many records, beside a page of plain rows that does nothing:
 * both take the same wheel, keys and drags in the same Chromium, one frame after the other.
 */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import type { Browser, Page } from '@playwright/test'

const root = resolve(import.meta.dirname, '../..')
const { values } = parseArgs({
  options: { only: { type: 'string' }, records: { type: 'string', default: '1000000' } },
})
const KEY = '0f'.repeat(32)
const TALL_FRAME_MS = 100

/** What one walk over a grid took. */
interface Walk {
  readonly frames: readonly number[]
  readonly heapMb: number
  readonly heapAfterMb: number
}

async function startHost(dataDir: string): Promise<{ readonly url: string; stop(): void }> {
  const program = join(root, 'out/main/cli.js')
  const host = spawn(process.execPath, [program, 'web', '--no-open', '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, XINBAO_KEY: KEY },
  })
  const line = await new Promise<string>((done, fail) => {
    createInterface({ input: host.stdout }).once('line', done)
    host.once('close', (code) => fail(new Error(`the web host ended with ${code}`)))
  })
  return { url: (JSON.parse(line) as { url: string }).url, stop: () => void host.kill('SIGTERM') }
}

const heapMb = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 2 ** 20
}

/** The same moves over whatever grid a page has, with the time between its frames. */
async function walk(page: Page, jumps: boolean): Promise<Walk> {
  const grid = page.getByRole('grid')
  await grid.waitFor()
  await page.waitForTimeout(1_000)
  const before = await heapMb(page)
  await page.evaluate(() => {
    const frames: number[] = []
    let last = performance.now()
    const next = (now: number): void => {
      frames.push(now - last)
      last = now
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
    Object.assign(window, { benchFrames: frames })
  })
  const box = (await grid.boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  for (let step = 0; step < 120; step++) {
    await page.mouse.wheel(0, step < 90 ? 300 : -300)
    await page.waitForTimeout(16)
  }
  await grid.focus()
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('PageDown')
    await page.waitForTimeout(16)
  }
  if (jumps) {
    for (const key of ['End', 'PageUp', 'PageUp', 'Home', 'End', 'Home']) {
      await page.keyboard.press(key)
      await page.waitForTimeout(300)
    }
    // The bar, dragged through the whole grid in sixty steps.
    for (let step = 0; step <= 60; step++) {
      await grid.evaluate((element, share) => {
        element.scrollTop = (element.scrollHeight - element.clientHeight) * share
      }, step / 60)
      await page.waitForTimeout(16)
    }
    await page.waitForTimeout(3_000)
  }
  const frames = await page.evaluate(() => (window as unknown as { benchFrames: number[] }).benchFrames)
  return { frames, heapMb: before, heapAfterMb: await heapMb(page) }
}

const quantile = (list: readonly number[], share: number): number =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? Number.NaN

function print(what: string, { frames, heapMb: heap, heapAfterMb }: Walk): void {
  const figures = [quantile(frames, 0.5), quantile(frames, 0.95), quantile(frames, 0.99), Math.max(...frames)]
  const tall = frames.filter((ms) => ms > TALL_FRAME_MS).length
  console.log(
    `  ${what.padEnd(34)}${figures.map((ms) => ms.toFixed(1).padStart(9)).join('')}${String(tall).padStart(9)}` +
      `${heap.toFixed(1).padStart(11)}${heapAfterMb.toFixed(1).padStart(11)}`,
  )
}

/** A grid of plain lines: what a browser does for scrolling itself. */
const plainRows = (): string =>
  `<style>body{margin:0}div[role=grid]{height:560px;overflow:auto}p{height:31px;margin:0;border-bottom:1px solid}</style>
   <div role="grid" tabindex="0">${Array.from({ length: 2_000 }, (_, row) => `<p>${row} 示例</p>`).join('')}</div>`

const kept = join(root, `test/bench/__scratch__/mixed-desk-${values.records}`)
if (!existsSync(kept)) throw new Error('make the desk first: npm run bench -- --only grid')
let host: Awaited<ReturnType<typeof startHost>> | null = null
let browser: Browser | null = null
const folder = mkdtempSync(join(tmpdir(), 'xinbao-bench-'))
try {
  const desk = join(folder, 'desk')
  cpSync(kept, desk, { recursive: true })
  const beganMs = performance.now()
  host = await startHost(desk)
  const servedMs = performance.now() - beganMs
  browser = await chromium.launch({
    executablePath: process.env['XINBAO_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  await page.setContent(plainRows())
  const plain = await walk(page, false)
  const openMs = performance.now()
  await page.goto(host.url, { timeout: 300_000 })
  await page.getByRole('heading').first().waitFor()
  await page.locator('main').getByText(/\d/).first().waitFor()
  const deskMs = performance.now() - openMs
  await page.evaluate(() => {
    location.hash = '#/records?filter=all'
  })
  const rows = page.locator('[role="row"][aria-rowindex="2"]:not([aria-busy])')
  const gridMs = performance.now()
  await rows.waitFor()
  const firstRowsMs = performance.now() - gridMs
  const near = await walk(page, false)
  const far = await walk(page, true)
  const wrong = await page.locator('[role="row"][aria-busy]').count()
  console.log(
    `\nClient over ${values.records} records: host serves after ${servedMs.toFixed(0)} ms, desk shown after`,
  )
  console.log(
    `${deskMs.toFixed(0)} ms, grid of all records after ${firstRowsMs.toFixed(0)} ms; ${wrong} rows still empty at the end`,
  )
  console.log(
    `  ${'frame, ms'.padEnd(34)}      p50      p95      p99      max   >100 ms    heap MB   after MB`,
  )
  print('floor: plain rows', plain)
  print('grid: wheel and PageDown', near)
  print('grid: the same, ends, the bar', far)
  console.log(`  p95 ${(quantile(near.frames, 0.95) / quantile(plain.frames, 0.95)).toFixed(2)} x plain rows`)
} finally {
  await browser?.close()
  host?.stop()
  rmSync(folder, { recursive: true, force: true })
}

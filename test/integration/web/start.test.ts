import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const start = resolve('electron/launch/start.mjs')
const hasRuntime = existsSync(resolve('node_modules/electron/dist'))
let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'xinbao-start-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test.skipIf(process.platform === 'win32')('with a runtime at hand it starts the client there', async () => {
  const runtime = join(folder, 'electron')
  writeFileSync(runtime, `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/arguments"\nexit 7\n`)
  chmodSync(runtime, 0o755)
  const child = spawn(process.execPath, [start, '--data=/x'], {
    env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':0' },
    stdio: 'ignore',
  })
  expect(await new Promise((done) => child.on('exit', done))).toBe(7)
  expect(readFileSync(join(folder, 'arguments'), 'utf8')).toBe(`${resolve('.')}\n--data=/x\n`)
})

test.skipIf(hasRuntime)(
  'without a runtime it says so and serves the real client until it is stopped',
  async () => {
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env
    const child = spawn(process.execPath, [start, '--no-open', '--data', join(folder, 'base')], { env })
    let out = ''
    let said = ''
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
    child.stderr.on('data', (piece: Buffer) => (said += piece.toString()))
    await expect.poll(() => out, { timeout: 90_000 }).toContain('\n')
    const { url } = JSON.parse(out.split('\n')[0]!) as { url: string }
    expect(said).toMatch(/没有 Electron 运行环境.*\n.*No Electron runtime/)

    const { origin } = new URL(url)
    const opened = await fetch(url, { redirect: 'manual' })
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(403)
    const page = await (await fetch(origin, { headers: { cookie } })).text()
    expect(page).toContain('信报')
    const answer = await fetch(`${origin}/bridge/desk.info`, {
      method: 'POST',
      headers: {
        cookie,
        origin,
        'sec-fetch-site': 'same-origin',
        'x-xinbao': '1',
        'content-type': 'application/json',
      },
      body: '{}',
    })
    expect(await answer.json()).toMatchObject({
      ok: true,
      value: { mode: 'practice', bureauName: '萍乡市市场监督管理局' },
    })

    child.kill('SIGTERM')
    expect(await new Promise((done) => child.on('exit', done))).toBe(0)
    expect(existsSync(join(folder, 'base', 'page-files'))).toBe(false)
  },
)

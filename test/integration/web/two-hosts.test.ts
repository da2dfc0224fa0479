import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '@engine/system-clock'
import type { Log } from '@engine/ports'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { fileKeys } from '@web/desk-key'
import { openWebDesk } from '@web/web-desk'
import type { WebHost } from '@web/web-host'
import { pageHeaders, sendRaw } from './running-host'

const log: Log = { info: () => undefined, error: () => undefined }
const parts = {
  paths: { resources: resolve('resources'), renderer: resolve('out/renderer') },
  keys: fileKeys({}),
  launchSheetChild: nodeSheetLauncher(resolve('out/main/sheet-child.js')),
  checkPlatform: () => undefined,
}
let baseDir: string
let hosts: WebHost[]
const open = async (port = 0): Promise<WebHost> => {
  const host = await openWebDesk({ ...parts, baseDir, port, clock: systemClock, log })
  hosts.push(host)
  return host
}
const headersOf = async (host: WebHost): Promise<Record<string, string>> => {
  const opened = await fetch(host.freshUrl(), { redirect: 'manual' })
  return pageHeaders(host.port, opened.headers.get('set-cookie')!.split(';')[0]!)
}
const callOf = async (host: WebHost, headers: Record<string, string>, name: string, input: object = {}) => {
  const answer = await fetch(`http://127.0.0.1:${host.port}/bridge/${name}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(input),
  })
  return (await answer.json()) as { ok: boolean; value: Record<string, unknown> }
}

beforeEach(() => {
  baseDir = mkdtempSync(join(tmpdir(), 'xinbao-two-'))
  hosts = []
})
afterEach(async () => {
  for (const host of hosts) await host.close()
  rmSync(baseDir, { recursive: true, force: true })
})

test('a second host on the same folder is refused and takes nothing from the first', async () => {
  const first = await open()
  const headers = await headersOf(first)
  await fetch(`http://127.0.0.1:${first.port}/files`, {
    method: 'POST',
    headers: { ...headers, 'X-File-Name': 'a.csv' },
    body: 'x',
  })
  await expect(open()).rejects.toMatchObject({ failure: { code: 'storage.in-use' } })
  expect(readdirSync(join(baseDir, 'page-files'))).toHaveLength(1)
  // Over a fresh connection: while it waited for the store the process could not keep idle ones open.
  const lines = Object.entries({
    ...headers,
    Host: `127.0.0.1:${first.port}`,
    Connection: 'close',
    'Content-Length': '2',
  })
  const answer = await sendRaw(
    first.port,
    ['POST /bridge/desk.info HTTP/1.1', ...lines.map(([name, value]) => `${name}: ${value}`)],
    '{}',
  )
  expect(answer.body).toContain('"mode":"practice"')
})

test('a port that is taken is refused and leaves the desk free', async () => {
  const first = await open()
  const otherBase = baseDir
  baseDir = mkdtempSync(join(tmpdir(), 'xinbao-two-'))
  await expect(open(first.port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await (await open()).close()
  hosts.pop()
  rmSync(baseDir, { recursive: true, force: true })
  baseDir = otherBase
})

test('the real desk goes from practice to live and back, each with its own records and platform', async () => {
  const host = await open()
  const headers = await headersOf(host)
  expect(await callOf(host, headers, 'connection.get')).toMatchObject({
    value: { platformUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/) as string },
  })
  const bureau = { code: '11360300014500006J', name: '某某市场监督管理局' }
  expect(await callOf(host, headers, 'host.switchMode', { mode: 'live', bureau })).toMatchObject({ ok: true })
  expect(await callOf(host, headers, 'desk.info')).toMatchObject({
    value: { mode: 'live', bureauName: bureau.name },
  })
  expect(await callOf(host, headers, 'connection.get')).toMatchObject({ value: { platformUrl: null } })
  expect(await callOf(host, headers, 'host.switchMode', { mode: 'practice' })).toMatchObject({ ok: true })
  expect(await callOf(host, headers, 'desk.info')).toMatchObject({ value: { mode: 'practice' } })

  await host.close()
  hosts.pop()
  const again = await open()
  expect(await callOf(again, await headersOf(again), 'host.info')).toMatchObject({
    value: { mode: 'practice', liveReady: true },
  })
})

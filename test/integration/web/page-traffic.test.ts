import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { failure } from '@shared/kernel/failure'
import type { Bridge } from '@shared/contract/bridge'
import { deskFolders } from '@web/desk-folders'
import { MAX_UPLOAD_BYTES } from '@shared/contract/page-files'
import { pageBridgeScript } from '@web/page-bridge'
import { pageHeaders, startRunningHost } from './running-host'
import type { RunningHost } from './running-host'

let running: RunningHost
let origin: string
let headers: Record<string, string>

beforeEach(async () => {
  running = await startRunningHost()
  origin = `http://127.0.0.1:${running.host.port}`
  headers = pageHeaders(running.host.port, await running.logIn())
})
afterEach(() => running.stop())

const call = async (name: string, input: unknown = {}): Promise<Record<string, never>> => {
  const answer = await fetch(`${origin}/bridge/${name}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(input),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Record<string, never>
}
const upload = (name: string, body: string | Uint8Array<ArrayBuffer>) =>
  fetch(`${origin}/files`, {
    method: 'POST',
    headers: {
      ...headers,
      'Content-Type': 'application/octet-stream',
      'X-File-Name': encodeURIComponent(name),
    },
    body,
  })

test('the page gets the bridge before its own scripts', async () => {
  const page = await (await fetch(`${origin}/`, { headers })).text()
  expect(page).toContain('<script src="/bridge.js"></script>')
  const script = await fetch(`${origin}/bridge.js`, { headers })
  expect(script.headers.get('content-type')).toContain('text/javascript')
  expect(await script.text()).toBe(pageBridgeScript)
})

test('the user guide opens from the page, styled, and nothing beside it', async () => {
  const answer = await call('host.openGuide', { section: 'closing' })
  const { url } = (answer as unknown as { value: { url: string } }).value
  expect(url).toBe('/guide/index.html#closing')
  expect(await (await fetch(origin + url, { headers })).text()).toContain('信报使用说明')
  expect((await fetch(`${origin}/guide/guide.css`, { headers })).status).toBe(200)
  expect((await fetch(`${origin}/guide/missing.html`, { headers })).status).toBe(404)
})

test('calls reach the engine or the host, and come back in the envelope', async () => {
  expect(await call('records.counts')).toEqual({
    ok: true,
    value: { total: 0, types: [{ type: 'practice', count: 0 }] },
  })
  expect(await call('host.info')).toEqual({
    ok: true,
    value: { kind: 'browser', mode: 'practice', liveReady: false, version: '9.9.9' },
  })
  expect(await call('host.chooseFiles')).toEqual({ ok: true, value: [] })
  expect(await call('host.print')).toEqual({ ok: true, value: { printed: false } })
})

test('unknown names, wrong inputs and damaged bodies are refused before the engine hears of them', async () => {
  for (const name of ['records.nothing', 'constructor', '__proto__', 'toString', '']) {
    expect(await call(name)).toMatchObject({ ok: false, failure: { code: 'contract.unknown-call' } })
  }
  expect(await call('records.get', { recordId: 5 })).toMatchObject({
    ok: false,
    failure: { code: 'contract.invalid-input', params: { name: 'records.get', path: 'recordId' } },
  })
  expect(await call('records.counts', { extra: 1 })).toMatchObject({
    failure: { code: 'contract.invalid-input' },
  })
  for (const body of ['', '{', 'null', '{}{}']) {
    const answer = await fetch(`${origin}/bridge/records.counts`, { method: 'POST', headers, body })
    expect(await answer.json()).toMatchObject({ ok: false, failure: { code: 'contract.invalid-input' } })
  }
  expect(running.engines[0]!.asked).toEqual([])
})

test('a defect comes out as a failure without its words', async () => {
  expect(JSON.stringify(await call('feed.pull'))).toBe(
    '{"ok":false,"failure":{"code":"defect.unexpected","retry":{"kind":"never"},"params":{}}}',
  )
})

test('an upload reaches the engine byte for byte under a token, and its name is made plain', async () => {
  const text = '证照编号,名称\n粤0001,某公司\n'
  const answer = await upload('C:\\用户\\..\\上报 数据<1>.csv', text)
  const { token, name, bytes } = (await answer.json()) as { token: string; name: string; bytes: number }
  expect(name).toBe('上报 数据1.csv')
  expect(bytes).toBe(Buffer.byteLength(text))
  expect(await call('import.inspect', { file: token })).toMatchObject({ value: { name, text } })
  expect(statSync(join(running.baseDir, 'page-files', token)).mode & 0o077).toBe(0)
  expect(await call('import.inspect', { file: 'unknown-token' })).toMatchObject({
    failure: { code: 'input.missing-file' },
  })
})

test('an upload past the limit is refused and leaves nothing', async () => {
  const answer = await upload('big.csv', new Uint8Array(MAX_UPLOAD_BYTES + 1))
  expect(answer.status).toBe(413)
  expect(await answer.json()).toMatchObject({
    ok: false,
    failure: { code: 'input.file-too-large', params: { limitMb: 60 } },
  })
  expect(readdirSync(join(running.baseDir, 'page-files'))).toEqual([])
})

test('a written target can be downloaded only after it was delivered', async () => {
  const target = (await call('host.chooseTarget', { name: '模板 (1).xlsx' })) as unknown as {
    value: { token: string; name: string }
  }
  const { token } = target.value
  expect((await fetch(`${origin}/files/${token}`, { headers })).status).toBe(404)
  expect(await call('host.deliver', { target: token })).toMatchObject({
    failure: { code: 'output.not-writable' },
  })

  expect(await call('template.write', { recordType: 'XZXK_FR', target: token })).toMatchObject({ ok: true })
  expect((await fetch(`${origin}/files/${token}`, { headers })).status).toBe(404)
  expect(await call('host.deliver', { target: token })).toEqual({
    ok: true,
    value: { downloadUrl: `/files/${token}` },
  })

  const answer = await fetch(`${origin}/files/${token}`, { headers })
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename*=UTF-8''${encodeURIComponent('模板 ')}%281%29.xlsx`,
  )
  expect(await answer.text()).toBe('template of XZXK_FR 模板')
})

test('the sample workbook is written by the engine and can be imported', async () => {
  const sample = (await call('host.sampleFile')) as unknown as {
    value: { token: string; name: string; bytes: number }
  }
  expect(sample.value).toMatchObject({ bytes: 6 })
  expect(await call('import.inspect', { file: sample.value.token })).toMatchObject({
    value: { text: 'sample' },
  })
})

test('files under way are removed when the host starts and stops', async () => {
  await upload('a.csv', 'x')
  expect(readdirSync(join(running.baseDir, 'page-files'))).toHaveLength(1)
  await running.host.close()
  expect(existsSync(join(running.baseDir, 'page-files'))).toBe(false)
})

/** Runs the script that a page gets, in a scope with the page's fetch and a small event source. */
function bridgeOfPage(): { bridge: Bridge; opened: Promise<void> } {
  let markOpen = (): void => undefined
  const opened = new Promise<void>((resolve) => (markOpen = resolve))
  class PageEventSource {
    private readonly listeners = new Map<string, (event: { data: string }) => void>()
    constructor(path: string) {
      void fetch(origin + path, { headers }).then(async (answer) => {
        markOpen()
        let held = ''
        for await (const piece of answer.body!) {
          held += new TextDecoder().decode(piece)
          const lots = held.split('\n\n')
          held = lots.pop()!
          for (const lot of lots) {
            const event = /^event: (.*)\ndata: (.*)$/.exec(lot)
            if (event) this.listeners.get(event[1]!)?.({ data: event[2]! })
          }
        }
      })
    }
    addEventListener(type: string, listener: (event: { data: string }) => void): void {
      this.listeners.set(type, listener)
    }
  }
  const page: Record<string, unknown> = {
    EventSource: PageEventSource,
    fetch: (path: string, init: RequestInit) =>
      fetch(origin + path, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>) } }),
  }
  // The browser runs exactly this text; nothing else may be in its scope.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function('globalThis', pageBridgeScript)(page)
  return { bridge: page['bridge'] as Bridge, opened }
}

test('the bridge of the page calls and hears events until it stops listening', async () => {
  const { bridge, opened } = bridgeOfPage()
  const heard: unknown[] = []
  const stop = bridge.on('batches.changed', (payload) => heard.push(payload))
  await opened
  expect(await bridge.call('records.counts', {})).toMatchObject({ ok: true })
  running.engines[0]!.bus.emit('batches.changed', { batchIds: ['b1'] })
  running.engines[0]!.bus.emit('inbox.changed', {})
  await expect.poll(() => heard).toEqual([{ batchIds: ['b1'] }])
  stop()
  running.engines[0]!.bus.emit('batches.changed', { batchIds: ['b2'] })
  await bridge.call('records.counts', {})
  expect(heard).toHaveLength(1)
  expect(Object.isFrozen(bridge)).toBe(true)
})

test('switching opens the live desk in its own folder, tells the pages and is remembered', async () => {
  const { bridge, opened } = bridgeOfPage()
  let restarts = 0
  bridge.on('engine.restarted', () => restarts++)
  await opened
  expect(await call('host.switchMode', { mode: 'live' })).toMatchObject({
    failure: { code: 'storage.not-initialised' },
  })
  expect(running.engines[0]!.isClosed).toBe(false)

  const bureau = { code: '11360300014500006J', name: '某某市场监督管理局' }
  expect(await call('host.switchMode', { mode: 'live', bureau })).toEqual({
    ok: true,
    value: { mode: 'live' },
  })
  expect(running.engines[0]!.isClosed).toBe(true)
  expect(running.engines[1]!.request).toMatchObject({
    mode: 'live',
    bureau,
    dataDir: join(running.baseDir, 'desk'),
  })
  await expect.poll(() => restarts).toBe(1)
  expect(await call('host.info')).toMatchObject({ value: { mode: 'live', liveReady: true } })
  expect(deskFolders(running.baseDir).readMode()).toEqual({ mode: 'live', liveReady: true })

  const other = { code: '11360300014500006J', name: '另一个局' }
  await call('host.switchMode', { mode: 'practice' })
  await call('host.switchMode', { mode: 'live', bureau: other })
  expect(running.engines[3]!.request.bureau).toBeNull()
})

test('a desk where batches wait is not left', async () => {
  running.engines[0]!.refusals['connection.mayLeave'] = failure('connection.batches-open', {
    count: 2,
    label: '20261120-1',
  })
  const bureau = { code: '11360300014500006J', name: '某某市场监督管理局' }
  expect(await call('host.switchMode', { mode: 'live', bureau })).toMatchObject({
    failure: { code: 'connection.batches-open', params: { count: 2 } },
  })
  expect(running.engines).toHaveLength(1)
  expect(running.engines[0]!.isClosed).toBe(false)
  expect(existsSync(join(running.baseDir, 'mode.json'))).toBe(false)
})

test('when the other desk cannot be opened the former one comes back', async () => {
  running.failing = 'live'
  const bureau = { code: '11360300014500006J', name: '某某市场监督管理局' }
  expect(await call('host.switchMode', { mode: 'live', bureau })).toMatchObject({
    failure: { code: 'defect.unexpected' },
  })
  expect(await call('records.counts')).toMatchObject({ value: { types: [{ type: 'practice' }] } })
  expect(existsSync(join(running.baseDir, 'mode.json'))).toBe(false)
})

test('the mode file is whole at any moment and damage opens practice', async () => {
  await call('host.switchMode', { mode: 'live', bureau: { code: '11360300014500006J', name: '某某局' } })
  expect(JSON.parse(readFileSync(join(running.baseDir, 'mode.json'), 'utf8'))).toEqual({
    mode: 'live',
    liveReady: true,
  })
  const { writeFileSync } = await import('node:fs')
  writeFileSync(join(running.baseDir, 'mode.json'), '{"mode":"li')
  expect(deskFolders(running.baseDir).readMode()).toEqual({ mode: 'practice', liveReady: false })
})

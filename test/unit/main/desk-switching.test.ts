import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { Bridge } from '@shared/contract/bridge'
import { failure, FailureError } from '@shared/kernel/failure'
import { newShell } from './shell-under-test'
import type { ShellUnderTest } from './shell-under-test'

let shell: ShellUnderTest
let electron: ShellUnderTest['electron']
let engines: ShellUnderTest['engines']
let baseDir: string

beforeEach(async () => {
  shell = await newShell()
  ;({ electron, engines, baseDir } = shell)
})
const startShell = (): Promise<Bridge> => shell.start()

test('switching makes the live desk once, stops the practice platform and is remembered', async () => {
  const bridge = await startShell()
  const bureau = { code: '11360300014500006J', name: '某某市场监督管理局' }
  expect(await bridge.call('host.switchMode', { mode: 'live', bureau: null })).toMatchObject({
    failure: { code: 'storage.not-initialised' },
  })
  expect(await bridge.call('host.switchMode', { mode: 'live', bureau })).toEqual({
    ok: true,
    value: { mode: 'live' },
  })
  expect(engines.starts[1]).toMatchObject({
    mode: 'live',
    bureau,
    practice: null,
    dataDir: join(baseDir, 'desk'),
  })
  expect(engines.starts[1]!.storeKey).not.toBe(engines.starts[0]!.storeKey)
  expect(shell.practiceCommands.at(-1)).toEqual({ type: 'stop' })
  expect(JSON.parse(readFileSync(join(baseDir, 'mode.json'), 'utf8'))).toEqual({
    mode: 'live',
    liveReady: true,
  })
  expect(electron.fake.windows[0]!.webContents.sent.at(-1)).toEqual(['xinbao:event', 'engine.restarted', {}])

  await bridge.call('host.switchMode', { mode: 'practice', bureau: null })
  await bridge.call('host.switchMode', { mode: 'live', bureau: { ...bureau, name: '另一个局' } })
  expect(engines.starts[3]!.bureau).toBeNull()
})

test('a desk where batches wait is not left for the other', async () => {
  const bridge = await startShell()
  engines.refusals['connection.mayLeave'] = failure('connection.batches-open', { count: 1, label: 'A' })
  const bureau = { code: '11360300014500006J', name: '某某市场监督管理局' }
  expect(await bridge.call('host.switchMode', { mode: 'live', bureau })).toMatchObject({
    failure: { code: 'connection.batches-open', params: { label: 'A' } },
  })
  expect(engines.starts).toHaveLength(1)
  expect(existsSync(join(baseDir, 'mode.json'))).toBe(false)
  // An engine that is gone keeps nobody.
  engines.refusals['connection.mayLeave'] = failure('engine.stopped')
  expect(await bridge.call('host.switchMode', { mode: 'live', bureau })).toMatchObject({ ok: true })
})

test('when the live desk cannot be opened practice comes back', async () => {
  const bridge = await startShell()
  electron.fake.programs['engine.js'] = (port, process) => {
    engines.refusal = engines.starts.length === 1 ? new FailureError(failure('storage.full')) : null
    engines.program(port, process)
  }
  const bureau = { code: '11360300014500006J', name: '某某市场监督管理局' }
  expect(await bridge.call('host.switchMode', { mode: 'live', bureau })).toMatchObject({
    failure: { code: 'storage.full' },
  })
  expect(engines.starts.map(({ mode }) => mode)).toEqual(['practice', 'live', 'practice'])
  expect(existsSync(join(baseDir, 'mode.json'))).toBe(false)
  expect(await bridge.call('records.counts', {})).toMatchObject({ ok: true })
})

test('a practice platform that does not start leaves a desk without a platform', async () => {
  electron.fake.programs['practice.js'] = (port) => {
    port.on('message', () => port.postMessage({ type: 'failed', message: 'port in use' }))
  }
  await startShell()
  expect(engines.starts[0]!.practice).toBeNull()
  expect(electron.fake.windows).toHaveLength(1)
})

test('a damaged mode file opens practice', async () => {
  mkdirSync(baseDir, { recursive: true })
  writeFileSync(join(baseDir, 'mode.json'), '{"mode":"live"')
  await startShell()
  expect(engines.starts[0]!.mode).toBe('practice')
})

test('a restored desk is opened by a new engine, after the former one has agreed and closed', async () => {
  const bridge = await startShell()
  engines.answers['restore.confirm'] = { confirmed: true }
  expect(await bridge.call('host.restore', { id: 'b1' })).toEqual({ ok: true, value: { restored: true } })
  expect(engines.starts.map(({ restore }) => restore)).toEqual([null, 'b1'])
  expect(engines.starts[1]).toMatchObject({ mode: 'practice', storeKey: engines.starts[0]!.storeKey })
  expect(engines.closed).toBe(1)
  expect(electron.fake.windows[0]!.webContents.sent.at(-1)).toEqual(['xinbao:event', 'engine.restarted', {}])
})

test('a backup that cannot be put in place, or that the engine refuses, leaves the former desk open', async () => {
  const bridge = await startShell()
  engines.refusals['restore.confirm'] = failure('restore.busy')
  expect(await bridge.call('host.restore', { id: 'b1' })).toMatchObject({ failure: { code: 'restore.busy' } })
  expect(engines.starts).toHaveLength(1)

  delete engines.refusals['restore.confirm']
  electron.fake.programs['engine.js'] = (port, process) => {
    engines.refusal = engines.starts.length === 1 ? new FailureError(failure('storage.full')) : null
    engines.program(port, process)
  }
  expect(await bridge.call('host.restore', { id: 'b1' })).toMatchObject({ failure: { code: 'storage.full' } })
  expect(engines.starts.map(({ restore }) => restore)).toEqual([null, 'b1', null])
  expect(await bridge.call('records.counts', {})).toMatchObject({ ok: true })
})

test('only the folder of former data that the engine knows is shown', async () => {
  const bridge = await startShell()
  const path = join(baseDir, 'practice', 'former', '2026-11-03-171205')
  engines.answers['restore.former'] = [{ name: '2026-11-03-171205', at: '2026-11-03T09:12:05.000Z', path }]
  const show = (name: string) => bridge.call('host.showFormer', { name })
  expect(await show('2026-11-03-171205')).toEqual({ ok: true, value: { shown: true } })
  expect(await show('2026-11-03-171206')).toEqual({ ok: true, value: { shown: false } })
  expect(await show('../../etc')).toMatchObject({ failure: { code: 'contract.invalid-input' } })
  expect(electron.shell.shown).toEqual([join(path, 'store.db')])
})

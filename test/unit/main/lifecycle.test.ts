import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Bridge } from '@shared/contract/bridge'
import { failure, FailureError } from '@shared/kernel/failure'
import { newShell, practiceAddress } from './shell-under-test'
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

test('the first start opens the practice desk with its platform, and the window shows', async () => {
  const bridge = await startShell()
  expect(electron.protocol.schemes[0]).toMatchObject({
    scheme: 'app',
    privileges: { standard: true, secure: true, supportFetchAPI: true },
  })
  expect(electron.protocol.schemes[0]!.privileges).not.toHaveProperty('bypassCSP')
  expect(electron.app.isSandboxEnabled).toBe(true)
  expect(engines.starts[0]).toMatchObject({
    dataDir: join(baseDir, 'practice'),
    mode: 'practice',
    bureau: { code: '11360300014500006J' },
    practice: practiceAddress,
    appVersion: '0.0.0-test',
  })
  expect(engines.starts[0]!.storeKey).toMatch(/^[0-9a-f]{64}$/)
  const [window] = electron.fake.windows
  await expect.poll(() => window!.isShown).toBe(true)
  expect(window!.webContents.mainFrame.url).toBe('app://xinbao/')
  expect(window!.options).toMatchObject({
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  expect(await bridge.call('records.counts', {})).toEqual({ ok: true, value: { total: 7, types: [] } })
  expect(await bridge.call('host.info', {})).toEqual({
    ok: true,
    value: { kind: 'electron', mode: 'practice', liveReady: false, version: '0.0.0-test' },
  })
})

test('children get no environment of ours, and their kind of memory limit', async () => {
  vi.stubEnv('XINBAO_KEY', 'secret')
  await startShell()
  engines.ports[0]!.launchSheetChild({ memoryMb: 512 })
  await expect
    .poll(() => electron.fake.forks.map(({ entry }) => entry.split('/').at(-1)))
    .toContain('sheet-child.js')
  vi.unstubAllEnvs()
  for (const { entry, options } of electron.fake.forks) {
    expect(options, entry).toMatchObject({ env: {}, stdio: 'ignore' })
  }
  expect(electron.fake.forks.at(-1)!.options['execArgv']).toContain('--max-old-space-size=512')
})

test('the bridge exposes two functions, refuses other names and passes events of the contract', async () => {
  const bridge = await startShell()
  expect(Object.keys(bridge)).toEqual(['call', 'on'])
  expect([...electron.contextBridge.exposed.keys()]).toEqual(['bridge'])
  expect(await bridge.call('records.nothing' as never, {} as never)).toMatchObject({
    failure: { code: 'contract.unknown-call' },
  })
  const heard: unknown[] = []
  const stop = bridge.on('batches.changed', (payload) => heard.push(payload))
  bridge.on('xinbao:call' as never, () => heard.push('never'))
  engines.emit('batches.changed', { batchIds: ['b1'] })
  engines.emit('inbox.changed', {})
  const contents = electron.fake.windows[0]!.webContents
  await expect.poll(() => contents.sent).toHaveLength(2)
  for (const [channel, ...values] of contents.sent)
    electron.ipcRenderer.emit(channel as string, {}, ...values)
  expect(heard).toEqual([{ batchIds: ['b1'] }])
  stop()
  electron.ipcRenderer.emit('xinbao:event', {}, 'batches.changed', {})
  expect(heard).toHaveLength(1)
})

test('the user guide opens at its part, in one window of its own without a bridge', async () => {
  const bridge = await startShell()
  expect(await bridge.call('host.openGuide', { section: 'closing' })).toMatchObject({
    value: { opened: true, url: null },
  })
  const guides = () => electron.fake.windows.slice(1)
  expect(guides()).toHaveLength(1)
  const [guide] = guides()
  expect(guide!.webContents.mainFrame.url).toBe('app://xinbao/guide/index.html#closing')
  expect(guide!.options['webPreferences']).toMatchObject({ sandbox: true, contextIsolation: true })
  expect(guide!.options['webPreferences']).not.toHaveProperty('preload')
  await bridge.call('host.openGuide', { section: 'inbox' })
  expect(guides()).toHaveLength(1)
  await expect.poll(() => guide!.webContents.mainFrame.url).toMatch(/#inbox$/)
  expect(await bridge.call('host.openGuide', { section: '../secret' as never })).toMatchObject({ ok: false })
})

test('what the engine logs is kept in a file of the month, a defect with its stack', async () => {
  await startShell()
  engines.ports[0]!.log.info('import.done', { rows: 3 })
  engines.ports[0]!.log.error('call.defect', new Error('boom'), { name: 'records.get' })
  const logs = join(baseDir, 'logs')
  const text = (): string =>
    existsSync(logs)
      ? readdirSync(logs)
          .map((name) => readFileSync(join(logs, name), 'utf8'))
          .join('')
      : ''
  await expect.poll(text).toContain('call.defect')
  expect(readdirSync(logs)).toEqual([expect.stringMatching(/^shell-\d{4}-\d{2}\.log$/)])
  expect(text()).toMatch(/import\.done \{"rows":3\}/)
  expect(text()).toMatch(/call\.defect \{"name":"records\.get"\} Error: boom\n\s+at /)
})

test('a second instance brings the window forward and its words are ignored', async () => {
  await startShell()
  const [window] = electron.fake.windows
  window!.minimized = true
  electron.app.emit('second-instance', {}, ['xinbao', '--load-extension=x', 'xinbao://evil'], '/')
  expect([window!.minimized, window!.focuses]).toEqual([false, 1])
  expect(engines.starts).toHaveLength(1)
})

test('when another instance holds the lock nothing is opened', async () => {
  electron.app.hasLock = false
  await startShell()
  expect([electron.app.quits, electron.fake.forks.length, electron.fake.windows.length]).toEqual([1, 0, 0])
})

test('without encryption the client says so and opens nothing', async () => {
  electron.safeStorage.isAvailable = false
  await startShell()
  expect(electron.dialog.errors).toEqual([expect.stringContaining('加密服务不可用')])
  expect(electron.app.exitCode).toBe(1)
  expect(electron.fake.forks).toHaveLength(0)
  expect(electron.fake.windows).toHaveLength(0)
})

test('an engine that refuses to start is explained in a sentence', async () => {
  engines.refusal = new FailureError(failure('storage.in-use'))
  await startShell()
  expect(electron.dialog.errors[0]).toMatch(/。$/)
  expect(electron.dialog.errors[0]).not.toContain('storage.')
  expect(electron.app.exitCode).toBe(1)
  expect(electron.fake.windows).toHaveLength(0)
  expect(electron.fake.forks.every(({ hasEnded }) => hasEnded)).toBe(true)
})

test('quitting waits until the engine has closed its files', async () => {
  await startShell()
  electron.app.emit('window-all-closed')
  expect(electron.app.quits).toBe(0)
  await expect.poll(() => electron.app.quits).toBe(1)
  expect(engines.closed).toBe(1)
  expect(shell.practiceCommands.at(-1)).toEqual({ type: 'stop' })
  expect(electron.fake.forks.every(({ hasEnded }) => hasEnded)).toBe(true)
})

test('files are chosen by dialog: the page gets tokens, the engine paths', async () => {
  const bridge = await startShell()
  const file = join(electron.app.folder, '上报.xlsx')
  writeFileSync(file, 'PK12')
  expect(await bridge.call('host.chooseFiles', {})).toEqual({ ok: true, value: [] })
  electron.dialog.filePaths = [file]
  const chosen = await bridge.call('host.chooseFiles', {})
  expect(chosen).toMatchObject({ ok: true, value: [{ name: '上报.xlsx', bytes: 4 }] })
  expect(JSON.stringify(chosen)).not.toContain(electron.app.folder)
  const token = chosen.ok ? chosen.value[0]!.token : ''
  await bridge.call('records.counts', {})
  expect(engines.ports[0]!.files.source(token)).toMatchObject({ path: file })
})

test('targets are chosen by dialog, and delivered once they are written', async () => {
  const bridge = await startShell()
  expect(await bridge.call('host.chooseTarget', { name: '模板.xlsx' })).toEqual({ ok: true, value: null })
  electron.dialog.savePath = join(electron.app.folder, '结果.xlsx')
  const chosen = await bridge.call('host.chooseTarget', { name: '../../C:\\x\\模板.xlsx' })
  expect(electron.dialog.shown.at(-1)!['defaultPath']).toBe(
    join(electron.app.getPath('documents'), '模板.xlsx'),
  )
  const target = chosen.ok ? chosen.value!.token : ''
  expect(await bridge.call('host.deliver', { target })).toMatchObject({
    failure: { code: 'output.not-writable' },
  })
  expect(await bridge.call('host.deliver', { target: 'unknown-token' })).toMatchObject({ ok: false })
  writeFileSync(electron.dialog.savePath, 'x')
  expect(await bridge.call('host.deliver', { target })).toEqual({ ok: true, value: { downloadUrl: null } })
  expect(electron.shell.shown).toEqual([electron.dialog.savePath])
})

test('the sample workbook is written by the engine to a place of ours and can be imported', async () => {
  const bridge = await startShell()
  expect(await bridge.call('host.sampleFile', {})).toMatchObject({ failure: { code: 'input.missing-file' } })
  const place = engines.written.at(-1)!
  expect(place.name).toMatch(/[.]xlsx$/)
  expect(place.path.startsWith(join(electron.app.getPath('temp'), 'xinbao-samples'))).toBe(true)
})

test('printing says whether it printed', async () => {
  const bridge = await startShell()
  expect(await bridge.call('host.print', {})).toEqual({ ok: true, value: { printed: true } })
  electron.fake.windows[0]!.webContents.willPrint = false
  expect(await bridge.call('host.print', {})).toEqual({ ok: true, value: { printed: false } })
})

test('what a page would print is written to the chosen file, and nowhere else', async () => {
  const bridge = await startShell()
  electron.dialog.savePath = join(electron.app.folder, '日结单.pdf')
  const chosen = await bridge.call('host.chooseTarget', { name: '日结单.pdf' })
  const token = chosen.ok ? chosen.value!.token : ''
  expect(await bridge.call('host.savePdf', { target: token })).toEqual({ ok: true, value: { saved: true } })
  expect(readFileSync(electron.dialog.savePath, 'latin1')).toMatch(/^%PDF-/)
  expect(await bridge.call('host.savePdf', { target: 'f'.repeat(token.length) })).toMatchObject({
    failure: { code: 'output.not-writable' },
  })
})

test('a page that dies is loaded again, but not for ever', async () => {
  await startShell()
  const { webContents } = electron.fake.windows[0]!
  for (let time = 0; time < 5; time++) webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  expect(webContents.reloads).toBe(3)
  webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
  expect(webContents.reloads).toBe(3)
})

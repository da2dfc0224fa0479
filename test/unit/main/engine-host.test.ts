import { beforeEach, afterEach, expect, test, vi } from 'vitest'
import { createEngineHost, CLOSE_LIMIT_MS, RECOVERED_AFTER_MS, RESTART_PAUSES_MS } from '@main/engine-host'
import type { EngineHost } from '@main/engine-host'
import type { ShellLog } from '@main/shell-log'
import type { EngineStart } from '@shared/contract/engine-messages'
import { failure, FailureError } from '@shared/kernel/failure'
import { app, fake, utilityProcess } from '@test/fakes/electron'
import type { FakeUtilityProcess } from '@test/fakes/electron-processes'
import { createEngineProgram } from './engine-program'
import type { EngineProgram } from './engine-program'

const start: EngineStart = {
  dataDir: '/desk',
  bureau: null,
  resourceDir: '/resources',
  storeKey: 'ab'.repeat(32),
  mode: 'practice',
  appVersion: '1.2.3',
  practice: null,
  restore: null,
  logFolder: null,
}
const stopped = { ok: false, failure: failure('engine.stopped') }

let engines: EngineProgram
let host: EngineHost
let events: [string, unknown][]
let logged: string[]
let givenUp: number
const engineForks = (): readonly FakeUtilityProcess[] =>
  fake.forks.filter(({ entry }) => entry === 'engine.js')
/** Lets messages between the fake processes arrive. */
const settleDown = async (): Promise<void> => {
  for (let turn = 0; turn < 12; turn++) await new Promise((done) => setImmediate(done))
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  await app.whenReady()
  fake.forks.length = 0
  engines = createEngineProgram()
  fake.programs = { 'engine.js': engines.program }
  events = []
  logged = []
  givenUp = 0
  const log: ShellLog = {
    info: (event, detail) => void logged.push(`${event} ${JSON.stringify(detail ?? {})}`),
    error: (event, stack, detail) => void logged.push(`${event} ${JSON.stringify(detail ?? {})} ${stack}`),
  }
  host = createEngineHost({
    forkEngine: () => utilityProcess.fork('engine.js'),
    forkSheetChild: (memoryMb) => utilityProcess.fork('sheet-child.js', [], { memoryMb }),
    onEvent: (name, payload) => events.push([name, payload]),
    onGivenUp: () => givenUp++,
    log,
  })
})
afterEach(() => vi.useRealTimers())

test('starts the engine with its data and answers calls by their own ids, in any order', async () => {
  await host.start(start)
  expect(engines.starts).toEqual([start])
  const [counts, detail, busy] = await Promise.all([
    host.call('records.counts', {}),
    host.call('records.get', { recordId: 'r1' }),
    host.call('tasks.list', {}),
  ])
  expect(counts).toEqual({ ok: true, value: { total: 7, types: [] } })
  expect(detail).toEqual({ ok: true, value: { name: 'records.get', input: { recordId: 'r1' } } })
  expect(busy).toMatchObject({ ok: false, failure: { code: 'task.busy' } })
})

test('a call without an engine is refused at once', async () => {
  expect(await host.call('records.counts', {})).toEqual(stopped)
  expect(engineForks()).toHaveLength(0)
})

test('a crash refuses every call in flight, restarts the engine and tells the pages', async () => {
  await host.start(start)
  const inFlight = Array.from({ length: 50 }, () => host.call('feed.pull', {}))
  await settleDown()
  expect(engines.asked).toHaveLength(50)
  engineForks()[0]!.end(139)
  expect(await Promise.all(inFlight)).toEqual(Array.from({ length: 50 }, () => stopped))
  expect(await host.call('records.counts', {})).toEqual(stopped)
  expect(events).toEqual([])

  await vi.advanceTimersByTimeAsync(RESTART_PAUSES_MS[0])
  await settleDown()
  expect(engineForks()).toHaveLength(2)
  expect(engines.starts[1]).toEqual(start)
  expect(events).toEqual([['engine.restarted', {}]])
  expect(await host.call('records.counts', {})).toMatchObject({ ok: true })
  expect(logged.join()).toContain('engine.crashed {"code":139,"crashes":1}')
})

test('pauses grow, and after the last crash the engine stays down', async () => {
  await host.start(start)
  for (const [index, pauseMs] of RESTART_PAUSES_MS.entries()) {
    engineForks().at(-1)!.end(1)
    await settleDown()
    await vi.advanceTimersByTimeAsync(pauseMs - 1)
    await settleDown()
    expect(engineForks()).toHaveLength(index + 1)
    await vi.advanceTimersByTimeAsync(1)
    await settleDown()
    expect(engineForks()).toHaveLength(index + 2)
  }
  engineForks().at(-1)!.end(1)
  await settleDown()
  await vi.advanceTimersByTimeAsync(10 * 60_000)
  expect(engineForks()).toHaveLength(RESTART_PAUSES_MS.length + 1)
  expect(givenUp).toBe(1)
  expect(await host.call('records.counts', {})).toEqual(stopped)
})

test('an engine that ran for a minute has its crashes forgiven', async () => {
  await host.start(start)
  for (let round = 0; round < RESTART_PAUSES_MS.length + 3; round++) {
    engineForks().at(-1)!.end(1)
    await settleDown()
    await vi.advanceTimersByTimeAsync(RESTART_PAUSES_MS[0])
    await settleDown()
    await vi.advanceTimersByTimeAsync(RECOVERED_AFTER_MS)
  }
  expect(givenUp).toBe(0)
  expect(await host.call('records.counts', {})).toMatchObject({ ok: true })
})

test('a restart that is refused is tried again, and given up in the end', async () => {
  await host.start(start)
  engines.refusal = new FailureError(failure('storage.in-use'))
  engineForks()[0]!.end(1)
  await settleDown()
  for (const pauseMs of RESTART_PAUSES_MS) {
    await vi.advanceTimersByTimeAsync(pauseMs)
    await settleDown()
  }
  expect(givenUp).toBe(1)
  expect(events).toEqual([])
  expect(engineForks().every(({ hasEnded }) => hasEnded)).toBe(true)
})

test('a refusal to start comes out with its code and leaves no process', async () => {
  engines.refusal = new FailureError(failure('storage.newer-schema', { found: 9 }))
  await expect(host.start(start)).rejects.toMatchObject({
    failure: { code: 'storage.newer-schema', params: { found: 9 } },
  })
  await settleDown()
  expect(engineForks().map(({ hasEnded }) => hasEnded)).toEqual([true])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(engineForks()).toHaveLength(1)
})

test('an engine that ends while it starts is a refusal, not an endless wait', async () => {
  fake.programs = { 'engine.js': (_port, process) => process.end(134) }
  await expect(host.start(start)).rejects.toMatchObject({ failure: { code: 'engine.stopped' } })
})

test('stopping closes the engine, refuses what is in flight, and does not restart it', async () => {
  await host.start(start)
  const inFlight = host.call('feed.pull', {})
  await host.stop()
  expect(engines.closed).toBe(1)
  expect(await inFlight).toEqual(stopped)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(engineForks()).toHaveLength(1)
  await host.stop()
  await host.start(start)
  expect(await host.call('records.counts', {})).toMatchObject({ ok: true })
})

test('an engine that does not close in time is ended', async () => {
  await host.start(start)
  engineForks()[0]!.parentPort.removeAllListeners('message')
  const stop = host.stop()
  await vi.advanceTimersByTimeAsync(CLOSE_LIMIT_MS)
  await stop
  expect(engineForks()[0]!.wasKilled).toBe(true)
})

test('stopping between a crash and its restart cancels the restart', async () => {
  await host.start(start)
  engineForks()[0]!.end(1)
  await settleDown()
  await host.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(engineForks()).toHaveLength(1)
})

test('files are known to the engine by token, and to a restarted engine as well', async () => {
  await host.start(start)
  host.registerFile({ role: 'source', token: 'token-1', path: '/a.xlsx', name: 'a.xlsx' })
  host.registerFile({ role: 'target', token: 'token-2', path: '/b.xlsx', name: 'b.xlsx' })
  await settleDown()
  expect(engines.ports[0]!.files.source('token-1')).toMatchObject({ path: '/a.xlsx', name: 'a.xlsx' })
  expect(engines.ports[0]!.files.target('token-2')).toMatchObject({ path: '/b.xlsx' })
  expect(() => engines.ports[0]!.files.source('token-2')).toThrow('input.missing-file')
  expect(() => engines.ports[0]!.files.target('token-1')).toThrow('output.not-writable')
  engineForks()[0]!.end(1)
  await settleDown()
  await vi.advanceTimersByTimeAsync(RESTART_PAUSES_MS[0])
  await settleDown()
  expect(engines.ports[1]!.files.source('token-1')).toMatchObject({ path: '/a.xlsx' })
})

test('events and log lines pass; a defect is logged with its stack', async () => {
  await host.start(start)
  engines.emit('batches.changed', { batchIds: ['b'] })
  engines.ports[0]!.log.info('import.done', { rows: 3 })
  engines.ports[0]!.log.error('call.defect', new Error('boom'), { name: 'x' })
  await settleDown()
  expect(events).toEqual([['batches.changed', { batchIds: ['b'] }]])
  expect(logged[0]).toBe('import.done {"rows":3}')
  expect(logged[1]).toMatch(/^call\.defect \{"name":"x"\} Error: boom\n\s+at /)
})

test('sheet children are forked by the shell, speak with the engine and are killed for it', async () => {
  fake.programs['sheet-child.js'] = (port) => {
    port.on('message', ({ data }: { data: unknown }) => port.postMessage({ echo: data }))
  }
  await host.start(start)
  const child = engines.ports[0]!.launchSheetChild({ memoryMb: 512 })
  const other = engines.ports[0]!.launchSheetChild({ memoryMb: 256 })
  const heard: unknown[] = []
  const exits: unknown[] = []
  child.onMessage((message) => heard.push(message))
  child.onExit((exit) => exits.push(exit))
  other.onMessage((message) => heard.push(['other', message]))
  child.send({ rows: ['一'] })
  await settleDown()
  expect(heard).toEqual([{ echo: { rows: ['一'] } }])
  const [first, second] = fake.forks.filter(({ entry }) => entry === 'sheet-child.js')
  expect([first!.options['memoryMb'], second!.options['memoryMb']]).toEqual([512, 256])

  first!.end(134)
  await settleDown()
  expect(exits).toEqual([{ code: 134, signal: null }])
  child.send('late')
  child.kill()
  other.kill()
  await settleDown()
  expect(second!.wasKilled).toBe(true)
})

test('sheet children end with their engine, and a late word of theirs reaches no other engine', async () => {
  await host.start(start)
  engines.ports[0]!.launchSheetChild({ memoryMb: 512 })
  await settleDown()
  const child = fake.forks.find(({ entry }) => entry === 'sheet-child.js')!
  engineForks()[0]!.end(1)
  await settleDown()
  expect(child.wasKilled).toBe(true)
  await vi.advanceTimersByTimeAsync(RESTART_PAUSES_MS[0])
  await settleDown()
  child.emit('message', { type: 'rows' })
  await settleDown()
  expect(engineForks()[1]!.posted).toEqual([{ kind: 'start', start }])
})

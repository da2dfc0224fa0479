import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDeskSession } from '@main/desk-session'
import type { DeskSession } from '@main/desk-session'
import { createEngineHost } from '@main/engine-host'
import type { EngineHost } from '@main/engine-host'
import { createNativeCalls } from '@main/native-calls'
import { createPracticeHost } from '@main/practice-host'
import { storeKeyOf } from '@main/secrets'
import type { CallInput, CallName, CallOutput, Handlers, HostCallName } from '@shared/contract/calls'
import type { Result } from '@shared/kernel/result'
import { safeStorage } from '@test/fakes/electron'
import { forkBuilt } from './node-shell-process'
import type { NodeShellProcess } from './node-shell-process'

const resourceDir = resolve(import.meta.dirname, '../../../resources')

let baseDir: string
let forks: { entry: string; process: NodeShellProcess }[]
let events: string[]
let engine: EngineHost
let desk: DeskSession
let native: Handlers<HostCallName>

const fork = (entry: string, execArgv: string[] = []): NodeShellProcess => {
  const started = forkBuilt(entry, execArgv)
  forks.push({ entry, process: started })
  return started
}
const of = (entry: string): readonly NodeShellProcess[] =>
  forks.filter((one) => one.entry === entry).map((one) => one.process)
const call = <Name extends CallName>(name: Name, input: Partial<CallInput<Name>>) =>
  engine.call(name, input) as Promise<Result<CallOutput<Name>>>
const valueOf = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(result.failure.code)
  return result.value
}

beforeEach(() => {
  baseDir = mkdtempSync(join(tmpdir(), 'xinbao-processes-'))
  forks = []
  events = []
  const log = { info: () => undefined, error: () => undefined }
  engine = createEngineHost({
    forkEngine: () => fork('engine', ['--disable-proto=throw']),
    forkSheetChild: (memoryMb) =>
      fork('sheet-child', [`--max-old-space-size=${memoryMb}`, '--disable-proto=throw']),
    onEvent: (name) => events.push(name),
    onGivenUp: () => events.push('given-up'),
    log,
  })
  desk = createDeskSession({
    baseDir,
    resourceDir,
    appVersion: '0.0.0',
    logFolder: join(baseDir, 'logs'),
    engine,
    practice: createPracticeHost(() => fork('practice'), log),
    storeKeyOf: (dataDir) => storeKeyOf(dataDir, safeStorage),
    onSwitched: () => events.push('switched'),
  })
  const unused = (): never => {
    throw new Error('no window in this test')
  }
  native = createNativeCalls({
    dialog: { showOpenDialog: unused, showSaveDialog: unused },
    shell: { showItemInFolder: unused },
    window: unused,
    session: desk,
    registerFile: (file) => engine.registerFile(file),
    callEngine: (name, input) => engine.call(name, input),
    documentsDir: baseDir,
    scratchDir: join(baseDir, 'samples'),
    openGuide: unused,
    version: '0.0.0',
    installUpdate: () => Promise.resolve(false),
  })
})
afterEach(async () => {
  await desk.close()
  for (const { process } of forks) process.kill()
  rmSync(baseDir, { recursive: true, force: true })
})

/** Imports the sample workbook through engine, broker and sheet child; gives the number of records. */
async function importSample(): Promise<number> {
  const { token } = await native['host.sampleFile']({})
  const found = valueOf(await call('import.inspect', { file: token }))
  const { sheet, headerRow, recordType } = found
  const mapping = Object.fromEntries(found.columns.map((column) => [String(column.column), column.field]))
  const task = valueOf(
    await call('import.run', {
      file: token,
      recordType: recordType,
      sheet: sheet,
      headerRow: headerRow,
      mapping,
    }),
  )
  await expect
    .poll(
      async () => valueOf(await call('tasks.list', {})).find(({ taskId }) => taskId === task.taskId)?.state,
      { timeout: 60_000 },
    )
    .toBe('done')
  return valueOf(await call('records.counts', {})).total
}

test('the practice desk opens with its platform; a workbook goes through a child of its own', async () => {
  await desk.open()
  expect(valueOf(await call('desk.info', {}))).toMatchObject({
    mode: 'practice',
    bureauCode: '11360300014500006J',
  })
  expect(valueOf(await call('connection.get', {})).platformUrl).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/,
  )
  expect(await importSample()).toBeGreaterThan(0)
  expect(of('sheet-child').length).toBeGreaterThan(0)
  await expect
    .poll(() => of('sheet-child').every(({ child }) => child.exitCode ?? child.signalCode))
    .toBe(true)
})

test('an engine that is killed comes back with everything that was stored', async () => {
  await desk.open()
  const total = await importSample()
  const inFlight = Array.from({ length: 40 }, () => call('records.page', {}))
  of('engine')[0]!.kill()
  const answers = await Promise.all(inFlight)
  expect(
    answers
      .filter((answer) => !answer.ok)
      .every((answer) => !answer.ok && answer.failure.code === 'engine.stopped'),
  ).toBe(true)
  expect(await call('records.counts', {})).toMatchObject({ failure: { code: 'engine.stopped' } })
  await expect.poll(() => events, { timeout: 30_000 }).toContain('engine.restarted')
  expect(valueOf(await call('records.counts', {})).total).toBe(total)
  expect(of('engine')).toHaveLength(2)
})

test('closing ends every process by itself and leaves no key or record in clear on disk', async () => {
  await desk.open()
  await importSample()
  await desk.close()
  expect(of('engine').map(({ child }) => child.exitCode)).toEqual([0])
  expect(of('practice').every(({ child }) => child.exitCode !== null || child.signalCode !== null)).toBe(true)
  const folder = join(baseDir, 'practice')
  for (const name of readdirSync(folder)) {
    expect(readFileSync(join(folder, name)).includes('SQLite format 3'), name).toBe(false)
  }
})

test('live and practice are two desks with two stores', async () => {
  await desk.open()
  const total = await importSample()
  await desk.switchTo('live', { code: '11360300014500006J', name: '某某市场监督管理局' })
  expect(valueOf(await call('desk.info', {}))).toMatchObject({
    mode: 'live',
    bureauName: '某某市场监督管理局',
  })
  expect(valueOf(await call('records.counts', {})).total).toBe(0)
  expect(valueOf(await call('connection.get', {})).platformUrl).toBeNull()
  await desk.switchTo('practice', null)
  expect(valueOf(await call('records.counts', {})).total).toBe(total)
})

import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FromCommand, ToCommand } from '@shared/contract/command-messages'
import { commandSummaries } from '@shared/texts/zh-CN/cli'
import { commands } from '@cli/registry'
import { commandBaseFolder, commandWords } from '@main/command-words'
import { storeKeyOf } from '@main/secrets'
import { safeStorage } from '@test/fakes/electron-system'
import type { FakeParentPort } from '@test/fakes/electron-processes'
import { freshElectron } from './fake-contents'

test('the client knows the commands of the command line by their names', () => {
  expect(Object.keys(commandSummaries).sort()).toEqual(commands.map(({ name }) => name).sort())
  expect(commandWords(['xinbao.exe', 'list', '--json'], true)).toEqual(['list', '--json'])
  expect(commandWords(['xinbao.exe', '--', 'connect', '--platform', 'https://a'], true)).toEqual([
    'connect',
    '--platform',
    'https://a',
  ])
  expect(commandWords(['electron', '.', 'help'], false)).toEqual(['help'])
  for (const argv of [[], ['--data=D:\\x'], ['constructor'], ['D:\\许可.xlsx', 'list']]) {
    expect(commandWords(['xinbao.exe', ...argv], true)).toBeNull()
  }
})

describe('a client that is started with a command', () => {
  let electron: Awaited<ReturnType<typeof freshElectron>>
  let written: { stdout: string; stderr: string }
  let told: ToCommand[]
  const argv = process.argv

  beforeEach(async () => {
    electron = await freshElectron()
    written = { stdout: '', stderr: '' }
    told = []
    for (const to of ['stdout', 'stderr'] as const) {
      vi.spyOn(process[to], 'write').mockImplementation((text, ...rest: unknown[]) => {
        written[to] += String(text)
        const done = rest.find((one) => typeof one === 'function') as (() => void) | undefined
        done?.()
        return true
      })
    }
    vi.stubEnv('XDG_DATA_HOME', join(electron.app.folder, 'share'))
    vi.stubEnv('XINBAO_KEY', '')
    vi.stubEnv('SECRET_OF_THE_TERMINAL', 'x')
  })
  afterEach(() => {
    process.argv = argv
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    rmSync(electron.app.folder, { recursive: true, force: true })
  })

  /** Starts the client with words; `answer` is what its command process does with each message. */
  async function run(words: readonly string[], answer: (port: FakeParentPort, message: ToCommand) => void) {
    process.argv = ['electron', '.', ...words]
    electron.app.hasLock = false
    electron.fake.programs = {
      'command.js': (port) => {
        port.on('message', ({ data }: { data: ToCommand }) => {
          told.push(data)
          answer(port, data)
        })
      },
    }
    const { started } = await import('@main/index')
    await started
  }
  const say = (port: FakeParentPort, message: FromCommand): void => port.postMessage(message)

  test('shows no window, runs beside an open one, writes what the command writes, and ends with its code', async () => {
    await run(['list', '--json'], (port, { kind }) => {
      if (kind !== 'start') return
      say(port, { kind: 'output', to: 'stderr', text: '读取\n' })
      say(port, { kind: 'output', to: 'stdout', text: '{"records":[]}\n' })
      say(port, { kind: 'end', code: 1 })
    })
    expect(told[0]).toMatchObject({ kind: 'start', words: ['list', '--json'] })
    expect(written).toEqual({ stdout: '{"records":[]}\n', stderr: '读取\n' })
    expect(electron.app.exitCode).toBe(1)
    expect(electron.fake.windows).toEqual([])
    const [fork] = electron.fake.forks
    expect(fork!.options['env']).toHaveProperty('XDG_DATA_HOME')
    expect(fork!.options['env']).not.toHaveProperty('SECRET_OF_THE_TERMINAL')
    expect(fork!.hasEnded).toBe(true)
  })

  test('unwraps the key of a desk that the client made, makes one for its own, and none elsewhere', async () => {
    const own = join(electron.app.folder, 'share', 'xinbao', 'desk')
    const made = storeKeyOf(own, safeStorage)
    const elsewhere = join(electron.app.folder, 'elsewhere')
    const asked = [
      { dataDir: own, make: false },
      { dataDir: elsewhere, make: false },
      { dataDir: elsewhere, make: true },
    ]
    await run(['list', '--data', own], (port, { kind }) => {
      if (kind === 'start') asked.forEach((one, id) => say(port, { kind: 'key', id, ...one }))
      if (told.length > asked.length) say(port, { kind: 'end', code: 0 })
    })
    expect(told.slice(1)).toEqual([
      { kind: 'key', id: 0, result: { ok: true, value: made } },
      { kind: 'key', id: 1, result: { ok: true, value: null } },
      { kind: 'key', id: 2, result: { ok: true, value: null } },
    ])
    expect(electron.app.paths.get('userData')).toBe(join(own, '..', 'shell'))
  })

  test('says that a key cannot be unwrapped, and that a command broke', async () => {
    const own = join(electron.app.folder, 'share', 'xinbao', 'desk')
    storeKeyOf(own, safeStorage)
    electron.safeStorage.secret = 0x33
    await run(['list'], (port, { kind }) => {
      if (kind === 'start') say(port, { kind: 'key', id: 0, dataDir: own, make: false })
      else electron.fake.forks[0]!.end(134)
    })
    expect(told[1]).toMatchObject({ result: { ok: false, failure: { code: 'storage.wrong-key' } } })
    expect(electron.app.exitCode).toBe(70)
  })

  test('finds the key store of the desk that --data names', () => {
    const desk = join(electron.app.folder, 'other', 'desk')
    expect(commandBaseFolder(['list', '--data', desk], '/own')).toBe('/own')
    mkdirSync(desk, { recursive: true })
    storeKeyOf(desk, safeStorage)
    expect(commandBaseFolder(['list', '--data', desk], '/own')).toBe(join(electron.app.folder, 'other'))
    expect(commandBaseFolder([`--data=${desk}`], '/own')).toBe(join(electron.app.folder, 'other'))
    expect(commandBaseFolder(['list'], '/own')).toBe('/own')
  })
})

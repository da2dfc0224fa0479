import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const launch = resolve('electron/launch')
let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'xinbao-launch-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a module's export in a process of its own, as the launchers are run, and gives what it printed. */
const evaluate = (module: string, expression: string): string => {
  const code = `import * as m from ${JSON.stringify(`file://${launch}/${module}`)}; console.log(${expression})`
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
  return done.stdout.trim()
}

test('an old Node is told what to do, in both languages, before anything else is loaded', () => {
  const oldNode = 'Object.defineProperty(process,"versions",{value:{node:"20.19.0",napi:"9"}})'
  const guard = `${oldNode};require(${JSON.stringify(`${launch}/check-node.cjs`)})`
  const refused = spawnSync(process.execPath, ['-e', guard], { encoding: 'utf8' })
  expect(refused.status).toBe(2)
  expect(refused.stderr).toMatch(/npm ci.*npm start/)
  expect(refused.stderr).toContain('too old')
  expect(spawnSync(process.execPath, [join(launch, 'check-node.cjs')]).status).toBe(0)
})

test('an Electron runtime is found where it lies, and never looked for by loading the package', () => {
  const find = (platform: string, env: object): string =>
    evaluate(
      'electron-runtime.mjs',
      `m.findElectronRuntime(${JSON.stringify({ projectDir: folder, platform, env })})`,
    )
  expect(find('linux', {})).toBe('null')
  const dist = join(folder, 'node_modules', 'electron', 'dist')
  mkdirSync(dist, { recursive: true })
  writeFileSync(join(dist, 'electron.exe'), '')
  expect(find('linux', {})).toBe('null')
  expect(find('win32', {})).toBe(join(dist, 'electron.exe'))
  const given = join(folder, 'given')
  mkdirSync(given)
  writeFileSync(join(given, 'electron'), '')
  expect(find('linux', { ELECTRON_OVERRIDE_DIST_PATH: given })).toBe(join(given, 'electron'))
  for (const name of ['start.mjs', 'electron-runtime.mjs', 'run.mjs', 'ensure-build.mjs']) {
    expect(readFileSync(join(launch, name), 'utf8')).not.toMatch(
      /(from|import|require\()\s*\(?['"]electron['"]/,
    )
  }
})

test('sources that changed in any way make the build stale', () => {
  const state = (): string => evaluate('source-state.mjs', `m.sourceState(${JSON.stringify(folder)})`)
  const states = [state()]
  mkdirSync(join(folder, 'shared', 'kernel'), { recursive: true })
  const file = join(folder, 'shared', 'kernel', 'a.ts')
  writeFileSync(file, 'a')
  utimesSync(file, 1, 1)
  states.push(state())
  writeFileSync(file, 'b')
  utimesSync(file, 2, 2)
  states.push(state())
  writeFileSync(join(folder, 'package.json'), '{}')
  states.push(state())
  rmSync(file)
  states.push(state())
  expect(new Set(states).size).toBe(states.length)
  writeFileSync(join(folder, 'notes.md'), 'not a source')
  expect(state()).toBe(states.at(-1))
})

test('builds of two processes never overlap, and the lock of a dead one is taken over', async () => {
  const lock = join(folder, 'lock')
  const trace = join(folder, 'trace')
  const code = (name: string): string =>
    `import { withBuildLock } from ${JSON.stringify(`file://${launch}/build-lock.mjs`)}
     import { appendFileSync } from 'node:fs'
     await withBuildLock(${JSON.stringify(lock)}, async () => {
       appendFileSync(${JSON.stringify(trace)}, '${name}(')
       await new Promise((done) => setTimeout(done, 150))
       appendFileSync(${JSON.stringify(trace)}, ')')
     })`
  mkdirSync(lock)
  writeFileSync(join(lock, 'pid'), String(spawnSync(process.execPath, ['-e', '']).pid))
  await Promise.all(
    ['a', 'b', 'c'].map(
      (name) =>
        new Promise((done) => {
          spawn(process.execPath, ['--input-type=module', '-e', code(name)], { stdio: 'inherit' }).on(
            'exit',
            done,
          )
        }),
    ),
  )
  expect(readFileSync(trace, 'utf8')).toMatch(/^(?:[abc]\(\)){3}$/)
  expect(existsSync(lock)).toBe(false)
}, 20_000)

test('the launcher of commands takes nothing but the command line', () => {
  const refused = spawnSync(process.execPath, [join(launch, 'run.mjs'), '../../evil'], { encoding: 'utf8' })
  expect([refused.status, refused.stdout]).toEqual([2, ''])
})

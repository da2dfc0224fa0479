import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleEntry, type BundledEntry } from '@test/fixtures/bundle-entry'
import {
  newDesk,
  nextPack,
  openStandardsDesk,
  packageOf,
  platformKeys,
  resourceDir,
  storeKey,
} from './standards-desk'

let child: BundledEntry
let scratch: string

beforeAll(async () => {
  child = await bundleEntry('test/integration/standards/install-child.ts')
  // The store's native package is outside the bundle.
  symlinkSync(resolve(resourceDir, '../node_modules'), join(dirname(child.path), 'node_modules'), 'junction')
  scratch = mkdtempSync(join(tmpdir(), 'xinbao-packages-'))
  writeFileSync(join(scratch, 'key.hex'), platformKeys.privateKey)
})

afterAll(() => {
  child.remove()
  rmSync(scratch, { recursive: true, force: true })
})

/** Lets the child install until `isTime` says so, then kills it on the spot. */
async function killedInstaller(dataDir: string, isTime: () => boolean): Promise<void> {
  const process_ = spawn(
    process.execPath,
    [child.path, dataDir, resourceDir, storeKey, join(scratch, 'key.hex'), scratch],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const ended = new Promise<void>((done) => process_.once('exit', () => done()))
  while (!isTime() && process_.exitCode === null) await sleep(0)
  process_.kill('SIGKILL')
  await ended
  // One that ended by itself would prove nothing.
  expect(process_.signalCode).toBe('SIGKILL')
}

/** What must hold however the installation ended. */
async function checkDesk(folder: string): Promise<void> {
  const desk = await openStandardsDesk(folder)
  const { inForce, versions } = await desk.versions()
  expect(inForce).toBe('2026.1')
  expect(versions.filter((one) => one.state === 'damaged')).toEqual([])
  const installed = versions.filter((one) => one.origin === 'installed').map((one) => `${one.version}.json`)
  const files = desk.packageFiles().map((path) => path.split(/[\\/]/).at(-1))
  expect(files.sort()).toEqual(installed.sort())
  const number = installed.length + 2
  const next = packageOf(nextPack({ version: `2026.${number}` }), { supersedes: `2026.${number - 1}` })
  expect(await desk.install(next)).toEqual({ ok: true, value: { version: `2026.${number}` } })
  await desk.close()
}

const packagesIn = (dataDir: string): string[] => {
  const folder = join(dataDir, 'standards/pingxiang-credit')
  return existsSync(folder) ? readdirSync(folder) : []
}

test.each<[string, (dataDir: string) => () => boolean]>([
  ['when the first bytes are on disk', (dataDir) => () => packagesIn(dataDir).length > 0],
  ['when the file has its name', (dataDir) => () => packagesIn(dataDir).includes('2026.2.json')],
  ['in the third installation', (dataDir) => () => packagesIn(dataDir).some((name) => name.startsWith('2026.4'))],
  ['when a partial file shows', (dataDir) => () => packagesIn(dataDir).some((name) => name.endsWith('.partial'))],
])('a kill %s leaves the old standard in force and no half package', async (_, when) => {
  const folder = await newDesk()
  await killedInstaller(join(folder, 'desk'), when(join(folder, 'desk')))
  await checkDesk(folder)
}) // prettier-ignore

test('kills at any time leave every desk whole', async () => {
  for (const delayMs of [0, 7, 29, 61]) {
    const folder = await newDesk()
    const dataDir = join(folder, 'desk')
    let readyAt: number | null = null
    await killedInstaller(dataDir, () => {
      if (readyAt === null && packagesIn(dataDir).length > 0) readyAt = performance.now()
      return readyAt !== null && performance.now() - readyAt >= delayMs
    })
    await checkDesk(folder)
  }
})

test('what a cut-off installation left behind is cleared away at the next start', async () => {
  const folder = await newDesk()
  const place = join(folder, 'desk/standards/pingxiang-credit')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, '2026.2.json.partial'), packageOf(nextPack()).slice(0, 1_000))
  writeFileSync(join(place, '2026.3.json'), packageOf(nextPack({ version: '2026.3' })))
  await checkDesk(folder)
})

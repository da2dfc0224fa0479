import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleEntry, type BundledEntry } from '@test/fixtures/bundle-entry'
import { newDesk, openStandardsDesk, platformKeys, resourceDir } from './standards-desk'

let program: BundledEntry
let folder: string

beforeAll(async () => {
  program = await bundleEntry('electron/cli/sign-pack.ts')
  folder = mkdtempSync(join(tmpdir(), 'xinbao-sign-'))
  const pack = join(folder, 'pack')
  cpSync(join(resourceDir, 'standards/pingxiang-credit/2026.1'), pack, { recursive: true })
  const manifest = JSON.parse(readFileSync(join(pack, 'pack.json'), 'utf8')) as object
  writeFileSync(
    join(pack, 'pack.json'),
    JSON.stringify({ ...manifest, version: '2026.2', from: '2026-03-01' }),
  )
  writeFileSync(join(folder, 'key.hex'), platformKeys.privateKey)
  writeFileSync(join(folder, 'short.hex'), 'abc')
})

afterAll(() => {
  program.remove()
  rmSync(folder, { recursive: true, force: true })
})

const sign = (...words: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program.path, ...words], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('a pack folder becomes a package that a desk of the region installs', async () => {
  const made = sign('pack', 'out/2026.2.json', '--key', 'key.hex', '--region', '360300', '--supersedes', '2026.1')
  expect(made).toMatchObject({ status: 0, stderr: '' })
  expect(JSON.parse(made.stdout)).toMatchObject({
    id: 'pingxiang-credit',
    version: '2026.2',
    publicKey: platformKeys.publicKey,
  })
  const desk = await openStandardsDesk(await newDesk())
  const text = readFileSync(join(folder, 'out/2026.2.json'))
  expect(await desk.install(text)).toEqual({ ok: true, value: { version: '2026.2' } })
}) // prettier-ignore

test('what no desk would take is not signed, and says why', () => {
  const target = join(folder, 'no.json')
  const key = ['--key', 'key.hex', '--region', '360300']
  expect(sign('pack', target, '--key', 'short.hex', '--region', '360300').stderr).toContain('64 位十六进制')
  expect(sign('pack', target, '--key', 'key.hex', '--region', '36').stderr).toContain('行政区划')
  expect(sign('nowhere', target, ...key).stderr).toContain('pack.json')
  expect(sign('pack', target, ...key, '--changes', 'none.md').stderr).toContain('none.md')
  expect(sign('pack', target, ...key, '--supersedes', 'first').status).not.toBe(0)
  expect(() => readFileSync(target)).toThrow()
  expect(sign()).toMatchObject({ status: 2, stdout: expect.stringContaining('sign-pack') as string })
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Packager } from 'electron-builder'
import { beforeAll, expect, test } from 'vitest'

const packager = new Packager({ projectDir: resolve('.'), config: 'electron-builder.yml' })
let config: Packager['config']
// The builder's own reading: it throws for what it does not accept, in its configuration and in package.json.
beforeAll(async () => {
  await packager.validateConfig()
  config = packager.config
})

test('every fuse that lets code in is off, and the archive is checked (19)', () => {
  expect(config.electronFuses).toEqual({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  })
  expect(config.asar).toBe(true)
})

test('it packs the Electron that is pinned, from what is built, with its icon', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>
    main: string
  }
  expect(config.electronVersion).toBe(manifest.devDependencies['electron'])
  expect(manifest.main).toBe('./out/main/index.js')
  expect(existsSync((config.win as { icon: string }).icon)).toBe(true)
  expect(config.nsis).toMatchObject({ perMachine: true, installerLanguages: ['zh_CN'] })
})

test('of the native store it packs the Windows build alone', () => {
  const patterns = JSON.stringify(config.files)
  expect(patterns).toContain('!node_modules/better-sqlite3/prebuilds/{darwin,linux,linuxmusl}-*.node')
  expect(patterns).toContain('!node_modules/better-sqlite3/prebuilds/win32-arm64.node')
  const known = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'linuxmusl-arm64', 'linuxmusl-x64']
  const prebuilds = readdirSync('node_modules/better-sqlite3/prebuilds').map((name) =>
    name.replace('.node', ''),
  )
  expect(prebuilds.sort()).toEqual([...known, 'win32-arm64', 'win32-x64'])
})

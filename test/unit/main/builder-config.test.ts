import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { DebugLogger } from 'builder-util'
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config'
import { beforeAll, expect, test } from 'vitest'

type Config = Awaited<ReturnType<typeof getConfig>>

let config: Config
beforeAll(async () => void (config = await getConfig(resolve('.'), 'electron-builder.yml', null)))

test('the builder accepts the configuration', async () => {
  await validateConfiguration(config, new DebugLogger(false))
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
  const patterns = (config.files as string[]).filter((pattern) => pattern.includes('prebuilds'))
  const excluded = [
    'darwin-arm64',
    'darwin-x64',
    'linux-arm64',
    'linux-x64',
    'linuxmusl-arm64',
    'linuxmusl-x64',
    'win32-arm64',
  ]
  for (const name of excluded) {
    const isExcluded = patterns.some(
      (pattern) => pattern.includes(name.split('-')[0]!) && pattern.startsWith('!'),
    )
    expect([name, isExcluded]).toEqual([name, true])
  }
  expect(patterns.some((pattern) => pattern.includes('win32-x64'))).toBe(false)
})

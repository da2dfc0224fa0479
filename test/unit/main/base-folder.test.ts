import { expect, test } from 'vitest'
import { defaultDataFolder } from '@engine/repos/data-folder'
import { baseFolder } from '@main/base-folder'

test('the shell and the command line choose the same folder', () => {
  for (const env of [{}, { XDG_DATA_HOME: '/data' }]) {
    const given = { platform: 'linux', env, homeDir: '/home/clerk' } as const
    expect(baseFolder(given)).toBe(defaultDataFolder(given))
  }
  expect(baseFolder({ platform: 'linux', env: {}, homeDir: '/home/clerk' })).toBe(
    '/home/clerk/.local/share/xinbao',
  )
})

test('on Windows it is the local profile, never the roaming one', () => {
  const env = { LOCALAPPDATA: 'C:\\Users\\c\\AppData\\Local', APPDATA: 'C:\\Users\\c\\AppData\\Roaming' }
  const folder = baseFolder({ platform: 'win32', env, homeDir: 'C:\\Users\\c' })
  expect(folder).toContain('Local')
  expect(folder).not.toContain('Roaming')
  expect(folder).toMatch(/[\\/]Xinbao$/)
})

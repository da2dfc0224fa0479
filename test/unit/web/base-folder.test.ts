import { expect, it } from 'vitest'
import { defaultBaseFolder } from '@shared/contract/base-folder'

it('is the local profile on Windows, never the roaming one', () => {
  const env = { LOCALAPPDATA: 'C:\\Users\\wang\\AppData\\Local', APPDATA: '\\\\server\\profiles\\wang' }
  const at = (given: Record<string, string>) =>
    defaultBaseFolder({ platform: 'win32', env: given, homeDir: 'C:\\Users\\wang' })
  expect(at(env)).toBe('C:\\Users\\wang\\AppData\\Local\\Xinbao')
  expect(at({})).toBe('C:\\Users\\wang\\AppData\\Local\\Xinbao')
})

it('follows XDG elsewhere, but not a relative one', () => {
  const at = (env: Record<string, string>) =>
    defaultBaseFolder({ platform: 'linux', env, homeDir: '/home/wang' })
  expect(at({ XDG_DATA_HOME: '/data' })).toBe('/data/xinbao')
  expect(at({ XDG_DATA_HOME: '/data/' })).toBe('/data/xinbao')
  expect(at({ XDG_DATA_HOME: 'data' })).toBe('/home/wang/.local/share/xinbao')
  expect(at({})).toBe('/home/wang/.local/share/xinbao')
})

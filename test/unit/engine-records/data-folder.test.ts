import { describe, expect, it } from 'vitest'
import { defaultDataFolder, folderObjection } from '@engine/repos/data-folder'

describe('the default data folder', () => {
  it('is local on Windows, never the roaming profile', () => {
    const env = { LOCALAPPDATA: 'C:\\Users\\wang\\AppData\\Local', APPDATA: '\\\\server\\profiles\\wang' }
    expect(defaultDataFolder({ platform: 'win32', env, homeDir: 'C:\\Users\\wang' })).toBe(
      'C:\\Users\\wang\\AppData\\Local\\Xinbao',
    )
    expect(defaultDataFolder({ platform: 'win32', env: {}, homeDir: 'C:\\Users\\wang' })).toBe(
      'C:\\Users\\wang\\AppData\\Local\\Xinbao',
    )
  })

  it('follows XDG elsewhere, but not a relative one', () => {
    const at = (env: Record<string, string>) =>
      defaultDataFolder({ platform: 'linux', env, homeDir: '/home/wang' })
    expect(at({ XDG_DATA_HOME: '/data' })).toBe('/data/xinbao')
    expect(at({ XDG_DATA_HOME: 'data' })).toBe('/home/wang/.local/share/xinbao')
    expect(at({})).toBe('/home/wang/.local/share/xinbao')
  })
})

describe('a folder for a store', () => {
  it.each(['\\\\server\\share\\xinbao', '//server/share/xinbao'])('is no network share: %s', (path) => {
    expect(folderObjection(path)).toBe('network')
  })

  it.each([
    'C:\\Users\\wang\\OneDrive\\xinbao',
    'C:\\Users\\wang\\OneDrive - 市监局\\xinbao',
    'D:\\坚果云\\xinbao',
    'D:\\Nutstore Files\\xinbao',
    'D:\\WPS云盘\\xinbao',
    '/home/wang/Dropbox/xinbao',
    'D:\\我的坚果云\\xinbao',
  ])('is no synced folder: %s', (path) => {
    expect(folderObjection(path)).toBe('cloud-synced')
  })

  it('is named in full', () => {
    expect(folderObjection('xinbao')).toBe('relative')
  })

  it.each([
    'C:\\Xinbao',
    '\\\\?\\C:\\Xinbao',
    '/srv/xinbao',
    'D:\\OneDriveReport\\xinbao',
    'D:\\dropbox-notes\\x',
  ])('may be %s', (path) => {
    expect(folderObjection(path)).toBeNull()
  })
})

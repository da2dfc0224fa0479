import { describe, expect, it } from 'vitest'
import { folderObjection } from '@engine/repos/data-folder'

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

import { accessSync, constants, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, win32 } from 'node:path'
import { refuse } from '@shared/kernel/failure'
import { folderReasonTexts } from '@shared/texts/zh-CN/file-terms'
import type { FolderReason } from '@shared/texts/zh-CN/file-terms'

/** Name of the store inside a data folder. */
export const STORE_FILE = 'store.db'

/** Path of the store inside a data folder. */
export const storeFile = (dataDir: string): string => join(dataDir, STORE_FILE)

/** Folders that a program copies elsewhere behind our back, as they are called on disk. */
const syncedFolder =
  /^(?:onedrive(?: ?[-–(].*)?|dropbox(?: ?\(.*)?|google ?drive|icloud ?drive|nutstore(?: ?files)?|坚果云.*|我的坚果云|wps ?云盘|wps ?cloud(?: ?files)?|wpsdrive|baidu(?:net|yun)disk(?:workspace)?|百度网盘.*|腾讯微云.*)$/i

/** Why a folder must not hold a store, or null: shares and synced folders tear or disclose it. */
export function folderObjection(path: string): 'network' | 'cloud-synced' | 'relative' | null {
  if (/^[\\/]{2}[^\\/]/.test(path) && !/^\\\\[?.]\\[a-z]:/i.test(path)) return 'network'
  if (!isAbsolute(path) && !win32.isAbsolute(path)) return 'relative'
  return path.split(/[\\/]/).some((part) => syncedFolder.test(part)) ? 'cloud-synced' : null
}

function refuseFolder(folder: string, reason: FolderReason): never {
  refuse('storage.folder-refused', { folder, detail: folderReasonTexts[reason] })
}

/** Checks that a folder may hold a store and can be written; refuses with `storage.folder-refused` and a reason. */
export function verifyDataFolder(path: string): void {
  const objection = folderObjection(path)
  if (objection !== null) refuseFolder(path, objection)
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) refuseFolder(path, 'not-a-folder')
  // Two programs may try the same folder at once; neither must trip over the other's probe. One that
  // a kill leaves behind is named as a log, which a free folder may hold.
  const probe = join(path, `.write-probe-${process.pid}.log`)
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    // Rights alone say nothing about a read-only medium or a full disk.
    writeFileSync(probe, '')
    rmSync(probe, { force: true })
  } catch {
    refuseFolder(path, 'not-writable')
  }
}

/** Makes the folder (readable by its owner only) when it is missing, then checks it. */
export function createDataFolder(path: string): void {
  const objection = folderObjection(path)
  if (objection !== null) refuseFolder(path, objection)
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch {
    refuseFolder(path, 'not-writable')
  }
  verifyDataFolder(path)
}

/** Whether a folder holds a store. */
export function hasStore(path: string): boolean {
  return statSync(storeFile(path), { throwIfNoEntry: false })?.isFile() === true
}

/** Whether a folder may become a data folder: it is missing, or empty but for key files and logs of ours. */
export function isFreeFolder(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return true
  return readdirSync(path).every((name) => /^\.?[\w.-]+\.(?:key|log)$|^key$|^logs$/.test(name))
}

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createDataFolder, hasStore } from '@engine/repos/data-folder'
import { refuse } from '@shared/kernel/failure'

const KEY_FILE = 'desk.key'
const KEY_PATTERN = /^[0-9a-f]{64}$/i

/**
 * The store key of a data folder outside Electron: `XINBAO_KEY`, else the key file in the folder; null when there is
 * neither. Refuses `storage.wrong-key` for one that is not 64 hex digits.
 */
export function readDeskKey(dataDir: string, env: NodeJS.ProcessEnv): string | null {
  const given = env['XINBAO_KEY']
  const file = join(dataDir, KEY_FILE)
  if ((given === undefined || given === '') && !existsSync(file)) return null
  const key = given || readFileSync(file, 'utf8').trim()
  return KEY_PATTERN.test(key) ? key.toLowerCase() : refuse('storage.wrong-key')
}

/**
 * The key for a data folder that is about to be made; without `XINBAO_KEY` a key file is written first. Refuses
 * `storage.key-missing` (there is a store, and a new key would not open it), `storage.folder-refused`, `storage.full`,
 * `storage.io`.
 */
export function makeDeskKey(dataDir: string, env: NodeJS.ProcessEnv): string {
  const known = readDeskKey(dataDir, env)
  if (known !== null) return known
  if (hasStore(dataDir)) refuse('storage.key-missing', { folder: dataDir })
  const made = randomBytes(32).toString('hex')
  createDataFolder(dataDir)
  try {
    writeFileSync(join(dataDir, KEY_FILE), `${made}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    refuse(
      error instanceof Error && 'code' in error && error.code === 'ENOSPC' ? 'storage.full' : 'storage.io',
    )
  }
  return made
}

/** Where the keys of data folders come from: files outside the desktop client, the system's key store inside it. */
export interface DeskKeys {
  /** The key of a data folder; null when it has none. */
  read(dataDir: string): Promise<string | null> | string | null
  /** The key for a data folder that is about to be made. */
  make(dataDir: string): Promise<string> | string
}

/** Keys outside Electron. Refuses as `readDeskKey` and `makeDeskKey` do. */
export const fileKeys = (env: NodeJS.ProcessEnv): DeskKeys => ({
  read: (dataDir) => readDeskKey(dataDir, env),
  make: (dataDir) => makeDeskKey(dataDir, env),
})

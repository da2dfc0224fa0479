import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createDataFolder } from '@engine/repos/data-folder'
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
 * `storage.folder-refused`, `storage.full`, `storage.io`.
 */
export function makeDeskKey(dataDir: string, env: NodeJS.ProcessEnv): string {
  const known = readDeskKey(dataDir, env)
  if (known !== null) return known
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

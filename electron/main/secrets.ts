import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The key wrapped for this user of this machine, in base64. */
const WRAPPED_KEY_FILE = 'store-wrapped.key'
/** The open key of a folder that the command line or the loopback host made. */
const OPEN_KEY_FILE = 'desk.key'
const KEY_PATTERN = /^[0-9a-f]{64}$/

/** The part of Electron's `safeStorage` that is used. */
export interface KeyWrapper {
  isEncryptionAvailable(): boolean
  getSelectedStorageBackend?(): string
  encryptString(text: string): Buffer
  decryptString(wrapped: Buffer): string
}

/** A store key (64 hex digits), or why there is none. */
export type StoreKey =
  | { readonly ok: true; readonly key: string }
  | { readonly ok: false; readonly reason: 'no-encryption' | 'unreadable' }

/** On Linux without a key ring Electron "encrypts" with a password that is in its source. */
const canWrap = (wrapper: KeyWrapper): boolean =>
  wrapper.isEncryptionAvailable() && wrapper.getSelectedStorageBackend?.() !== 'basic_text'

function unwrap(wrapper: KeyWrapper, file: string): StoreKey {
  try {
    const key = wrapper.decryptString(Buffer.from(readFileSync(file, 'utf8'), 'base64'))
    return KEY_PATTERN.test(key) ? { ok: true, key } : { ok: false, reason: 'unreadable' }
  } catch {
    return { ok: false, reason: 'unreadable' }
  }
}

const holdsStore = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.db'))

/**
 * The key of a desk's store, wrapped by the system for the present user. An empty folder gets a new one, on disk before
 * it is used; a store whose key is missing or cannot be unwrapped is `unreadable` and its folder is left as it is.
 * Never falls back to keeping a key of its own unprotected.
 */
export function storeKeyOf(dataDir: string, wrapper: KeyWrapper): StoreKey {
  const wrappedFile = join(dataDir, WRAPPED_KEY_FILE)
  const openFile = join(dataDir, OPEN_KEY_FILE)
  if (!existsSync(wrappedFile) && existsSync(openFile)) {
    const key = readFileSync(openFile, 'utf8').trim().toLowerCase()
    return KEY_PATTERN.test(key) ? { ok: true, key } : { ok: false, reason: 'unreadable' }
  }
  if (!canWrap(wrapper)) return { ok: false, reason: 'no-encryption' }
  if (existsSync(wrappedFile)) return unwrap(wrapper, wrappedFile)
  if (holdsStore(dataDir)) return { ok: false, reason: 'unreadable' }

  const key = randomBytes(32).toString('hex')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const wrapped = wrapper.encryptString(key).toString('base64')
  writeFileSync(wrappedFile, `${wrapped}\n`, { mode: 0o600, flag: 'wx', flush: true })
  return { ok: true, key }
}

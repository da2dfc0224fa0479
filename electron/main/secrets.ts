import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { failure, FailureError } from '@shared/kernel/failure'

/** The key wrapped for this user of this machine, in base64. */
export const WRAPPED_KEY_FILE = 'store-wrapped.key'
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

/** Why there is no key: the system cannot wrap one safely, or the one on disk is not for this user and machine. */
export class KeyRefusal extends FailureError {
  constructor(readonly reason: 'noEncryption' | 'keyUnreadable') {
    super(failure('storage.wrong-key'))
    this.name = 'KeyRefusal'
  }
}

/** On Linux without a key ring Electron "encrypts" with a password that is in its source. */
const canWrap = (wrapper: KeyWrapper): boolean =>
  wrapper.isEncryptionAvailable() && wrapper.getSelectedStorageBackend?.() !== 'basic_text'

function verified(key: string): string {
  if (!KEY_PATTERN.test(key)) throw new KeyRefusal('keyUnreadable')
  return key
}

function unwrap(wrapper: KeyWrapper, file: string): string {
  try {
    return wrapper.decryptString(Buffer.from(readFileSync(file, 'utf8'), 'base64'))
  } catch {
    throw new KeyRefusal('keyUnreadable')
  }
}

const holdsStore = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.db'))

/**
 * The key of a desk's store (64 hex digits), wrapped by the system for the present user. An empty folder gets a new
 * one, on disk before it is used. Throws `KeyRefusal` when the system cannot wrap, and for a store whose key is missing
 * or cannot be unwrapped; the folder is then left as it is. Never keeps a key of its own unprotected.
 */
export function storeKeyOf(dataDir: string, wrapper: KeyWrapper): string {
  const wrappedFile = join(dataDir, WRAPPED_KEY_FILE)
  const openFile = join(dataDir, OPEN_KEY_FILE)
  if (!existsSync(wrappedFile) && existsSync(openFile)) {
    return verified(readFileSync(openFile, 'utf8').trim().toLowerCase())
  }
  if (!canWrap(wrapper)) throw new KeyRefusal('noEncryption')
  if (existsSync(wrappedFile)) return verified(unwrap(wrapper, wrappedFile))
  if (holdsStore(dataDir)) throw new KeyRefusal('keyUnreadable')

  const key = randomBytes(32).toString('hex')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const wrapped = wrapper.encryptString(key).toString('base64')
  writeFileSync(wrappedFile, `${wrapped}\n`, { mode: 0o600, flag: 'wx', flush: true })
  return key
}

/** The key of a folder that has one wrapped for this user; null for any other. Throws `KeyRefusal`. */
export function wrappedKeyOf(dataDir: string, wrapper: KeyWrapper): string | null {
  return existsSync(join(dataDir, WRAPPED_KEY_FILE)) ? storeKeyOf(dataDir, wrapper) : null
}

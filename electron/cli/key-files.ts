import { softwareKey } from '@engine/crypto/software-keys'
import type { SigningKey } from '@engine/crypto/signing-key'
import { connectionDetails } from '@shared/texts/zh-CN/connection'
import { usageTexts } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { refuse } from '@shared/kernel/failure'

function readHex(path: string, pattern: RegExp, expectation: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch {
    refuse('connection.wrong-key', { detail: fill(usageTexts.keyUnreadable, { file: basename(path) }) })
  }
  if (!pattern.test(text))
    refuse('connection.wrong-key', { detail: fill(expectation, { file: basename(path) }) })
  return text.toLowerCase()
}

/** Reads a desk's SM2 private key: 64 hex digits. */
export const readPrivateKey = (path: string): string =>
  readHex(path, /^[0-9a-f]{64}$/i, usageTexts.privateKey)

/** A holder of the SM2 private key in a file. Refuses `connection.wrong-key` for what is none. */
export function signingKeyOf(path: string): SigningKey {
  try {
    return softwareKey(readPrivateKey(path))
  } catch (error) {
    if (error instanceof RangeError)
      refuse('connection.wrong-key', { detail: connectionDetails.deskKeyRange })
    throw error
  }
}

/** Reads a platform's SM2 public key: 130 hex digits starting with 04. */
export const readPlatformKey = (path: string): string =>
  readHex(path, /^04[0-9a-f]{128}$/i, usageTexts.platformKey)

/** Reads the key of a store: 64 hex digits. */
export const readStoreKey = (path: string): string => readHex(path, /^[0-9a-f]{64}$/i, usageTexts.privateKey)

/** Reads a password: the text of a file without the line feed at its end. */
export function readPassword(path: string): string {
  let text = ''
  try {
    text = readFileSync(path, 'utf8').replace(/\r?\n$/u, '')
  } catch {
    // Said below: a file without a password is refused in the same words.
  }
  return text === ''
    ? refuse('usage.invalid', { detail: fill(usageTexts.passwordFile, { file: basename(path) }) })
    : text
}

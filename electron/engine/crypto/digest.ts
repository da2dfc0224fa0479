import { createHash, createHmac, hash as hashWhole } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'

/** SHA-256, 64 lower-case hex digits; text is hashed as its UTF-8 bytes. */
export function sha256Hex(data: string | Uint8Array): string {
  return hashWhole('sha256', data, 'hex')
}

/** SHA-256 of a sequence of chunks, without holding them together. */
export function sha256HexOfChunks(chunks: Iterable<string | Uint8Array>): string {
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}

/** A SHA-256 that is made piece by piece. */
export interface RunningDigest {
  update(bytes: Uint8Array): void
  /** Once, at the end. */
  hex(): string
}

export function runningSha256(): RunningDigest {
  const hash = createHash('sha256')
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') }
}

/** SHA-256 of a file of any size; throws the errors of the system. */
export async function sha256HexOfFile(path: string): Promise<string> {
  const hash = runningSha256()
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  return hash.hex()
}

/** SHA-256 of the canonical JSON of a value: the `sha256` of a payload in protocol section 3. */
export function canonicalSha256(value: Json): string {
  return sha256Hex(canonicalJson(value))
}

/** HMAC-SHA-256 of a text under a key of hex digits, as hex. */
export const keyedSha256 = (key: string, text: string): string =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex')

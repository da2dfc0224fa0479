import { refuse, type FailureCode } from '@shared/kernel/failure'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** No file of a pack or calendar is larger; a larger one is not ours. */
const MAX_BYTES = 4 * 1024 * 1024

/** Reads one JSON file (strict UTF-8, a byte order mark allowed); refuses it under `code` with its path. */
export function readJson(directory: string, name: string, code: FailureCode): unknown {
  const fail = (reason: string): never => refuse(code, { path: name, reason })
  const path = join(directory, name)
  let bytes: Buffer
  try {
    if (statSync(path).size > MAX_BYTES) return fail('the file is too large')
    bytes = readFileSync(path)
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    return fail('the file cannot be read')
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return fail('the file is not JSON in UTF-8')
  }
}

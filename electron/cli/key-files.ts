import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { refuse } from '@shared/kernel/failure'

function readHex(path: string, pattern: RegExp, expected: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch {
    refuse('connection.wrong-key', { detail: `密钥文件“${basename(path)}”读不到` })
  }
  if (!pattern.test(text))
    refuse('connection.wrong-key', { detail: `密钥文件“${basename(path)}”应是${expected}` })
  return text.toLowerCase()
}

/** Reads a desk's SM2 private key: 64 hex digits. */
export const readPrivateKey = (path: string): string => readHex(path, /^[0-9a-f]{64}$/i, ' 64 位十六进制')

/** Reads a platform's SM2 public key: 130 hex digits starting with 04. */
export const readPlatformKey = (path: string): string =>
  readHex(path, /^04[0-9a-f]{128}$/i, '以 04 开头的 130 位十六进制')

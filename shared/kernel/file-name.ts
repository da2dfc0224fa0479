import { cut } from './text'

/**
 * Keeps the last part of a path, without characters that a header, a folder or a terminal would misread; at most 120
 * characters, never empty.
 */
export function plainFileName(given: string): string {
  const last = given.toWellFormed().split(/[\\/]/).at(-1) ?? ''
  const plain = last.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069<>:"|?*]/gu, '').trim()
  return plain === '' || /^\.+$/.test(plain) ? 'file' : cut(plain, 120)
}

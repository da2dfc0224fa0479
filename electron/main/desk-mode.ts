import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deskModeFile, deskModeText, firstDeskMode, parseDeskMode } from '@shared/contract/desk-mode'
import type { DeskMode } from '@shared/contract/desk-mode'

/** Which desk of a base folder is open; practice on the very first start. */
export function readDeskMode(baseDir: string): DeskMode {
  const file = join(baseDir, deskModeFile)
  return existsSync(file) ? parseDeskMode(readFileSync(file, 'utf8')) : firstDeskMode
}

/** Remembers the open desk, durably: written beside, then renamed over. */
export function writeDeskMode(baseDir: string, mode: DeskMode): void {
  const file = join(baseDir, deskModeFile)
  mkdirSync(baseDir, { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, deskModeText(mode), { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

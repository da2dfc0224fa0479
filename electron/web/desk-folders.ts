import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  deskFolder,
  deskModeFile,
  deskModeText,
  firstDeskMode,
  parseDeskMode,
} from '@shared/contract/desk-mode'
import type { DeskMode } from '@shared/contract/desk-mode'
import { hasStore } from '@engine/repos/data-folder'

/** Where the two desks of this machine live and which one is open. */
export interface DeskFolders {
  /** Data folder of a desk. */
  of(mode: DeskMode['mode']): string
  readMode(): DeskMode
  /** Stored durably before it returns: written beside, then renamed over. */
  writeMode(mode: DeskMode): void
}

/**
 * The desks of a base folder: `practice/` and `desk/`. A base folder that is itself a data folder (made with
 * `xinbao init --data`) is its own live desk, which is then what opens first.
 */
export function deskFolders(baseDir: string): DeskFolders {
  const file = join(baseDir, deskModeFile)
  const isDesk = hasStore(baseDir)
  return {
    of: (mode) => (mode === 'live' && isDesk ? baseDir : join(baseDir, deskFolder(mode))),
    readMode() {
      if (existsSync(file)) return parseDeskMode(readFileSync(file, 'utf8'))
      return isDesk ? { mode: 'live', liveReady: true } : firstDeskMode
    },
    writeMode(mode) {
      mkdirSync(baseDir, { recursive: true, mode: 0o700 })
      writeFileSync(`${file}.new`, deskModeText(mode), { mode: 0o600, flush: true })
      renameSync(`${file}.new`, file)
    },
  }
}

import { usageTexts } from '@shared/texts/zh-CN/cli'
import { existsSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { version } from '@package'
import { createEngine } from '@engine/compose'
import type { Engine } from '@engine/compose'
import { randomHex } from '@engine/crypto/random'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { defaultDataDir } from '@engine/repos/data-folder'
import { uuidIds } from '@engine/system-ids'
import { createPathFiles } from './path-files'
import { refuse } from '@shared/kernel/failure'
import type { Clock } from '@shared/kernel/clock'
import type { Log } from '@engine/ports'
import { shiftedClock, systemClock } from '@engine/system-clock'

const KEY_FILE = 'desk.key'
const KEY_PATTERN = /^[0-9a-f]{64}$/i

/** Where this build keeps its data files and its child entry, beside the built command line. */
export const builtPaths = {
  resources: resolve(import.meta.dirname, '../../resources'),
  sheetChild: resolve(import.meta.dirname, 'sheet-child.js'),
  renderer: resolve(import.meta.dirname, '../renderer'),
} as const

/** Opens desks for commands: knows the data folder, the key and the clock. */
export interface DeskOpening {
  readonly dataDir: string
  readonly clock: Clock
  readonly log: Log
  /** The store key from `XINBAO_KEY` or the key file; null when there is none. */
  key(): string | null
  /** The key for a new data folder; makes the key file unless `XINBAO_KEY` is set. */
  newKey(): string
  open(): Promise<Engine>
}

const keyFromEnvironment = (): string | null => {
  const key = process.env['XINBAO_KEY']
  if (key === undefined || key === '') return null
  if (!KEY_PATTERN.test(key)) refuse('connection.wrong-key', { detail: usageTexts.environmentKey })
  return key.toLowerCase()
}

/** Prepares to open the desk that `--data` and `--now` name. */
export function prepareDesk(options: {
  readonly data: string | null
  readonly now: string | null
  readonly log: Log
}): DeskOpening {
  const dataDir = resolve(options.data ?? defaultDataDir())
  const keyFile = join(dataDir, KEY_FILE)
  if (options.now !== null && Number.isNaN(Date.parse(options.now))) {
    refuse('usage.invalid', { detail: usageTexts.now })
  }
  const clock = options.now === null ? systemClock : shiftedClock(options.now)
  const key = (): string | null => {
    const fromEnvironment = keyFromEnvironment()
    if (fromEnvironment !== null) return fromEnvironment
    if (!existsSync(keyFile)) return null
    const text = readFileSync(keyFile, 'utf8').trim()
    if (!KEY_PATTERN.test(text)) refuse('storage.wrong-key')
    return text.toLowerCase()
  }
  return {
    dataDir,
    clock,
    log: options.log,
    key,
    newKey() {
      const fromEnvironment = keyFromEnvironment()
      if (fromEnvironment !== null) return fromEnvironment
      if (existsSync(keyFile)) refuse('storage.already-initialised', { folder: dataDir })
      mkdirSync(dataDir, { recursive: true })
      const made = randomHex(32)
      writeFileSync(keyFile, `${made}\n`, { mode: 0o600, flag: 'wx' })
      return made
    },
    open() {
      const storeKey = key() ?? refuse('storage.not-initialised', { folder: dataDir })
      return createEngine({
        dataDir,
        resourceDir: builtPaths.resources,
        storeKey,
        clock,
        ids: uuidIds,
        log: options.log,
        files: createPathFiles(),
        launchSheetChild: nodeSheetLauncher(builtPaths.sheetChild),
        mode: 'live',
        appVersion: version,
        practice: null,
      })
    },
  }
}

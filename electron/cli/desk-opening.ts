import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { version } from '@package'
import { createEngine } from '@engine/compose'
import type { Engine } from '@engine/compose'
import type { Log } from '@engine/ports'
import { defaultDataFolder } from '@engine/repos/data-folder'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { shiftedClock, systemClock } from '@engine/system-clock'
import { uuidIds } from '@engine/system-ids'
import { makeDeskKey, readDeskKey } from '@web/desk-key'
import { deskFolder } from '@shared/contract/desk-mode'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import { usageTexts } from '@shared/texts/zh-CN/cli'
import { createPathFiles } from './path-files'

/** Where the build keeps its data files, its child entry and its pages, beside the built command line. */
export const builtPaths = {
  resources: resolve(import.meta.dirname, '../../resources'),
  sheetChild: resolve(import.meta.dirname, 'sheet-child.js'),
  renderer: resolve(import.meta.dirname, '../renderer'),
} as const

/** Opens desks for commands: knows the data folder, the key and the clock. */
export interface DeskOpening {
  /** Folder of the desks of this user, or what `--data` names. */
  readonly baseDir: string
  /** The desk's data folder: the live desk of the client, or what `--data` names. */
  readonly dataDir: string
  readonly clock: Clock
  readonly log: Log
  /** The key for a new data folder; makes the key file unless `XINBAO_KEY` is set. */
  newKey(): string
  open(): Promise<Engine>
}

const platforms = ['win32', 'darwin', 'linux'] as const

function defaultBaseDir(): string {
  const platform = platforms.find((known) => known === process.platform) ?? 'linux'
  return defaultDataFolder({ platform, env: process.env, homeDir: homedir() })
}

/** Prepares to open the desk that `--data` and `--now` name. */
export function prepareDesk(options: {
  readonly data: string | null
  readonly now: string | null
  readonly log: Log
}): DeskOpening {
  const baseDir = resolve(options.data ?? defaultBaseDir())
  const dataDir = options.data === null ? join(baseDir, deskFolder('live')) : baseDir
  if (options.now !== null && Number.isNaN(Date.parse(options.now))) {
    refuse('usage.invalid', { detail: usageTexts.now })
  }
  const clock = options.now === null ? systemClock : shiftedClock(options.now)
  return {
    baseDir,
    dataDir,
    clock,
    log: options.log,
    newKey: () => makeDeskKey(dataDir, process.env),
    async open() {
      const storeKey =
        readDeskKey(dataDir, process.env) ?? refuse('storage.not-initialised', { folder: dataDir })
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

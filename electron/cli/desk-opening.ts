import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { version } from '@package'
import { createEngine } from '@engine/compose'
import type { Engine } from '@engine/compose'
import type { Log } from '@engine/ports'
import { refuseRehearsalAt } from '@engine/rehearsal'
import { hasStore } from '@engine/repos/data-folder'
import { shiftedClock, systemClock } from '@engine/system-clock'
import { uuidIds } from '@engine/system-ids'
import { defaultBaseFolder } from '@shared/contract/base-folder'
import { deskFolder } from '@shared/contract/desk-mode'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import { usageTexts } from '@shared/texts/zh-CN/cli'
import type { CommandHost } from './command-host'
import { createPathFiles } from './path-files'

/** Opens desks for commands: knows the data folder, the key and the clock. */
export interface DeskOpening {
  /** Folder of the desks of this user, or what `--data` names. */
  readonly baseDir: string
  /** The desk's data folder: the live desk of the client, or what `--data` names. */
  readonly dataDir: string
  readonly clock: Clock
  readonly log: Log
  /** Refuses `usage.invalid` for a platform that is not on this machine while `--now` stands for the time. */
  checkPlatform(platformUrl: string | null): void
  /** The key for a new data folder, kept where this program keeps keys. */
  newKey(): Promise<string>
  /** The key of the data folder; null when it has none. */
  knownKey(): Promise<string | null>
  /** The key of the data folder. Refuses `storage.key-missing`, or `storage.not-initialised` where there is no store. */
  key(): Promise<string>
  /**
   * Opens the desk. Refuses `storage.not-initialised`, `storage.key-missing`, and a rehearsal (`--now`) at a desk whose
   * platform is not on this machine.
   */
  open(): Promise<Engine>
}

const ownBaseDir = (): string =>
  defaultBaseFolder({ platform: process.platform, env: process.env, homeDir: homedir() })

/** Prepares to open the desk that `--data` and `--now` name. */
export function prepareDesk(options: {
  readonly data: string | null
  readonly now: string | null
  readonly host: CommandHost
  readonly log: Log
}): DeskOpening {
  const { host, log } = options
  const baseDir = resolve(options.data ?? ownBaseDir())
  const dataDir = options.data === null ? join(baseDir, deskFolder('live')) : baseDir
  if (options.now !== null && Number.isNaN(Date.parse(options.now))) {
    refuse('usage.invalid', { detail: usageTexts.now })
  }
  const clock = options.now === null ? systemClock : shiftedClock(options.now)
  const checkPlatform = (platformUrl: string | null): void => {
    if (options.now !== null) refuseRehearsalAt(platformUrl)
  }
  const knownKey = async (): Promise<string | null> => host.keys.read(dataDir)
  const key = async (): Promise<string> =>
    (await knownKey()) ??
    refuse(hasStore(dataDir) ? 'storage.key-missing' : 'storage.not-initialised', { folder: dataDir })
  return {
    baseDir,
    dataDir,
    clock,
    log,
    checkPlatform,
    newKey: async () => host.keys.make(dataDir),
    knownKey,
    key,
    async open() {
      const storeKey = await key()
      const engine = await createEngine({
        dataDir,
        resourceDir: host.resourceDir,
        storeKey,
        clock,
        ids: uuidIds,
        log,
        files: createPathFiles(),
        launchSheetChild: host.launchSheetChild,
        mode: 'live',
        appVersion: version,
        practice: null,
      })
      try {
        checkPlatform(engine.services.connection.reaches())
      } catch (error) {
        await engine.close()
        throw error
      }
      return engine
    },
  }
}

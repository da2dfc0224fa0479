import { join } from 'node:path'
import { version } from '@package'
import { openOrMakeDesk } from '@engine/desk-opener'
import type { Log } from '@engine/ports'
import { hasStore } from '@engine/repos/data-folder'
import type { LaunchSheetChild } from '@engine/sheets/sheet-types'
import { uuidIds } from '@engine/system-ids'
import { startPractice } from '@practice/practice-server'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import { deskFolders } from './desk-folders'
import type { DeskKeys } from './desk-key'
import type { OpenDeskEngine } from './switchable-desk'
import { startWebHost } from './web-host'
import type { WebHost } from './web-host'

/** Where the built parts lie. */
export interface WebPaths {
  /** Folder with `standards/`, `calendars/`, `publicity/`, `templates/`. */
  readonly resources: string
  /** Folder of the built page. */
  readonly renderer: string
}

/**
 * The whole client behind a loopback address: the desks of `baseDir` (a base folder or a data folder), with a practice
 * platform beside the practice desk. Refuses when the desk cannot be opened.
 */
export function openWebDesk(options: {
  readonly baseDir: string
  readonly paths: WebPaths
  readonly keys: DeskKeys
  readonly launchSheetChild: LaunchSheetChild
  readonly port: number
  readonly clock: Clock
  /** Refuses a desk at whose platform (null: none) this clock must not be used. */
  readonly checkPlatform: (platformUrl: string | null) => void
  readonly log: Log
}): Promise<WebHost> {
  const { baseDir, paths, keys, clock, log } = options

  const openEngine: OpenDeskEngine = async ({ mode, dataDir, bureau, files, restore }) => {
    const isMade = hasStore(dataDir)
    if (!isMade && bureau === null) refuse('storage.not-initialised', { folder: dataDir })
    const storeKey = isMade
      ? ((await keys.read(dataDir)) ?? refuse('storage.key-missing', { folder: dataDir }))
      : await keys.make(dataDir)
    const practice =
      mode === 'practice'
        ? await startPractice({
            dataDir: join(baseDir, 'practice-platform'),
            standardDir: paths.resources,
            scenario: 'strict',
            clock,
          }).catch((error: unknown) => {
            // The desk then works without a platform and says so; when another host has both, the store refuses.
            log.error('practice.failed', error)
            return null
          })
        : null
    try {
      const engine = await openOrMakeDesk(
        {
          dataDir,
          resourceDir: paths.resources,
          storeKey,
          clock,
          ids: uuidIds,
          log,
          files,
          launchSheetChild: options.launchSheetChild,
          mode,
          appVersion: version,
          practice,
        },
        bureau,
        restore,
      )
      try {
        options.checkPlatform(engine.services.connection.view().platformUrl)
      } catch (error) {
        await engine.close()
        throw error
      }
      return {
        call: (name, input) => engine.call(name, input),
        on: (listener) => engine.on(listener),
        async close() {
          await engine.close()
          await practice?.close()
        },
      }
    } catch (error) {
      await practice?.close()
      throw error
    }
  }

  return startWebHost({
    folders: deskFolders(baseDir),
    shelfDir: join(baseDir, 'page-files'),
    openEngine,
    rendererDir: paths.renderer,
    guideDir: join(paths.resources, 'guide'),
    version,
    log,
    port: options.port,
  })
}

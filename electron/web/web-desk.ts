import { join } from 'node:path'
import { version } from '@package'
import { openOrMakeDesk } from '@engine/desk-opener'
import type { Log } from '@engine/ports'
import { hasStore } from '@engine/repos/data-folder'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { uuidIds } from '@engine/system-ids'
import { startPractice } from '@practice/practice-server'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import { deskFolders } from './desk-folders'
import { makeDeskKey, readDeskKey } from './desk-key'
import type { OpenDeskEngine } from './switchable-desk'
import { startWebHost } from './web-host'
import type { WebHost } from './web-host'

/** Where the built parts lie. */
export interface WebPaths {
  /** Folder with `standards/`, `calendars/`, `publicity/`, `templates/`. */
  readonly resources: string
  /** The built `sheet-child.js`. */
  readonly sheetChild: string
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
  readonly port: number
  readonly clock: Clock
  readonly log: Log
}): Promise<WebHost> {
  const { baseDir, paths, clock, log } = options

  const openEngine: OpenDeskEngine = async ({ mode, dataDir, bureau, files }) => {
    const isMade = hasStore(dataDir)
    if (!isMade && bureau === null) refuse('storage.not-initialised', { folder: dataDir })
    const storeKey = isMade
      ? (readDeskKey(dataDir, process.env) ?? refuse('storage.wrong-key'))
      : makeDeskKey(dataDir, process.env)
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
          launchSheetChild: nodeSheetLauncher(paths.sheetChild),
          mode,
          appVersion: version,
          practice,
        },
        bureau,
      )
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

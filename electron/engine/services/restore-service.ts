/**
 * A backup in the place of the present data, as far as that goes while the desk is open: the backup is proved and put
 * ready beside the store, a person decides, and the host then closes the engine and opens it again on the restored one
 * (`placeRestoredStore`).
 */
import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { FormerDesk, RestoreView } from '@shared/contract/views/restore-views'
import type { DeskMode } from '@shared/contract/desk-mode'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { Ids } from '@shared/kernel/ids'
import type { Log } from '@engine/ports'
import { tidyRestoring, formerDesks, waitingStore } from '@engine/repos/former-desks'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { SettingRepo } from '@engine/repos/repo-types'
import type { StoreFactsQuery } from '@engine/repos/store-facts'
import { stageBackup } from './restore-staging'
import type { StagedStore } from './restore-staging'
import type { TaskHandle } from './tasks-service'

export interface RestoreService {
  /**
   * Proves a backup and puts it ready; the present data is not touched. Refuses as `stageBackup`,
   * `backup.other-bureau`, `backup.other-mode`.
   */
  prepare(
    backup: { readonly path: string; readonly name: string },
    password: string,
    task: TaskHandle,
  ): Promise<RestoreView>
  /** Gives up what is ready. */
  discard(): void
  /** Asked by the host right before it closes the engine. Refuses `restore.none`, `restore.busy`. */
  confirm(id: string): void
  /** Former data that is kept beside the present one, newest first. */
  former(): readonly FormerDesk[]
}

export interface RestoreDeps {
  readonly dataDir: string
  readonly storeKey: string
  readonly mode: DeskMode['mode']
  readonly settings: Pick<SettingRepo, 'get'>
  readonly batches: Pick<BatchRepo, 'open'>
  readonly facts: Pick<StoreFactsQuery, 'since'>
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly actor: () => string
  /** Whether a batch or a task is under way. */
  readonly isBusy: () => boolean
}

/** Restoring at one open desk. */
export function createRestoreService(deps: RestoreDeps): RestoreService {
  const { dataDir, storeKey, settings } = deps
  let ready: RestoreView | null = null

  const discard = (): void => {
    ready = null
    tidyRestoring(dataDir)
  }
  try {
    // What was not put in place before the engine ended was given up.
    discard()
  } catch (error) {
    // A folder that another program holds keeps nobody from the desk.
    deps.log.error('restore.tidy', error)
  }

  const own = () => settings.get<{ readonly deskId: string; readonly bureauCode: string }>('desk')

  const judge = (found: StagedStore, file: string): void => {
    if (found.bureauCode !== own()?.bureauCode)
      refuse('backup.other-bureau', { file, name: found.bureauName })
    // Practice data must never reach the real platform, nor real data a place where people try things out.
    if (found.mode !== null && found.mode !== deps.mode) refuse('backup.other-mode', { file })
  }

  return {
    discard,
    former: () => formerDesks(dataDir),

    async prepare({ path, name }, password, task) {
      discard()
      const id = deps.ids.next()
      const file = waitingStore(dataDir, id)
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      try {
        const found = await stageBackup(
          {
            ...{ backup: path, name, file, storeKey, task, clock: deps.clock, actor: deps.actor() },
            secret: { password },
          },
          (store) => judge(store, name),
        )
        const { bureauCode, bureauName, records, batches, documents, lastAt: madeAt } = found
        ready = {
          ...{ id, file: name, madeAt, bureauCode, bureauName, records, batches, documents },
          isOtherDesk: found.deskId !== own()?.deskId,
          newer: { ...deps.facts.since(madeAt), openBatches: deps.batches.open(true).length },
        }
        return ready
      } catch (error) {
        rmSync(dirname(file), { recursive: true, force: true })
        throw error
      }
    },

    confirm(id) {
      if (ready?.id !== id) refuse('restore.none')
      if (deps.isBusy()) refuse('restore.busy')
    },
  }
}

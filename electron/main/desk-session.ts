import { join } from 'node:path'
import { bureauOf, deskFolder, planDeskSwitch, refuseOpenBatches } from '@shared/contract/desk-mode'
import type { Bureau, DeskMode } from '@shared/contract/desk-mode'
import { FailureError, refuse } from '@shared/kernel/failure'
import { readDeskMode, writeDeskMode } from './desk-mode'
import type { EngineHost } from './engine-host'
import type { PracticeHost } from './practice-host'

/** The desk that is open in the shell. */
export interface DeskSession {
  mode(): DeskMode
  /** Opens the desk that the mode file names; rejects as the engine refuses. */
  open(): Promise<void>
  /**
   * Closes one desk and opens the other; the former one comes back when the other cannot be opened. Refuses
   * `storage.not-initialised` for a live desk without a bureau, `connection.batches-open` while batches wait.
   */
  switchTo(mode: DeskMode['mode'], bureau: Bureau | null): Promise<DeskMode>
  /**
   * Opens the desk anew on the backup that its engine has put ready; refused by the engine, or when it cannot be put in
   * place, the former data is open again.
   */
  restore(id: string): Promise<void>
  close(): Promise<void>
}

/** The desks of a base folder: `practice/` with its platform in `practice-platform/`, and `desk/`. */
export function createDeskSession(options: {
  readonly baseDir: string
  readonly resourceDir: string
  readonly appVersion: string
  /** Where the shell keeps its log. */
  readonly logFolder: string
  readonly engine: EngineHost
  readonly practice: PracticeHost
  readonly storeKeyOf: (dataDir: string) => string
  readonly onSwitched: () => void
}): DeskSession {
  const { baseDir, resourceDir, appVersion, engine, practice } = options
  const folderOf = (mode: DeskMode['mode']): string => join(baseDir, deskFolder(mode))
  let now = readDeskMode(baseDir)
  let turn: Promise<unknown> = Promise.resolve()

  async function openDesk(
    mode: DeskMode['mode'],
    given: Bureau | null,
    restore: string | null = null,
  ): Promise<void> {
    const dataDir = folderOf(mode)
    const storeKey = options.storeKeyOf(dataDir)
    const address =
      mode === 'practice'
        ? await practice.start({
            dataDir: join(baseDir, 'practice-platform'),
            standardDir: resourceDir,
            scenario: 'strict',
          })
        : null
    await engine.start({
      dataDir,
      bureau: bureauOf(mode, given),
      resourceDir,
      storeKey,
      mode,
      appVersion,
      practice: address,
      restore,
      logFolder: options.logFolder,
    })
  }

  async function closeDesk(): Promise<void> {
    await engine.stop()
    await practice.stop()
  }

  async function replaceBy(next: {
    readonly mode: DeskMode
    readonly bureau: Bureau | null
  }): Promise<DeskMode> {
    await closeDesk()
    try {
      await openDesk(next.mode.mode, next.bureau)
    } catch (error) {
      await closeDesk()
      await openDesk(now.mode, null)
      throw error
    }
    now = next.mode
    writeDeskMode(baseDir, now)
    options.onSwitched()
    return now
  }

  return {
    mode: () => now,
    open: () => openDesk(now.mode, null),
    switchTo(mode, bureau) {
      const work = turn.then(async () => {
        const next =
          planDeskSwitch(now, mode, bureau) ?? refuse('storage.not-initialised', { folder: folderOf(mode) })
        if (mode === now.mode) return now
        refuseOpenBatches(await engine.call('connection.mayLeave', {}))
        return replaceBy(next)
      })
      turn = work.catch(() => undefined)
      return work
    },
    restore(id) {
      const work = turn.then(async () => {
        const confirmed = await engine.call('restore.confirm', { id })
        if (!confirmed.ok) throw new FailureError(confirmed.failure)
        await closeDesk()
        try {
          await openDesk(now.mode, null, id)
        } catch (error) {
          await closeDesk()
          await openDesk(now.mode, null)
          throw error
        } finally {
          options.onSwitched()
        }
      })
      turn = work.catch(() => undefined)
      return work
    },
    async close() {
      await turn
      await closeDesk()
    },
  }
}

import type { Files, Log } from '@engine/ports'
import { bureauOf, planDeskSwitch, refuseOpenBatches } from '@shared/contract/desk-mode'
import type { Bureau, DeskMode, DeskSwitch } from '@shared/contract/desk-mode'
import type { EventName, Events } from '@shared/contract/events'
import { failure, FailureError, refuse } from '@shared/kernel/failure'
import { err } from '@shared/kernel/result'
import type { Result } from '@shared/kernel/result'
import type { DeskFolders } from './desk-folders'

/** Hears every event of the open engine. */
export type DeskListener = <Name extends EventName>(name: Name, payload: Events[Name]) => void

/** What a web desk needs of an engine; `createEngine` gives it. */
export interface DeskEngine {
  call(name: string, input: unknown): Promise<Result<unknown>>
  on(listener: DeskListener): () => void
  close(): Promise<void>
}

/** Which desk to open. */
export interface DeskRequest {
  readonly mode: DeskMode['mode']
  readonly dataDir: string
  /** Whose desk to make when the folder holds none; null: it must hold one. */
  readonly bureau: Bureau | null
  readonly files: Files
  /** The backup put ready that is to take the place of the data first; null: none. */
  readonly restore: string | null
}

/** Opens the engine of a desk, making its data folder on first use. */
export type OpenDeskEngine = (request: DeskRequest) => Promise<DeskEngine>

/** The desk behind the loopback host: one engine at a time, practice or live. */
export interface SwitchableDesk {
  mode(): DeskMode
  /** Asks the open engine; `engine.stopped` while desks are being switched. */
  call(name: string, input: unknown): Promise<Result<unknown>>
  on(listener: DeskListener): () => void
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

/** Opens the desk that the mode file names. */
export async function openSwitchableDesk(options: {
  readonly folders: DeskFolders
  readonly files: Files
  readonly openEngine: OpenDeskEngine
  readonly log: Log
}): Promise<SwitchableDesk> {
  const { folders, log } = options
  const listeners = new Set<DeskListener>()
  const emit: DeskListener = (name, payload) => {
    for (const listener of listeners) listener(name, payload)
  }
  const open = async (
    mode: DeskMode['mode'],
    given: Bureau | null,
    restore: string | null = null,
  ): Promise<DeskEngine> => {
    const bureau = bureauOf(mode, given)
    const dataDir = folders.of(mode)
    const engine = await options.openEngine({ mode, dataDir, bureau, files: options.files, restore })
    engine.on(emit)
    log.info('desk.opened', { mode })
    return engine
  }

  let now = folders.readMode()
  let engine: DeskEngine | null = await open(now.mode, null)
  let turn: Promise<unknown> = Promise.resolve()

  async function replaceBy(next: DeskSwitch): Promise<DeskMode> {
    const former = engine
    engine = null
    await former?.close()
    try {
      engine = await open(next.mode.mode, next.bureau)
    } catch (error) {
      engine = await open(now.mode, null)
      throw error
    }
    now = next.mode
    folders.writeMode(now)
    emit('engine.restarted', {})
    return now
  }

  return {
    mode: () => now,
    call: (name, input) => engine?.call(name, input) ?? Promise.resolve(err(failure('engine.stopped'))),
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    switchTo(mode, bureau) {
      const work = turn.then(async () => {
        const next =
          planDeskSwitch(now, mode, bureau) ?? refuse('storage.not-initialised', { folder: folders.of(mode) })
        if (mode === now.mode) return now
        if (engine !== null) refuseOpenBatches(await engine.call('connection.mayLeave', {}))
        return replaceBy(next)
      })
      turn = work.catch(() => undefined)
      return work
    },
    restore(id) {
      const work = turn.then(async () => {
        const former = engine ?? refuse('engine.stopped')
        const confirmed = await former.call('restore.confirm', { id })
        if (!confirmed.ok) throw new FailureError(confirmed.failure)
        engine = null
        await former.close()
        try {
          engine = await open(now.mode, null, id)
        } catch (error) {
          engine = await open(now.mode, null)
          throw error
        } finally {
          emit('engine.restarted', {})
        }
      })
      turn = work.catch(() => undefined)
      return work
    },
    async close() {
      await turn
      const last = engine
      engine = null
      await last?.close()
    },
  }
}

/**
 * Updates of the client from a file: proved, put ready, and given out only while nothing is being sent. The engine starts
 * nothing itself; the shell does, after the clerk's yes.
 */
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { UpdateView } from '@shared/contract/views/update-views'
import { installerName, UPDATES_FOLDER, type UpdateManifest } from '@shared/domain/update'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import { sha256HexOfFile } from '@engine/crypto/digest'
import type { AuditRepo, Store } from '@engine/repos/repo-types'
import { proveUpdate, type UpdateJudge, type UpdateSource } from '@engine/updates/update-package'

export interface UpdatesService {
  /** Proves a package and puts its installer ready; one that was ready before is dropped. Refuses as `proveUpdate`. */
  prepare(source: UpdateSource): Promise<UpdateView>
  /** What is ready; null when nothing is. */
  ready(): UpdateView | null
  /**
   * Asked right before the installer is started: proves its bytes once more. Refuses `update.none`, `update.busy` while
   * anything is being sent or worked on, and `update.altered`.
   */
  confirm(): Promise<UpdateView>
}

export function createUpdatesService(deps: {
  readonly dataDir: string
  readonly judge: UpdateJudge
  readonly store: Store
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly actor: () => string
  /** Whether a batch or a task is under way. */
  readonly isBusy: () => boolean
}): UpdatesService {
  const folder = join(deps.dataDir, UPDATES_FOLDER)
  let ready: UpdateView | null = null

  const drop = (): void => {
    ready = null
    rmSync(folder, { recursive: true, force: true })
  }

  const log = (act: string, { version, sha256 }: Pick<UpdateManifest, 'version' | 'sha256'>): void =>
    deps.store.write(() =>
      deps.audit.append({
        ...{ at: deps.clock.now(), actor: deps.actor(), act, ref: null },
        body: { version, sha256, own: deps.judge.own },
      }),
    )

  const sha256OfReady = (version: string): Promise<string | null> =>
    sha256HexOfFile(join(folder, installerName(version))).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error
      return null
    })

  // What an earlier run has left: it is installed by now, or was given up.
  drop()

  return {
    ready: () => ready,

    async prepare(source) {
      drop()
      const partial = join(folder, 'partial')
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        const manifest = await proveUpdate(source, deps.judge, partial)
        const { version, channel, notes, size: bytes, sha256 } = manifest
        renameSync(partial, join(folder, installerName(version)))
        log('update.ready', manifest)
        ready = { version, own: deps.judge.own, channel, notes, bytes, sha256 }
        return ready
      } catch (error) {
        drop()
        if ((error as NodeJS.ErrnoException).code === 'ENOSPC') refuse('storage.full')
        throw error
      }
    },

    async confirm() {
      const update = ready ?? refuse('update.none')
      if (deps.isBusy()) refuse('update.busy')
      const sha256 = await sha256OfReady(update.version)
      if (sha256 !== update.sha256) {
        drop()
        refuse('update.altered', { file: installerName(update.version) })
      }
      // Reading took a moment, in which a batch may have left.
      if (deps.isBusy()) refuse('update.busy')
      log('update.started', update)
      return update
    },
  }
}

import { rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import { createDataFolder, hasStore, storeFile } from '@engine/repos/data-folder'
import { removeHeadMark } from '@engine/repos/head-mark'
import type { StoreSecret } from '@engine/repos/store-copy'
import { stageBackup } from './restore-staging'
import { silentTask } from './tasks-service'

/** A backup and where it is to live. */
export interface Restoration {
  readonly backup: string
  readonly secret: StoreSecret
  readonly dataDir: string
  /** The key that the restored store is to have, 64 hex digits. */
  readonly storeKey: string
  readonly clock: Clock
}

/**
 * Makes the store of a folder without one from a backup, which is only read; all or nothing. The restored desk notes
 * when that was: a batch sealed before may have left after the backup, so the platform is asked first. Refuses
 * `storage.already-initialised`, and as `stageBackup`.
 */
export async function restoreDesk({ backup, secret, dataDir, storeKey, clock }: Restoration): Promise<void> {
  if (hasStore(dataDir)) refuse('storage.already-initialised', { folder: dataDir })
  createDataFolder(dataDir)
  removeHeadMark(dataDir)
  const file = `${storeFile(dataDir)}.part`
  rmSync(file, { force: true })
  const name = basename(backup)
  await stageBackup({ ...{ backup, name, secret, file, storeKey, clock }, actor: null, task: silentTask })
  await rename(file, storeFile(dataDir))
}

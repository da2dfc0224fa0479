import { copyFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Clock } from '@shared/kernel/clock'
import { FailureError, refuse } from '@shared/kernel/failure'
import { createAuditRepo } from '@engine/repos/audit-repo'
import { createDataFolder, hasStore, storeFile } from '@engine/repos/data-folder'
import { createStore, openDatabase } from '@engine/repos/database'
import { removeHeadMark } from '@engine/repos/head-mark'
import { migrations } from '@engine/repos/migrations/migration-list'
import { migrate } from '@engine/repos/migrator'
import { createSettingRepo } from '@engine/repos/setting-repo'
import { rekeyCopy } from '@engine/repos/store-copy'
import type { StoreSecret } from '@engine/repos/store-copy'
import { writeWhole } from '@engine/sheets/output-file'
import { DEFAULT_OPERATOR } from './desk-initialiser'
import { forgetMark, noteSetBack } from './set-back-service'

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
 * `storage.already-initialised`, `backup.missing-file`, `backup.wrong-secret`, `storage.*`.
 */
export async function restoreDesk({ backup, secret, dataDir, storeKey, clock }: Restoration): Promise<void> {
  if (hasStore(dataDir)) refuse('storage.already-initialised', { folder: dataDir })
  const file = basename(backup)
  const found = await stat(backup).catch(() => null)
  if (found?.isFile() !== true) refuse('backup.missing-file', { file })
  createDataFolder(dataDir)
  removeHeadMark(dataDir)
  await writeWhole(storeFile(dataDir), async (part) => {
    await copyFile(backup, part)
    try {
      rekeyCopy(part, secret, { key: storeKey })
    } catch (error) {
      if (error instanceof FailureError && error.failure.code === 'storage.wrong-key')
        refuse('backup.wrong-secret', { file })
      throw error
    }
  })
  noteRestoration(dataDir, storeKey, clock)
}

function noteRestoration(dataDir: string, key: string, clock: Clock): void {
  const database = openDatabase({ file: storeFile(dataDir), key })
  const store = createStore(database)
  try {
    migrate(database, { migrations, clock })
    const settings = createSettingRepo(database)
    const audit = createAuditRepo(database)
    store.write(() => {
      const actor = settings.get<string>('operator') ?? DEFAULT_OPERATOR
      noteSetBack(settings, audit, { at: clock.now(), cause: 'backup', actor })
      forgetMark(settings)
    })
  } finally {
    store.close()
  }
}

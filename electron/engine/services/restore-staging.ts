/** A backup becomes a store: copied, proved from its pages to its receipts, brought up to this release. It is only read. */
import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Clock } from '@shared/kernel/clock'
import { FailureError, refuse } from '@shared/kernel/failure'
import { storeProblemText } from '@shared/texts/zh-CN/store-problems'
import { softwareSmProvider } from '@engine/crypto/software-sm-provider'
import { createAttachmentRepo } from '@engine/repos/attachment-repo'
import { createAuditRepo } from '@engine/repos/audit-repo'
import { createBatchRepo } from '@engine/repos/batch-repo'
import { brokenReferences, createStore, openDatabase } from '@engine/repos/database'
import type { Database } from '@engine/repos/database'
import { migrations } from '@engine/repos/migrations/migration-list'
import { migrate } from '@engine/repos/migrator'
import { createReceiptRepo } from '@engine/repos/receipt-repo'
import { createSettingRepo } from '@engine/repos/setting-repo'
import { createStoreFactsQuery } from '@engine/repos/store-facts'
import type { StoreFacts } from '@engine/repos/store-facts'
import { flushFile, rekeyCopy } from '@engine/repos/store-copy'
import type { StoreSecret } from '@engine/repos/store-copy'
import { createConnectionRoute } from './connection-route'
import { createStoreVerification } from './backup-verification'
import { DEFAULT_OPERATOR } from './desk-initialiser'
import { forgetMark, noteSetBack } from './set-back-service'
import { createReceiptCheck } from './submission-receipt-check'
import type { TaskHandle } from './tasks-service'

/** A backup and the store that it is to become. */
export interface Staging {
  readonly backup: string
  /** What the user calls the backup. */
  readonly name: string
  readonly secret: StoreSecret
  /** Path of the store to be; there is no such file yet. */
  readonly file: string
  /** The key that the store is to have, 64 hex digits. */
  readonly storeKey: string
  readonly clock: Clock
  /** Who restores; null: whoever worked at the desk of the backup. */
  readonly actor: string | null
  readonly task: TaskHandle
}

/** What a backup says of itself. */
export interface StagedStore extends StoreFacts {
  /** The last thing that it remembers, an instant. */
  readonly lastAt: string
  readonly deskId: string
  readonly bureauCode: string
  readonly bureauName: string
  /** What kind of desk it was written by; null when it is of a release that did not note that. */
  readonly mode: string | null
}

const nobody = (): never => {
  throw new Error('a store that is being proved is only read')
}

/** The desk says in its store what kind it is, so that the data of one kind never becomes that of the other. */
export const DESK_MODE_SETTING = 'deskMode'

async function copyInPieces({ backup, name, file, task }: Staging): Promise<void> {
  const found = await stat(backup).catch(() => null)
  if (found?.isFile() !== true) refuse('backup.missing-file', { file: name })
  let copied = 0
  task.progress('copying', 0, found.size)
  const counting = new Transform({
    transform(piece: Buffer, _encoding, done) {
      copied += piece.length
      task.progress('copying', copied, found.size)
      done(null, piece)
    },
  })
  try {
    await pipeline(
      ...[createReadStream(backup), counting, createWriteStream(file, { mode: 0o600, flags: 'wx' })],
      { signal: task.signal },
    )
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    if (code === 'ABORT_ERR') refuse('task.cancelled')
    refuse(code === 'ENOSPC' || code === 'EDQUOT' ? 'storage.full' : 'storage.io')
  }
}

function openPages({ name, secret, file, storeKey }: Staging): void {
  try {
    rekeyCopy(file, secret, { key: storeKey })
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    if (error.failure.code === 'storage.wrong-key') refuse('backup.wrong-secret', { file: name })
    throw error
  }
}

function refuseUnsound(database: Database, { name, clock }: Staging): void {
  const batches = createBatchRepo(database)
  const receipts = createReceiptRepo(database)
  const audit = createAuditRepo(database)
  const { credentials } = createConnectionRoute(createSettingRepo(database))
  const receiptCheck = createReceiptCheck({
    ...{ batches, receipts, audit, clock },
    platformPublicKey: () => credentials().platformPublicKey,
    spelling: () => credentials().spelling,
    ...{ store: { write: nobody, inBulk: nobody, close: nobody }, actor: nobody, sm: softwareSmProvider },
  })
  const [problem] = createStoreVerification({
    ...{ audit, batches, receipts, receiptCheck },
    attachments: createAttachmentRepo(database),
    // Looked through when the copy was given its key.
    pageProblems: () => [],
    brokenReferences: () => brokenReferences(database),
  }).problems()
  if (problem !== undefined) refuse('backup.unsound', { file: name, detail: storeProblemText(problem) })
}

interface StoredDesk {
  readonly deskId: string
  readonly bureauCode: string
  readonly bureauName: string
}

const wordsOf = (database: Database): StagedStore => {
  const settings = createSettingRepo(database)
  return {
    ...(settings.get<StoredDesk>('desk') ?? { deskId: '', bureauCode: '', bureauName: '' }),
    ...createStoreFactsQuery(database).facts(),
    lastAt: createAuditRepo(database).lastAt() ?? '',
    mode: settings.get<string>(DESK_MODE_SETTING),
  }
}

/** The restored desk notes when that was: a batch sealed before may have left after the backup. */
function note(database: Database, { clock, actor }: Staging): void {
  const settings = createSettingRepo(database)
  createStore(database).write(() => {
    const by = actor ?? settings.get<string>('operator') ?? DEFAULT_OPERATOR
    noteSetBack(settings, createAuditRepo(database), { at: clock.now(), cause: 'backup', actor: by })
    forgetMark(settings)
  })
}

/**
 * Makes a store from a backup, durably, and tells what it holds; `judge` may refuse it. Whatever refuses, no file is left.
 * Refuses `backup.missing-file`, `backup.wrong-secret`, `backup.unsound`, `storage.*`, `task.cancelled`.
 */
export async function stageBackup(
  staging: Staging,
  judge: (found: StagedStore) => void = () => undefined,
): Promise<StagedStore> {
  const { file, storeKey, clock, task } = staging
  const nextStep = (step: string): void => {
    if (task.signal.aborted) refuse('task.cancelled')
    task.progress(step, 0, null)
  }
  try {
    await copyInPieces(staging)
    nextStep('opening-backup')
    openPages(staging)
    const database = openDatabase({ file, key: storeKey })
    try {
      migrate(database, { migrations, clock })
      const found = wordsOf(database)
      judge(found)
      nextStep('proving-backup')
      refuseUnsound(database, staging)
      if (task.signal.aborted) refuse('task.cancelled')
      note(database, staging)
      createStore(database).close()
      flushFile(file)
      return found
    } finally {
      database.close()
    }
  } catch (error) {
    for (const end of ['', '-wal', '-shm', '-journal']) await rm(`${file}${end}`, { force: true })
    throw error
  }
}

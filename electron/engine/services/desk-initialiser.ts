import { rmSync } from 'node:fs'
import * as v from 'valibot'
import { bureauSchema } from '@shared/contract/desk-mode'
import type { Bureau } from '@shared/contract/desk-mode'
import { defaultSpelling } from '@shared/domain/signature-spelling'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import { connectionDetails } from '@shared/texts/zh-CN/connection'
import type { Ids } from '@shared/kernel/ids'
import { defaultOperator } from '@shared/texts/zh-CN/acts'
import type { KeyReference, SigningKeyProvider } from '@engine/crypto/signing-key'
import { softwareKey, softwareKeys } from '@engine/crypto/software-keys'
import { createAuditRepo } from '@engine/repos/audit-repo'
import { createDataFolder, hasStore, storeFile } from '@engine/repos/data-folder'
import { createStore, openDatabase } from '@engine/repos/database'
import { migrations } from '@engine/repos/migrations/migration-list'
import { migrate } from '@engine/repos/migrator'
import { createSettingRepo } from '@engine/repos/setting-repo'

/** Who works at a desk until somebody gives a name. */
export const DEFAULT_OPERATOR = defaultOperator
/** Time of day after which a desk reminds of what is not sent. */
export const DEFAULT_CUT_OFF = '17:00'

/** What a new desk is made of. */
export interface NewDesk {
  readonly dataDir: string
  /** 64 hex digits. */
  readonly storeKey: string
  readonly clock: Clock
  readonly ids: Ids
  readonly bureau: Bureau
  /** Name under which the platform knows the desk; null for one made from the desk's id. */
  readonly clientId: string | null
  /** SM2 private key, 64 hex digits, to be kept in software; null for a fresh pair of `keys`. */
  readonly deskPrivateKey: string | null
  readonly connection: {
    readonly platformUrl: string
    readonly platformPublicKey: string
    readonly spelling?: SignatureSpelling
  } | null
  /** Default: keys in software. */
  readonly keys?: SigningKeyProvider
}

/** What became of it. */
export interface MadeDesk {
  readonly dataDir: string
  readonly deskId: string
  readonly clientId: string
  /** SM2 public key, 130 hex digits. */
  readonly publicKey: string
}

function keyOf({ keys = softwareKeys, deskPrivateKey }: NewDesk): KeyReference {
  if (deskPrivateKey === null) return keys.create()
  try {
    return { privateKey: deskPrivateKey, publicKey: softwareKey(deskPrivateKey).publicKey }
  } catch (error) {
    if (error instanceof RangeError)
      refuse('connection.wrong-key', { detail: connectionDetails.deskKeyRange })
    throw error
  }
}

function removeHalfMade(file: string): void {
  for (const name of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) rmSync(name, { force: true })
}

/**
 * Makes the store of a new desk: schema, desk id, bureau, key pair, connection. All or nothing: what fails half-way
 * is removed. Refuses `desk.wrong-bureau`, `storage.already-initialised`, `storage.folder-refused`,
 * `connection.wrong-key`.
 */
export function initialiseDesk(desk: NewDesk): Promise<MadeDesk> {
  return Promise.resolve().then(() => makeDesk(desk))
}

function makeDesk(desk: NewDesk): MadeDesk {
  const { dataDir, storeKey, clock, ids, bureau } = desk
  if (!v.is(bureauSchema, bureau)) refuse('desk.wrong-bureau', { ...bureau })
  if (hasStore(dataDir)) refuse('storage.already-initialised', { folder: dataDir })
  const key = keyOf(desk)
  createDataFolder(dataDir)
  const file = storeFile(dataDir)
  const deskId = ids.next()
  const clientId = desk.clientId ?? `desk-${deskId.replaceAll('-', '').slice(0, 8)}`
  const database = openDatabase({ file, key: storeKey, create: true })
  const store = createStore(database)
  try {
    migrate(database, { migrations, clock })
    const settings = createSettingRepo(database)
    const audit = createAuditRepo(database)
    store.write(() => {
      settings.set('desk', { deskId, bureauCode: bureau.code, bureauName: bureau.name })
      settings.set('operator', DEFAULT_OPERATOR)
      settings.set('cutOff', DEFAULT_CUT_OFF)
      settings.set('deskKey', key)
      settings.set('connection', {
        platformUrl: desk.connection?.platformUrl ?? null,
        clientId,
        platformPublicKey: desk.connection?.platformPublicKey ?? null,
        spelling: desk.connection?.spelling ?? defaultSpelling,
      })
      audit.append({
        at: clock.now(),
        actor: DEFAULT_OPERATOR,
        act: 'desk.initialised',
        ref: deskId,
        body: {},
      })
    })
  } catch (error) {
    database.close()
    removeHalfMade(file)
    throw error
  }
  store.close()
  return { dataDir, deskId, clientId, publicKey: key.publicKey }
}

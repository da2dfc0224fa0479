import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultSpelling } from '@shared/domain/signature-spelling'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider } from '@engine/crypto/software-sm-provider'
import { createAuditRepo } from '@engine/repos/audit-repo'
import { storeFile } from '@engine/repos/data-folder'
import { openDatabase } from '@engine/repos/database'
import { createSettingRepo } from '@engine/repos/setting-repo'
import { initialiseDesk } from '@engine/services/desk-initialiser'
import type { NewDesk } from '@engine/services/desk-initialiser'
import { uuidIds } from '@engine/system-ids'
import { stoppedClock, temporaryFolder, testKey } from './store-fixture'

const newDesk = (changes: Partial<NewDesk> = {}): NewDesk => ({
  dataDir: join(temporaryFolder(), 'desk'),
  storeKey: testKey,
  clock: stoppedClock(),
  ids: uuidIds,
  bureau: { code: '11360300014500006J', name: '萍乡市市场监督管理局' },
  clientId: null,
  deskPrivateKey: null,
  connection: null,
  ...changes,
})

describe('a new desk', () => {
  it.each(['123', '11360300014500006K', '11360300014500006j', '000000000000000000'])(
    'is not made for a bureau whose code is %s',
    async (code) => {
      const desk = newDesk({ bureau: { code, name: '某某局' } })
      await expect(initialiseDesk(desk)).rejects.toMatchObject({
        failure: { code: 'desk.wrong-bureau', params: { code } },
      })
      expect(existsSync(desk.dataDir)).toBe(false)
    },
  )

  it('has an id, a name for the platform, a key pair that signs, and an audit trail', async () => {
    const desk = newDesk()
    const made = await initialiseDesk(desk)
    expect(made.clientId).toBe(`desk-${made.deskId.replaceAll('-', '').slice(0, 8)}`)
    const database = openDatabase({ file: storeFile(desk.dataDir), key: testKey })
    const settings = createSettingRepo(database)
    expect(settings.get('desk')).toEqual({
      deskId: made.deskId,
      bureauCode: '11360300014500006J',
      bureauName: '萍乡市市场监督管理局',
    })
    const keys = settings.get<{ privateKey: string; publicKey: string }>('deskKey')!
    const signature = softwareKey(keys.privateKey).sign('萍乡')
    expect(softwareSmProvider.verify('萍乡', signature, made.publicKey)).toBe(true)
    expect(settings.get('connection')).toEqual({
      platformUrl: null,
      clientId: made.clientId,
      platformPublicKey: null,
      spelling: defaultSpelling,
    })
    expect(createAuditRepo(database).head().seq).toBe(1)
    database.close()
    if (process.platform !== 'win32') expect(statSync(desk.dataDir).mode & 0o077).toBe(0)
  })

  it('takes a given key, name and connection', async () => {
    const { privateKey, publicKey } = softwareSmProvider.generateKeyPair()
    const connection = {
      platformUrl: 'https://platform.invalid/api/v1',
      platformPublicKey: publicKey,
      spelling: { encoding: 'raw', userId: 'PX-001' },
    } as const
    const desk = newDesk({ deskPrivateKey: privateKey, clientId: 'px-sjj-01', connection })
    expect(await initialiseDesk(desk)).toMatchObject({ clientId: 'px-sjj-01', publicKey })
    const database = openDatabase({ file: storeFile(desk.dataDir), key: testKey })
    expect(createSettingRepo(database).get('connection')).toEqual({ ...connection, clientId: 'px-sjj-01' })
    database.close()
  })

  it('is refused where one is already, which stays untouched', async () => {
    const desk = newDesk()
    const first = await initialiseDesk(desk)
    await expect(initialiseDesk(desk)).rejects.toMatchObject({
      failure: { code: 'storage.already-initialised' },
    })
    const database = openDatabase({ file: storeFile(desk.dataDir), key: testKey })
    expect(createSettingRepo(database).get('desk')).toMatchObject({ deskId: first.deskId })
    database.close()
  })

  it('is refused with an unusable private key before anything is made', async () => {
    const desk = newDesk({ deskPrivateKey: '00'.repeat(32) })
    await expect(initialiseDesk(desk)).rejects.toMatchObject({ failure: { code: 'connection.wrong-key' } })
    expect(existsSync(desk.dataDir)).toBe(false)
  })

  it('is refused in a synced folder and where a file stands in the way', async () => {
    const synced = join(temporaryFolder(), '坚果云', 'desk')
    const refused = { failure: { code: 'storage.folder-refused' } }
    await expect(initialiseDesk(newDesk({ dataDir: synced }))).rejects.toMatchObject(refused)
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'desk'), '')
    await expect(initialiseDesk(newDesk({ dataDir: join(folder, 'desk') }))).rejects.toMatchObject(refused)
    mkdirSync(join(folder, 'other'))
    await initialiseDesk(newDesk({ dataDir: join(folder, 'other') }))
  })
})

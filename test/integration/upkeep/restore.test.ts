import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '@engine/repos/database'
import { rekeyCopy } from '@engine/repos/store-copy'
import { initialiseDesk } from '@engine/services/desk-initialiser'
import { uuidIds } from '@engine/system-ids'
import {
  connect,
  effectKeys,
  everything,
  newDeskFolder,
  openDesk,
  runningClock,
  startPlatform,
  testKey,
} from '@test/integration/exchange/exchange-fixture'
import { openUpkeepDesk } from './upkeep-desk'

const password = '示例-恢复-口令-1'
let folder: string
let scratch: string
const backup = () => join(scratch, 'desk.xinbao')

beforeEach(async () => {
  folder = await newDeskFolder()
  scratch = mkdtempSync(join(tmpdir(), 'xinbao-restore-'))
  onTestFinished(() => rmSync(scratch, { recursive: true, force: true }))
})

describe('a backup in the place of the present data', () => {
  it('tells what it holds, keeps the former data whole, and nothing is sent twice', async () => {
    const platform = await startPlatform()
    const enrolling = openDesk(folder)
    await connect(enrolling, platform)
    enrolling.close()

    const before = await openUpkeepDesk(folder)
    await before.addLicences(1, 2)
    await before.backUp(backup(), password)
    await before.addLicences(3, 1)
    const sent = await before.ended(await before.must('submission.start', everything))
    expect(sent.submission?.batches).toMatchObject([{ state: 'settled', counts: { accepted: 3 } }])

    const prepared = await before.prepare(backup(), password)
    expect(prepared).toMatchObject({ state: 'done', failure: null })
    const view = prepared.restore!
    expect(view).toMatchObject({
      ...{ file: 'desk.xinbao', records: 2, batches: 0, documents: 0, isOtherDesk: false },
      newer: { records: 3, batches: 1, openBatches: 0 },
    })
    expect(await before.total()).toBe(3)
    expect(await before.call('restore.confirm', { id: 'another' })).toMatchObject({
      failure: { code: 'restore.none' },
    })
    expect(await before.must('restore.confirm', { id: view.id })).toEqual({ confirmed: true })
    await before.close()

    const after = await openUpkeepDesk(folder, { restore: view.id })
    expect(await after.total()).toBe(2)
    expect(await after.must('backup.check', {})).toEqual({ problems: [] })
    expect((await after.must('desk.overview', {})).setBack).toMatchObject({
      cause: 'backup',
      from: view.madeAt,
    })
    const again = await after.ended(await after.must('submission.start', everything))
    expect(again.failure).toBeNull()
    expect(new Set(effectKeys(platform)).size).toBe(effectKeys(platform).length)
    expect(effectKeys(platform)).toHaveLength(3)

    const [former] = await after.must('restore.former', {})
    expect(readdirSync(folder).includes('restoring')).toBe(false)
    await after.close()
    // A data folder of its own, with everything that came after the backup.
    const kept = await openUpkeepDesk(former!.path)
    expect(await kept.total()).toBe(3)
    expect(await kept.must('backup.check', {})).toEqual({ problems: [] })
    expect((await kept.must('desk.overview', {})).setBack).toBeNull()
  })

  it('goes back again: the former data of a restored desk is restored in turn', async () => {
    const desk = await openUpkeepDesk(folder)
    await desk.addLicences(1, 1)
    await desk.backUp(backup(), password)
    const first = (await desk.prepare(backup(), password)).restore!
    await desk.close()
    const second = await openUpkeepDesk(folder, { restore: first.id })
    // Told the same once more, as after a crash: nothing waits, nothing is moved.
    await second.close()
    const third = await openUpkeepDesk(folder, { restore: first.id })
    expect(await third.must('restore.former', {})).toHaveLength(1)
    const next = (await third.prepare(backup(), password)).restore!
    await third.close()
    const fourth = await openUpkeepDesk(folder, { restore: next.id })
    expect(await fourth.must('restore.former', {})).toHaveLength(2)
    expect(await fourth.total()).toBe(1)
  })
})

describe('refused before anything moves', () => {
  const unchanged = (): string[] => readdirSync(folder).filter((name) => !/-wal$|-shm$/.test(name))

  const refused = async (desk: Awaited<ReturnType<typeof openUpkeepDesk>>, path: string, word = password) => {
    const names = unchanged()
    const task = await desk.prepare(path, word)
    expect(task.restore).toBeNull()
    expect(unchanged().filter((name) => name !== 'restoring')).toEqual(
      names.filter((name) => name !== 'restoring'),
    )
    expect(existsSync(join(folder, 'restoring')) ? readdirSync(join(folder, 'restoring')) : []).toEqual([])
    return task.failure?.code
  }

  it('a wrong password, a damaged file, a file of another kind, a missing file', async () => {
    const desk = await openUpkeepDesk(folder)
    await desk.addLicences(1, 3)
    await desk.backUp(backup(), password)
    expect(await refused(desk, backup(), 'another password')).toBe('backup.wrong-secret')
    const bytes = readFileSync(backup())
    const flipped = join(scratch, 'flipped')
    writeFileSync(
      flipped,
      bytes.with(Math.floor(bytes.length * 0.6), bytes[Math.floor(bytes.length * 0.6)]! ^ 1),
    )
    expect(await refused(desk, flipped)).toBe('storage.damaged')
    const torn = join(scratch, 'torn')
    writeFileSync(torn, bytes)
    truncateSync(torn, Math.floor(bytes.length / 4096 / 2) * 4096)
    expect(await refused(desk, torn)).toBe('storage.damaged')
    writeFileSync(torn, 'not a backup at all')
    expect(await refused(desk, torn)).toBe('backup.wrong-secret')
    expect(await refused(desk, join(scratch, 'none'))).toBe('backup.missing-file')
    expect(await desk.total()).toBe(3)
    expect(await desk.call('restore.confirm', { id: 'x' })).toMatchObject({
      failure: { code: 'restore.none' },
    })
  })

  it('a backup of another bureau, of practice, or with a changed trail', async () => {
    const other = join(scratch, 'other')
    await initialiseDesk({
      ...{ dataDir: other, storeKey: testKey, clock: runningClock, ids: uuidIds },
      bureau: { code: '11360300014500006J', name: '某某市场监督管理局' },
      ...{ clientId: null, deskPrivateKey: null, connection: null },
    })
    const foreign = await openUpkeepDesk(other)
    await foreign.backUp(backup(), password)
    await foreign.close()
    const desk = await openUpkeepDesk(folder)
    expect(await refused(desk, backup())).toBe('backup.other-bureau')

    const practice = join(scratch, 'practice.xinbao')
    await desk.backUp(practice, password)
    const change = (sql: string): void => {
      const database = openDatabase({ file: join(folder, 'store.db'), key: testKey })
      database.exec(sql)
      database.close()
    }
    await desk.close()
    change(`UPDATE setting SET value_json = '"practice"' WHERE key = 'deskMode'`)
    const asPractice = await openUpkeepDesk(folder)
    await asPractice.backUp(practice, password)
    await asPractice.close()
    change(`UPDATE setting SET value_json = '"live"' WHERE key = 'deskMode'`)
    const again = await openUpkeepDesk(folder)
    expect(await refused(again, practice)).toBe('backup.other-mode')
    await again.close()

    const changed = join(scratch, 'changed')
    writeFileSync(changed, readFileSync(practice))
    rekeyCopy(changed, { password }, { key: testKey })
    const database = openDatabase({ file: changed, key: testKey })
    database.exec(`DROP TRIGGER audit_no_update; UPDATE audit SET actor = '别人' WHERE seq = 1;
      UPDATE setting SET value_json = '"live"' WHERE key = 'deskMode'`)
    database.close()
    rekeyCopy(changed, { key: testKey }, { password })
    expect(await refused(await openUpkeepDesk(folder), changed)).toBe('backup.unsound')
  })

  it('one that is cancelled, and one that another program came between', async () => {
    const desk = await openUpkeepDesk(folder)
    await desk.addLicences(1, 1)
    await desk.backUp(backup(), password)
    const file = desk.fileOf('source', backup(), 'desk.xinbao')
    const task = await desk.must('restore.prepare', { file, password })
    await desk.must('tasks.cancel', { taskId: task.taskId })
    expect(await desk.ended(task)).toMatchObject({ state: 'cancelled', restore: null })
    expect(readdirSync(join(folder, 'restoring'))).toEqual([])

    const { id } = (await desk.prepare(backup(), password)).restore!
    await desk.addLicences(2, 1)
    await desk.close()
    const holder = openDatabase({ file: join(folder, 'store.db'), key: testKey })
    await expect(openUpkeepDesk(folder, { restore: id })).rejects.toMatchObject({
      failure: { code: 'storage.in-use' },
    })
    holder.close()
    const still = await openUpkeepDesk(folder)
    expect(await still.total()).toBe(2)
    expect(await still.must('restore.former', {})).toEqual([])
  })
})

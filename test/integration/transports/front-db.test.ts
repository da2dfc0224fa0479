/** A front-end database: what only it can do wrong. */
import pg from 'pg'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { silentTask } from '@engine/services/tasks-service'
import { rowIdOf } from '@engine/transports/front-db/front-db'
import {
  connect,
  everything,
  newDeskFolder,
  openDesk,
  startPlatform,
} from '@test/integration/exchange/exchange-fixture'
import { licencePayload } from '@test/integration/practice/invented-items'
import { frontDbSettings, sharedPostgres, stopPostgres } from './front-db-lane'
import { postgresBin } from './private-postgres'

afterAll(stopPostgres)

const TABLE = '"L_PX_XZXK_FR"'

async function startFrontDb(options: { readonly everyMs?: number } = {}) {
  const { port, user, password, newDatabase } = await sharedPostgres()
  const database = await newDatabase()
  const place = { host: '127.0.0.1', port, database, user, password }
  const platform = await startPlatform({
    frontDb: { ...place, tablePrefix: 'L_PX_', everyMs: options.everyMs ?? 20 },
  })
  const admin = new pg.Client(place)
  await admin.connect()
  onTestFinished(() => admin.end())
  const patience = { attempts: 1, settleWithinMs: 30_000, longestPauseMs: 0 }
  const desk = openDesk(await newDeskFolder(), { patience })
  await connect(desk, platform)
  const settings = frontDbSettings({ port, database, user, password })
  const test = await desk.connection.choose(settings)
  return {
    platform,
    admin,
    desk,
    settings,
    test,
    submit: () => desk.submission.submit(everything, silentTask),
  }
}

describe.skipIf(postgresBin() === null)('a front-end database', () => {
  test('holds rows as the city’s tables do: our id, dates with slashes, a day, a state', async () => {
    const { admin, desk, submit } = await startFrontDb()
    const [recordId] = desk.addLicences(1, 1)
    await submit()
    const { rows } = await admin.query<Record<string, unknown>>(`SELECT *, "SJC"::text AS day FROM ${TABLE}`)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      RECID: rowIdOf({ recordId: recordId!, revision: 1 }),
      XK_JDRQ: '2026/02/27',
      XK_WSH: licencePayload(1)['XK_WSH'],
      day: '2026-03-02',
      SB_ZT: '2',
      SB_JG: '1',
    })
    expect(String(rows[0]!['RECID'])).toHaveLength(36)
  })

  test('a value that a column cannot take is the end of its own row only', async () => {
    const { admin, desk, submit } = await startFrontDb()
    await admin.query(`ALTER TABLE ${TABLE} ALTER COLUMN "XK_NR" TYPE varchar(9)`)
    const long = desk.editing.create('XZXK_FR', { ...licencePayload(1), XK_NR: '准予从事餐饮经营和食品销售' })
    const short = desk.editing.create('XZXK_FR', { ...licencePayload(2), XK_NR: '准予食品经营' })
    await submit()
    expect(desk.delivery(short)).toBe('accepted')
    expect(desk.records.find(long)).toMatchObject({ delivery: 'rejected', headlineCode: 'platform.1006' })
    expect((await admin.query(`SELECT 1 FROM ${TABLE}`)).rowCount).toBe(1)
  })

  test('a correction is a row of its own, and an update at the platform', async () => {
    const { admin, desk, platform, submit } = await startFrontDb()
    const [id] = desk.addLicences(1, 1)
    await submit()
    desk.editing.changeOperation({
      recordId: id!,
      op: 'correct',
      changes: { XK_NR: '准予餐饮经营' },
      reason: '笔误',
    })
    await submit()
    expect(desk.delivery(id!)).toBe('accepted')
    expect(platform.ledger().map(({ op, recordId }) => [op, recordId])).toEqual([
      ['create', id],
      ['correct', id],
    ])
    expect((await admin.query(`SELECT "SB_JG" FROM ${TABLE} ORDER BY "RECID"`)).rows).toEqual([
      { SB_JG: '1' },
      { SB_JG: '3' },
    ])
  })

  test.each([
    ['3', null, 'rejected'],
    ['5', '1', 'accepted'],
    ['2', '4', 'warned'],
    ['2', '2', 'rejected'],
    ['2', null, 'processing'],
    ['4', '1', 'processing'],
    ['9', '1', 'processing'],
  ])('a row in state %s with the mark %s is %s', async (state, mark, delivery) => {
    const { admin, desk, platform } = await startFrontDb()
    await platform.close()
    const impatient = { attempts: 1, settleWithinMs: 0, longestPauseMs: 0 }
    const [id] = desk.addLicences(1, 1)
    desk.sealing.seal(everything)
    const [batch] = desk.batches.open(false)
    await desk.submission.visit(batch!.batchId, silentTask, impatient)
    await admin.query(`UPDATE ${TABLE} SET "SB_ZT" = $1, "SB_JG" = $2, "SB_YJ" = '<b>x</b>'`, [state, mark])
    await desk.submission.visit(batch!.batchId, silentTask, impatient)
    expect(desk.delivery(id!)).toBe(delivery)
  })

  test('a table that lacks a column stops the batch until it is put right', async () => {
    const { admin, desk, submit } = await startFrontDb()
    await admin.query(`ALTER TABLE ${TABLE} RENAME COLUMN "XK_NR" TO "OTHER"`)
    desk.addLicences(1, 1)
    expect((await submit()).batches).toMatchObject([{ state: 'stopped', lastFailure: 'platform.refused' }])
    await admin.query(`ALTER TABLE ${TABLE} RENAME COLUMN "OTHER" TO "XK_NR"`)
    await desk.submission.resume(silentTask)
    expect(desk.deliveries()).toEqual({ accepted: 1 })
  })

  test('the test of the connection says at which step it fails', async () => {
    const { desk, settings, test: good } = await startFrontDb()
    expect(good).toMatchObject({ ok: true })
    const failedAt = async (changes: Partial<typeof settings>) => {
      const { steps } = await desk.connection.choose({ ...settings, ...changes })
      return steps.find(({ ok }) => !ok)?.step
    }
    expect(await failedAt({ password: 'wrong' })).toBe('signature')
    expect(await failedAt({ database: 'nowhere' })).toBe('standard')
    expect(await failedAt({ tablePrefix: 'NONE_' })).toBe('standard')
    expect(await failedAt({ port: 1 })).toBe('reach')
  })

  test('the password stays in the store: pages see only that there is one, and an absent one keeps it', async () => {
    const { desk, settings } = await startFrontDb()
    const { transport } = desk.connection.view()
    expect(transport).toMatchObject({ kind: 'front-db', hasPassword: true })
    expect(JSON.stringify(desk.connection.view())).not.toContain(settings.password)
    expect(await desk.connection.choose({ ...settings, password: null })).toMatchObject({ ok: true })
  })
})

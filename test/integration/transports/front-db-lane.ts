import pg from 'pg'
import { onTestFinished } from 'vitest'
import type { SettingsOf } from '@shared/contract/transport-settings'
import { silentTask } from '@engine/services/tasks-service'
import {
  connect,
  everything,
  newDeskFolder,
  openDesk,
  startPlatform,
} from '@test/integration/exchange/exchange-fixture'
import type { Accident, Lane, LaneSpec } from './lane'
import { postgresBin, startPostgres } from './private-postgres'
import type { PrivatePostgres } from './private-postgres'
import { startWireCutter } from './wire-cutter'
import type { Cut } from './wire-cutter'

const bin = postgresBin()
let server: Promise<PrivatePostgres> | null = null
/** The server that all tests of one file share. */
export const sharedPostgres = (): Promise<PrivatePostgres> => (server ??= startPostgres(bin ?? ''))
/** Ends it; call after all tests of the file. */
export const stopPostgres = async (): Promise<void> => {
  await (await server)?.stop()
  server = null
}

export const frontDbSettings = (
  place: Pick<SettingsOf<'front-db'>, 'port' | 'database' | 'user' | 'password'>,
): SettingsOf<'front-db'> => ({
  kind: 'front-db',
  host: '127.0.0.1',
  ...place,
  schema: 'public',
  tablePrefix: 'L_PX_',
  columns: { id: 'RECID', time: 'SJC', state: 'SB_ZT', result: 'SB_JG', message: 'SB_YJ' },
  absentSeconds: 0,
  allowsPlain: false,
})

const CUTS: Readonly<Record<Accident, Cut | null>> = {
  'lost-reply': { at: 'COMMIT', after: 0, arrives: true },
  cut: { at: 'INSERT INTO', after: 2, arrives: true },
  refused: null,
}

const frontDbLane = (name: string, hasUniqueId: boolean): LaneSpec => ({
  name,
  missing: bin === null ? 'PostgreSQL is not installed (Debian: apt-get install postgresql)' : null,
  async start(options = {}) {
    const { port, user, password, newDatabase } = await sharedPostgres()
    const database = await newDatabase()
    const frontDb = {
      ...{ host: '127.0.0.1', port, database, user, password },
      tablePrefix: 'L_PX_',
      everyMs: 20,
    }
    const platform = await startPlatform({ ...options, frontDb })
    const admin = new pg.Client({ host: '127.0.0.1', port, database, user, password })
    await admin.connect()
    onTestFinished(() => admin.end())
    if (!hasUniqueId) await admin.query('ALTER TABLE "L_PX_XZXK_FR" DROP CONSTRAINT "L_PX_XZXK_FR_pkey"')
    await admin.query(`CREATE ROLE ${database}_desk LOGIN PASSWORD 'desk'`)
    await admin.query(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${database}_desk`)
    const cutter = await startWireCutter(port)
    const folder = await newDeskFolder()
    const changes = { patience: { attempts: 1, settleWithinMs: 60_000, longestPauseMs: 0 } }
    let desk = openDesk(folder, changes)
    await connect(desk, platform)
    const place = { port: cutter.port, database, user: `${database}_desk`, password: 'desk' }
    await desk.connection.choose(frontDbSettings(place))
    const lane: Lane = {
      platform,
      desk: () => desk,
      async send(recordIds, task = silentTask) {
        await desk.submission.submit({ ...everything, recordIds: recordIds ?? null }, task)
      },
      async goOn() {
        await desk.submission.resume(silentTask)
      },
      async arm(accident) {
        if (accident === 'refused') await admin.query(`ALTER ROLE ${database}_desk PASSWORD 'another'`)
        cutter.arm(CUTS[accident])
      },
      async heal() {
        await admin.query(`ALTER ROLE ${database}_desk PASSWORD 'desk'`)
        cutter.arm(null)
      },
      restart() {
        desk.database.close()
        desk = openDesk(folder, changes)
      },
    }
    return lane
  },
})

/** A front-end database whose table keeps one row of an id. */
export const keyedDbLane = frontDbLane('front-db, unique key', true)
/** One whose table would take a row twice. */
export const keylessDbLane = frontDbLane('front-db, no key', false)

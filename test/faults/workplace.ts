import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storeFile } from '@engine/repos/data-folder'
import { createStore, openDatabase } from '@engine/repos/database'
import { createSettingRepo } from '@engine/repos/setting-repo'
import { initialiseDesk } from '@engine/services/desk-initialiser'
import { uuidIds } from '@engine/system-ids'
import type { ScenarioName } from '@shared/domain/practice-scenario'
import { startPractice } from '@practice/practice-server'
import type { Clock } from '@shared/kernel/clock'
import { brokenUscc, testBureau } from '@test/fixtures/invented-subjects'
import { licencePayload } from '@test/integration/practice/invented-items'
import { startProxy } from './proxy'
import type { Proxy } from './proxy'
import { storeKey } from './victim-order'

/** Instant at which every run begins: the invented licences of 2026-02-27 are in time. */
const BEGIN = Date.parse('2026-03-02T01:00:00.000Z')

/** Where runs take place: what is made once and copied for each of them. */
export interface Workplace {
  readonly resourceDir: string
  /** The bundled program under test and the bundled child that reads sheets. */
  readonly program: string
  readonly sheetChild: string
  /** A table of licences of the numbers from 9,001 on, every seventh with a wrong code. */
  readonly table: string
  readonly folder: string
  /** Desk time minus machine time. */
  readonly shiftMs: number
  readonly clock: Clock
  /** A desk and a platform of its own; `at` puts the desk's folder elsewhere. */
  story(seed: number, options?: StoryOptions): Promise<Story>
  remove(): void
}

export interface StoryOptions {
  readonly scenario?: ScenarioName
  /** Folder in which the desk's data folder is made, e.g. on a disk of its own. */
  readonly at?: string
  readonly settleDelayMs?: number
}

/** One desk, its platform, and the line between them. */
export interface Story {
  readonly folder: string
  readonly dataDir: string
  readonly platformDir: string
  /** Origin of the platform's controls; not through the proxy. */
  readonly origin: string
  readonly proxy: Proxy
  /** Stops proxy and platform; the folders stay. */
  stop(): Promise<void>
  remove(): void
}

const shiftMs = BEGIN - Date.now()
const clock: Clock = { now: () => new Date(Date.now() + shiftMs).toISOString() }

/** Prepares the templates. `XINBAO_FAULTS_DIR` puts everything elsewhere than into the system's temporary folder. */
export async function openWorkplace(root: string, outDir: string): Promise<Workplace> {
  const resourceDir = join(root, 'resources')
  const folder = mkdtempSync(join(process.env['XINBAO_FAULTS_DIR'] ?? tmpdir(), 'xinbao-faults-'))
  const deskTemplate = join(folder, 'desk')
  const platformTemplate = join(folder, 'platform')
  const { clientId, publicKey } = await initialiseDesk({
    ...{ dataDir: deskTemplate, storeKey, clock, ids: uuidIds, bureau: { ...testBureau } },
    ...{ clientId: 'px-faults', deskPrivateKey: null, connection: null },
  })
  const platform = await startPractice({ dataDir: platformTemplate, standardDir: resourceDir, clock })
  const enrolled = await fetch(`${platform.origin}/practice/enrol`, {
    method: 'POST',
    body: JSON.stringify({ clientId, publicKey, bureau: testBureau, replace: true }),
  })
  if (!enrolled.ok) throw new Error(`enrolment failed: ${enrolled.status}`)
  await platform.close()
  const table = join(folder, 'licences.csv')
  writeFileSync(table, licenceTable())
  let count = 0

  return {
    table,
    resourceDir,
    folder,
    shiftMs,
    clock,
    program: join(outDir, 'victim.mjs'),
    sheetChild: join(outDir, 'sheet-child.mjs'),

    async story(seed, options = {}) {
      const place = join(folder, `story-${++count}`)
      const dataDir = join(options.at ?? place, 'desk')
      const platformDir = join(place, 'platform')
      mkdirSync(place)
      cpSync(deskTemplate, dataDir, { recursive: true })
      cpSync(platformTemplate, platformDir, { recursive: true })
      const server = await startPractice({
        dataDir: platformDir,
        standardDir: resourceDir,
        clock,
        seed,
        scenario: options.scenario,
        settleDelayMs: options.settleDelayMs ?? 0,
      })
      const proxy = await startProxy(Number(new URL(server.origin).port))
      connectDesk(dataDir, `${proxy.origin}/api/v1`, clientId, server.platformPublicKey)
      return {
        folder: place,
        dataDir,
        platformDir,
        origin: server.origin,
        proxy,
        async stop() {
          await proxy.close()
          await server.close()
        },
        remove() {
          for (const path of [place, dataDir]) if (existsSync(path)) rmSync(path, { recursive: true })
        },
      }
    },

    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Its header are the codes of the fields. */
function licenceTable(): string {
  const rows = Array.from({ length: 14 }, (_, index) => {
    const row = licencePayload(9_001 + index)
    return index % 7 === 6 ? { ...row, XK_XDR_SHXYM: brokenUscc(index) } : row
  })
  const header = Object.keys(rows[0]!)
  return [header, ...rows.map((row) => Object.values(row))].map((cells) => cells.join(',')).join('\n')
}

function connectDesk(
  dataDir: string,
  platformUrl: string,
  clientId: string,
  platformPublicKey: string,
): void {
  const database = openDatabase({ file: storeFile(dataDir), key: storeKey })
  const store = createStore(database)
  const settings = createSettingRepo(database)
  store.write(() => settings.set('connection', { platformUrl, clientId, platformPublicKey }))
  store.close()
}

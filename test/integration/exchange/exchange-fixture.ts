import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { randomHex } from '@engine/crypto/random'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { initialiseDesk } from '@engine/services/desk-initialiser'
import type { ExchangeDeps } from '@engine/services/submission-assembly'
import { silentTask } from '@engine/services/tasks-service'
import type { TaskHandle } from '@engine/services/tasks-service'
import { loadInstalledCalendar, loadInstalledStandard } from '@engine/standards/installed-standard'
import { uuidIds } from '@engine/system-ids'
import { createHttpTransport } from '@engine/transports/http/http-transport'
import type { TransportFactory } from '@engine/transports/transport-port'
import type { PracticeOptions, PracticeServer } from '@practice/practice-options'
import { startPractice } from '@practice/practice-server'
import type { Effect } from '@practice/store/register-repo'
import type { Clock } from '@shared/kernel/clock'
import { openExchangeDesk } from '@test/fixtures/exchange-desk'
import type { ExchangeDesk } from '@test/fixtures/exchange-desk'
import { testBureau } from '@test/fixtures/invented-subjects'

export const resourceDir = resolve(import.meta.dirname, '../../../resources')
export const testKey = '0f'.repeat(32)

/** The day on which the invented licences are in time. */
export const runningClock: Clock = (() => {
  const shiftMs = Date.parse('2026-03-02T01:00:00.000Z') - performance.timeOrigin
  return { now: () => new Date(performance.timeOrigin + performance.now() + shiftMs).toISOString() }
})()

const standard = loadInstalledStandard(resourceDir)
const basis = {
  storeKey: testKey,
  clock: runningClock,
  standard,
  calendar: loadInstalledCalendar(resourceDir),
}

/** A practice platform in a folder of its own. */
export interface Platform {
  readonly server: PracticeServer
  close(): Promise<void>
  ledger(): Effect[]
  control(path: string, body: unknown): Promise<unknown>
}

export async function startPlatform(options: Partial<PracticeOptions> = {}): Promise<Platform> {
  const dataDir = mkdtempSync(join(tmpdir(), 'xinbao-practice-'))
  const ledgerFile = join(dataDir, 'ledger.ndjson')
  const server = await startPractice({
    dataDir,
    ledgerFile,
    standardDir: resourceDir,
    clock: runningClock,
    settleDelayMs: 0,
    ...options,
  })
  let isClosed = false
  const close = async (): Promise<void> => {
    if (!isClosed) await server.close()
    isClosed = true
  }
  onTestFinished(async () => {
    await close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return {
    server,
    close,
    ledger: () =>
      readFileSync(ledgerFile, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Effect),
    async control(path, body) {
      const response = await fetch(`${server.origin}/practice${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
      return (await response.json()) as unknown
    },
  }
}

/** A folder with a new desk of the test bureau. */
export async function newDeskFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-desk-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  await initialiseDesk({
    dataDir: folder,
    storeKey: testKey,
    clock: runningClock,
    ids: uuidIds,
    bureau: { ...testBureau },
    clientId: null,
    deskPrivateKey: null,
    connection: null,
  })
  return folder
}

/** The exchange side of a desk over its real store; it is closed with the test. */
export function openDesk(folder: string, changes: Partial<ExchangeDeps> = {}): ExchangeDesk {
  const desk = openExchangeDesk(folder, basis, changes)
  onTestFinished(desk.close)
  return desk
}

export type Desk = ExchangeDesk

/** HTTP to a platform that says it takes only so many items in a part, so that few records make several parts. */
export function httpWithParts(maxPartItems: number): TransportFactory {
  return (connection) => {
    const real = createHttpTransport({ ...connection, clock: runningClock, sm, nonce: () => randomHex(16) })
    return {
      ...real,
      async capabilities(signal) {
        const reply = await real.capabilities(signal)
        if (reply.kind !== 'ok') return reply
        return { ...reply, value: { ...reply.value, limits: { ...reply.value.limits, maxPartItems } } }
      },
    }
  }
}

/** Enrols a desk with a platform; `url` differs where something stands between the two. */
export async function connect(desk: Desk, platform: Platform, url = platform.server.url): Promise<void> {
  await desk.connection.enrolPractice(platform.server)
  if (url === platform.server.url) return
  const { clientId, platformPublicKey } = platform.server
  await desk.connection.save({ platformUrl: url, clientId, platformPublicKey })
}

/** A platform and a desk that is enrolled with it. */
export async function startPair(options: Partial<PracticeOptions> = {}, changes: Partial<ExchangeDeps> = {}) {
  const platform = await startPlatform(options)
  const desk = openDesk(await newDeskFolder(), changes)
  await connect(desk, platform)
  return { platform, desk }
}

export const everything = { type: null, recordIds: null, label: null } as const
export const task: TaskHandle = silentTask

/** Record and revision of every business effect in the platform's ledger. */
export function effectKeys(platform: Platform): string[] {
  return platform.ledger().map((effect) => `${effect.recordId}/${effect.revision}`)
}

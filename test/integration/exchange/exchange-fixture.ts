import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { randomHex } from '@engine/crypto/random'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { createEventBus } from '@engine/event-bus'
import { createAuditRepo } from '@engine/repos/audit-repo'
import { createBatchRepo } from '@engine/repos/batch-repo'
import { storeFile } from '@engine/repos/data-folder'
import { createStore, openDatabase } from '@engine/repos/database'
import { createReceiptRepo } from '@engine/repos/receipt-repo'
import { createRecordLookup } from '@engine/repos/record-lookup'
import { createRecordRepo } from '@engine/repos/record-repo'
import type { RecordEntity } from '@engine/repos/repo-types'
import { createSettingRepo } from '@engine/repos/setting-repo'
import { createCheckingService } from '@engine/services/checking-service'
import { issueView } from '@engine/services/checking-issue-view'
import { createDeadlinesService } from '@engine/services/deadlines-service'
import { initialiseDesk } from '@engine/services/desk-initialiser'
import { createRevisionWriter } from '@engine/services/editing-revisions'
import { createEditingService } from '@engine/services/editing-service'
import { createExchange } from '@engine/services/submission-assembly'
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
import type { RecordRow } from '@shared/contract/views/record-views'
import type { Clock } from '@shared/kernel/clock'
import { testBureau } from '@test/fixtures/invented-subjects'
import { licencePayload } from '@test/integration/practice/invented-items'

export const resourceDir = resolve(import.meta.dirname, '../../../resources')
export const testKey = '0f'.repeat(32)

/** The day on which the invented licences are in time. */
export const runningClock: Clock = (() => {
  const shiftMs = Date.parse('2026-03-02T01:00:00.000Z') - performance.timeOrigin
  return { now: () => new Date(performance.timeOrigin + performance.now() + shiftMs).toISOString() }
})()

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

const row = (record: RecordEntity): RecordRow => ({
  recordId: record.recordId,
  revision: record.headRevision,
  type: record.recordType,
  docNo: record.docNo,
  subjectName: record.subjectName,
  subjectCode: record.subjectCode,
  legalDate: record.legalDate,
  clock: { state: 'on_time', dueOn: record.dueOn, days: 0, provisional: false },
  editorial: record.editorial,
  delivery: record.delivery,
  quality: record.quality,
  issues: record.openIssues,
  headline: record.headline,
  headlineCode: record.headlineCode,
  headlineField: record.headlineField,
  held: null,
  excluded: record.excludedBasis,
  updatedAt: record.updatedAt,
})

export type Desk = ReturnType<typeof openDesk>

/** The exchange side of a desk over its real store; `leave` abandons it as a kill would, `close` ends it in order. */
export function openDesk(folder: string, changes: Partial<ExchangeDeps> = {}) {
  const clock = changes.clock ?? runningClock
  const database = openDatabase({ file: storeFile(folder), key: testKey })
  const store = createStore(database)
  const standard = loadInstalledStandard(resourceDir)
  const bus = createEventBus()
  const actor = (): string => '经办员'
  const records = createRecordRepo(database, clock)
  const settings = createSettingRepo(database)
  const audit = createAuditRepo(database)
  const lookup = createRecordLookup(database)
  const deadlines = createDeadlinesService({ clock, calendar: loadInstalledCalendar(resourceDir) })
  const checking = createCheckingService({
    store,
    records,
    lookup,
    audit,
    clock,
    standard: () => standard,
    deadlines,
  })
  const writer = createRevisionWriter({
    records,
    clock,
    ids: uuidIds,
    standard: () => standard,
    deadlines,
    actor,
  })
  const editing = createEditingService({
    ...{ store, records, lookup, audit, checking, writer, deadlines, clock, bus, actor },
  })
  const exchange = createExchange({
    ...{ database, store, records, settings, audit, clock, bus, actor, sm },
    ids: uuidIds,
    log: { info: () => undefined, error: (event, error) => console.error(event, error) },
    standard: () => standard,
    recheck: (record) => checking.recheck(record),
    issueViews: (recordId, revision) => {
      const type = checking.type(records.find(recordId)?.recordType ?? '')
      return records.issues(recordId, revision).map((issue) => issueView(type, issue))
    },
    rowOf: row,
    pause: (_ms, signal) => sleep(5, undefined, { signal }).then(() => undefined),
    fraction: () => 0,
    ...changes,
  })
  const close = (): void => {
    exchange.connection.dispose()
    if (database.open) store.close()
  }
  onTestFinished(close)
  return {
    ...exchange,
    ...{ folder, database, store, records, settings, audit, editing, bus },
    batches: createBatchRepo(database),
    receipts: createReceiptRepo(database),
    close,
    /** Makes licences of the numbers; every one is ready to be sent. */
    addLicences(from: number, count: number): string[] {
      return Array.from({ length: count }, (_, index) =>
        editing.create('XZXK_FR', licencePayload(from + index)),
      )
    },
    delivery: (recordId: string) => records.find(recordId)?.delivery,
    deliveries(): Record<string, number> {
      const lines = database.prepare<[], { delivery: string; count: number }>(
        'SELECT delivery, count(*) AS count FROM record GROUP BY delivery',
      )
      return Object.fromEntries(lines.all().map((line) => [line.delivery, line.count]))
    },
  }
}

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

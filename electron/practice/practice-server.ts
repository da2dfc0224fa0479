import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import type { ScenarioName } from '@shared/domain/practice-scenario'
import { defaultSpelling } from '@shared/domain/signature-spelling'
import { businessDate } from '@shared/kernel/clock'
import { practiceNotices } from '@shared/texts/zh-CN/practice'
import { softwareSmProvider } from '@engine/crypto/software-sm-provider'
import { batchRoutes } from './http/batch-routes'
import { controlRoutes } from './http/control-routes'
import { exchangeRoutes } from './http/exchange-routes'
import { createProtocolApp } from './http/protocol-app'
import { createRequestGuard } from './http/request-guard'
import { readPlatformIdentity } from './platform-identity'
import type { PracticeOptions, PracticeServer } from './practice-options'
import { createBatchIntake } from './intake/batch-intake'
import { createPackageDesk } from './packages/package-desk'
import { installFaults } from './scenarios/fault-hooks'
import { scenarioProfiles } from './scenarios/scenario-profile'
import { watchFrontDb } from './rows/front-db-watch'
import type { FrontDbWatch } from './rows/front-db-watch'
import { createRowIntake } from './rows/row-intake'
import { soapRoutes } from './rows/soap-routes'
import { createFollowUps } from './settling/follow-ups'
import { createJudge } from './settling/judge'
import { openLedgerFile } from './settling/ledger-file'
import { platformReference } from './settling/series-numbers'
import { createPublishedStandards } from './settling/published-standards'
import { createSettler } from './settling/settler'
import { createStandardShelf } from './settling/standard-shelf'
import { loadShippedStandards, newestCalendarVersion } from './standard-folder'
import { createBatchRepo } from './store/batch-repo'
import { createDeskRepo } from './store/desk-repo'
import { createFeedRepo } from './store/feed-repo'
import { createItemRepo } from './store/item-repo'
import { createMetaRepo } from './store/meta-repo'
import { openPracticeDatabase } from './store/practice-database'
import { createRegisterRepo } from './store/register-repo'

const HOST = '127.0.0.1'
const BASE_PATH = '/api/v1'
const DEFAULT_SEED = 1
const DEFAULT_SETTLE_DELAY_MS = 200
const HOUR_MS = 3_600_000

/**
 * Starts a practice platform on the loopback interface, on new data or on those of an earlier run; batches that were
 * closed then are settled now. Throws when the port, the data folder or the ledger is in use or unreadable, or the
 * standards are invalid (`pack.invalid`).
 */
export async function startPractice(options: PracticeOptions): Promise<PracticeServer> {
  const { clock, seed = DEFAULT_SEED, settleDelayMs = DEFAULT_SETTLE_DELAY_MS } = options
  const { spelling = defaultSpelling } = options
  const onDefect = options.onDefect ?? ((error: unknown) => console.error(error))
  const provider = softwareSmProvider
  const shipped = loadShippedStandards(options.standardDir)
  const calendarVersion = newestCalendarVersion(options.standardDir)
  const ledgerFile = resolve(options.ledgerFile ?? join(options.dataDir, 'ledger.ndjson'))
  const db = openPracticeDatabase(options.dataDir)
  const ledger = openLedgerFile(ledgerFile)
  const today = (): string => businessDate(clock.now())

  let scenario: ScenarioName = options.scenario ?? 'clean'
  const profile = () => scenarioProfiles[scenario]

  const meta = createMetaRepo(db)
  const identity = readPlatformIdentity(meta, provider)
  const { platformId, key } = identity
  const published = createPublishedStandards({
    folder: join(options.dataDir, 'standards'),
    shipped,
    key,
  })
  const shelf = createStandardShelf(published.standards())
  const desks = createDeskRepo(db)
  const batches = createBatchRepo(db)
  const items = createItemRepo(db)
  const register = createRegisterRepo(db, ledger.lastSeq)
  const feed = createFeedRepo(db, platformId)
  const followUps = createFollowUps({
    register,
    feed,
    meta,
    platformId,
    seed,
    profile,
    typeOf: (item) => shelf.find(item.standard, item.recordType, today())?.type ?? null,
  })
  const judge = createJudge({
    register,
    shelf,
    seed,
    rejectedShare: () => profile().rejectedShare,
    newReference: () => platformReference(clock.now(), meta.nextNumber('reference')),
  })
  const settler = createSettler({
    db,
    batches,
    items,
    register,
    meta,
    followUps,
    judge,
    ledger,
    clock,
    ...{ key, spelling },
    settleDelayMs: () => settleDelayMs * profile().settleFactor,
    onDefect,
  })

  const announceOutage = (): void => {
    if (profile().outage === null) return
    const from = clock.now()
    const to = new Date(Date.parse(from) + HOUR_MS).toISOString()
    const body = {
      outageId: `O-${platformId}-${meta.nextNumber('outage')}`,
      from,
      to,
      extendsDeadlines: false,
    }
    feed.append(null, 'outage.announced', from, { ...body, text: practiceNotices.outageText })
  }

  const publishStandard = (from: string) => {
    const { issued, standard } = published.publishNext(from)
    const { id, version, sha256 } = issued
    shelf.add(standard)
    const url = `${BASE_PATH}/standards/${id}/${version}`
    feed.append(null, 'standard.published', clock.now(), { id, version, from, sha256, url })
    return { id, version, from, sha256 }
  }

  const standards = () => shelf.inForce(today())
  const intake = createBatchIntake({
    ...{ db, batches, items, clock },
    standardsTaken: standards,
    onClosed: () => settler.wake(),
  })
  const answerPackage = createPackageDesk({
    ...{ db, desks, intake, batches, items, feed, meta, clock, provider, platformId },
    ...{ key, spelling },
    settled: () => settler.settled(),
    packageText: (id, version) => published.packageText(id, version),
  })

  const rowIntake = createRowIntake({
    ...{ db, batches, items, shelf, clock },
    wake: () => settler.wake(),
    settled: () => settler.settled(),
  })

  const app = createProtocolApp(onDefect)
  const guard = createRequestGuard({ provider, spelling, desks, clock })
  await app.register(
    (api, _options, done) => {
      installFaults(api, seed, profile)
      batchRoutes(api, { guard, intake, batches, items })
      exchangeRoutes(api, {
        ...{ guard, items, feed, clock, platformId, standards, calendarVersion },
        packageText: (id, version) => published.packageText(id, version),
      })
      done()
    },
    { prefix: BASE_PATH },
  )
  await app.register((services, _options, done) => {
    installFaults(services, seed, profile)
    soapRoutes(services, { desks, items, register, intake: rowIntake })
    done()
  })
  controlRoutes(app, {
    db,
    desks,
    batches,
    register,
    feed,
    followUps,
    clock,
    platformPublicKey: key.publicKey,
    publishStandard,
    answerPackage,
    ledgerFile,
    seed,
    scenario: {
      get: () => scenario,
      set: (name) => {
        scenario = name
        announceOutage()
      },
    },
  })

  let watch: FrontDbWatch | null = null
  const close = async (): Promise<void> => {
    await app.close()
    await watch?.stop()
    await settler.stop()
    ledger.close()
    db.close()
  }
  try {
    await app.listen({ host: HOST, port: options.port ?? 0 })
    if (options.frontDb !== undefined) {
      const types = () => [...(published.standards()[0]?.types.values() ?? [])]
      watch = await watchFrontDb(options.frontDb, { types, desks, register, onDefect, intake: rowIntake })
    }
  } catch (error) {
    await close()
    throw error
  }
  announceOutage()
  settler.wake()
  const { port } = app.server.address() as AddressInfo
  const origin = `http://${HOST}:${port}`
  return {
    url: `${origin}${BASE_PATH}`,
    origin,
    clientId: identity.clientId,
    platformPublicKey: key.publicKey,
    answerPackage,
    close,
  }
}

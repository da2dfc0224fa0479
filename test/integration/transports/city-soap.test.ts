/** A city platform's upload service: hostile and unclear answers, look-ups, corrections. */
import { defaultSpelling } from '@shared/domain/signature-spelling'
import { cpSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { SettingsOf } from '@shared/contract/transport-settings'
import { storeFile } from '@engine/repos/data-folder'
import { silentTask } from '@engine/services/tasks-service'
import { testBureau } from '@test/fixtures/invented-subjects'
import { startChaosProxy } from '@test/integration/exchange/chaos-proxy'
import type { Fate, SeenRequest } from '@test/integration/exchange/chaos-proxy'
import {
  connect,
  everything,
  newDeskFolder,
  openDesk,
  startPlatform,
} from '@test/integration/exchange/exchange-fixture'
import { licencePayload } from '@test/integration/practice/invented-items'

type LookUp = SettingsOf<'city-soap'>['lookUp']

async function startSoap(lookUp: LookUp = 'none', options: Parameters<typeof startPlatform>[0] = {}) {
  const platform = await startPlatform(options)
  const proxy = await startChaosProxy(platform.server.url)
  const patience = { attempts: 1, settleWithinMs: 60_000, longestPauseMs: 0 }
  const desk = openDesk(await newDeskFolder(), { patience })
  await connect(desk, platform)
  const settings: SettingsOf<'city-soap'> = {
    kind: 'city-soap',
    serviceUrl: new URL(proxy.url).origin,
    departmentCode: testBureau.code,
    tableVersionId: '1',
    uploadOperation: 'uploadData',
    lookUp,
    lookUpOperation: lookUp === 'doubtful' ? 'queryDoubtfulData' : 'queryData',
    namespace: 'http://service.upload.credit/',
    tableCodes: {},
    absentSeconds: 0,
    allowsPlain: false,
  }
  await desk.connection.choose(settings)
  const once = (name: string, fate: Fate): void => {
    let isOver = false
    proxy.decide(({ body }) => {
      const isIt = !isOver && body.includes(name)
      isOver ||= isIt
      return isIt ? fate : 'pass'
    })
  }
  const submit = () => desk.submission.submit(everything, silentTask)
  const resume = () => desk.submission.resume(silentTask)
  return { platform, proxy, desk, settings, once, submit, resume }
}

const envelope = (inside: string): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><r>${inside}</r></s:Body></s:Envelope>`
const leaves = (members: Readonly<Record<string, string | number>>): string =>
  envelope(
    Object.entries(members)
      .map(([name, value]) => `<${name}>${value}</${name}>`)
      .join(''),
  )
const saying = (body: string, status = 200): Fate => ({
  answer: { status, headers: { 'content-type': 'text/xml; charset=utf-8' }, body },
})
const uploads = (seen: readonly SeenRequest[]): number =>
  seen.filter(({ body }) => body.includes('uploadData>')).length

describe('answers that say nothing clear', () => {
  test.each([
    ['counts that do not add up', leaves({ errorCode: 200, totalSize: 3, successSize: 2, failSize: 0 })],
    ['more rows than were sent', leaves({ errorCode: 200, totalSize: 4, successSize: 4, failSize: 0 })],
    ['no counts', leaves({ errorCode: 200, errorMsg: 'ok' })],
    ['counts below nothing', leaves({ errorCode: 200, totalSize: 3, successSize: 4, failSize: -1 })],
    ['some failed, nobody says which', leaves({ errorCode: 200, totalSize: 3, successSize: 2, failSize: 1 })],
    ['its own fault', leaves({ errorCode: 500, errorMsg: 'oops' })],
    ['a code of no list', leaves({ errorCode: 777 })],
    ['a member twice', leaves({ errorCode: 200 }).replace('</r>', '<errorCode>500</errorCode></r>')],
    ['JSON that is none', envelope('<return>{"errorCode":</return>')],
    ['HTML', '<html><body>login</body></html>'],
    ['a document type with entities', `<!DOCTYPE x [<!ENTITY a "200">]>${leaves({ errorCode: '&a;' })}`],
    ['an entity of nobody', leaves({ errorCode: '&a;' })],
    ['a cut envelope', leaves({ errorCode: 200, totalSize: 3, successSize: 3, failSize: 0 }).slice(0, -12)],
    ['deep nesting', envelope(`${'<a>'.repeat(200)}${'</a>'.repeat(200)}`)],
    ['nothing', ''],
  ])('%s: every row stays unknown and nothing goes twice', async (_name, body) => {
    const { desk, proxy, once, submit, resume } = await startSoap()
    desk.addLicences(1, 3)
    once('uploadData>', saying(body))
    const run = await submit()
    expect(desk.deliveries()).toEqual({ unknown: 3 })
    expect(run.batches).toMatchObject([{ state: 'unknown', counts: { unknown: 3, accepted: 0 } }])
    await resume()
    expect(desk.deliveries()).toEqual({ unknown: 3 })
    expect(uploads(proxy.seen)).toBe(1)
    expect(desk.batches.open(true)[0]).toMatchObject({ state: 'unknown' })
    expect(desk.batchViews.open()[0]).toMatchObject({ lastFailure: 'batch.person-needed' })
    const undecided = desk.decisions.undecided(run.batches[0]!.batchId)
    expect(undecided).toMatchObject({ kind: 'rows', total: 3 })
    expect(undecided.records.every(({ docNo, subjectName }) => docNo !== '' && subjectName !== '')).toBe(true)
  })

  test('an answer that never ends is cut off at the cap', async () => {
    const { desk, once, submit } = await startSoap()
    desk.addLicences(1, 1)
    once('uploadData>', saying(envelope(`<tips>${'x'.repeat(11 * 1024 * 1024)}</tips>`)))
    await submit()
    expect(desk.deliveries()).toEqual({ unknown: 1 })
  })
})

describe('refusals of the whole call', () => {
  test.each([
    ['4002', 'platform.auth-refused', 'sending'],
    ['3002', 'platform.refused', 'sending'],
    ['6002', 'platform.refused', 'sending'],
  ])(
    '%s: nothing was taken, so the same rows go again once it is put right',
    async (code, failure, delivery) => {
      const { desk, once, submit, resume, platform } = await startSoap()
      desk.addLicences(1, 2)
      once('uploadData>', saying(leaves({ errorCode: code, errorMsg: '&lt;script&gt;' })))
      const run = await submit()
      expect(run.batches).toMatchObject([{ lastFailure: failure }])
      expect(desk.deliveries()).toEqual({ [delivery]: 2 })
      await resume()
      expect(desk.deliveries()).toEqual({ accepted: 2 })
      expect(platform.ledger()).toHaveLength(2)
    },
  )
})

test('the platform’s words are text: markup in them reaches the record as it was written', async () => {
  const { desk, once, submit } = await startSoap()
  const [id] = desk.addLicences(1, 1)
  const tips = '第1行 <img src=x onerror=alert(1)> ]]> & 相对人不存在'
  once(
    'uploadData>',
    saying(
      leaves({
        errorCode: 200,
        totalSize: 1,
        successSize: 0,
        failSize: 1,
        tips: tips.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
      }),
    ),
  )
  await submit()
  expect(desk.delivery(id!)).toBe('rejected')
  const [issue] = desk.records.issues(id!, 1).filter(({ source }) => source === 'platform')
  expect(issue).toMatchObject({ code: 'platform.unexplained', params: { serverText: tips } })
})

test('values with every special character arrive as they are', async () => {
  const { desk, submit, platform } = await startSoap()
  const content = '准予从事<食品>&"酒类"]]>经营 é'
  desk.editing.create('XZXK_FR', { ...licencePayload(1), XK_NR: content })
  await submit()
  expect(desk.deliveries()).toEqual({ accepted: 1 })
  const [sent] = desk.batches.items(desk.batches.page(null, 1)[0]!.batchId, 0, 1)
  expect(platform.ledger().map(({ sha256 }) => sha256)).toEqual([sent!.sha256])
})

test('no receipt is made of an unsigned answer: the desk keeps a statement that says what was said', async () => {
  const { desk, submit } = await startSoap()
  desk.addLicences(1, 2)
  const { batches } = await submit()
  expect(batches).toMatchObject([{ state: 'settled', receiptVerified: false, carrier: 'city-soap' }])
  const [kept] = desk.receipts.ofBatch(batches[0]!.batchId)
  expect(kept).toMatchObject({ kind: 'statement', verified: false, problem: null })
  const said = JSON.parse(Buffer.from(kept!.raw).toString('utf8')) as { evidence: { kind: string }[] }
  expect(said.evidence.map(({ kind }) => kind)).toEqual(['send'])
})

test('the list of doubtful rows tells the wrong ones from the right ones', async () => {
  const { desk, submit, platform } = await startSoap('doubtful', { scenario: 'strict', seed: 3 })
  desk.addLicences(1, 60)
  await submit()
  const { accepted = 0, rejected = 0, ...others } = desk.deliveries()
  expect(others).toEqual({})
  expect(accepted).toBe(platform.ledger().length)
  expect(accepted + rejected).toBe(60)
})

test('a list of doubtful rows proves no absence: a lost reply waits for a person', async () => {
  const { desk, once, submit, resume, proxy } = await startSoap('doubtful')
  desk.addLicences(1, 2)
  once('uploadData>', 'drop-reply')
  await submit()
  await resume()
  expect(desk.deliveries()).toEqual({ unknown: 2 })
  expect(uploads(proxy.seen)).toBe(1)
})

test('a correction whose reply was lost is known by its content, not by its name', async () => {
  const { desk, once, submit, resume, platform, proxy } = await startSoap('all')
  const [id] = desk.addLicences(1, 1)
  await submit()
  desk.editing.changeOperation({
    recordId: id!,
    op: 'correct',
    changes: { XK_NR: '准予从事餐饮经营' },
    reason: '笔误',
  })
  // The correction never reaches the platform, which still shows the first revision under the same name.
  once('uploadData>', 'reset-before')
  await submit()
  expect(desk.delivery(id!)).not.toBe('accepted')
  await resume()
  expect(desk.delivery(id!)).toBe('accepted')
  expect(platform.ledger().map(({ op }) => op)).toEqual(['create', 'correct'])
  expect(uploads(proxy.seen)).toBe(3)
})

test('a row that is not shown yet is not sent again at once', async () => {
  const { desk, once, submit, resume, settings, proxy } = await startSoap('all')
  await desk.connection.choose({ ...settings, absentSeconds: 3_600 })
  desk.addLicences(1, 1)
  once('uploadData>', 'reset-before')
  await submit()
  await resume()
  await resume()
  expect(desk.deliveries()).toEqual({ unknown: 1 })
  expect(uploads(proxy.seen)).toBe(1)
})

test('a platform without a feed has nothing to pull, and that is no fault of the link', async () => {
  const { desk } = await startSoap()
  expect(await desk.feedback.pull(silentTask)).toMatchObject({ events: 0 })
  expect(desk.connection.link()).toMatchObject({ state: 'ok' })
})

describe('an older copy of the store put back by hand', () => {
  test.each([
    ['all', { accepted: 2 }, 0],
    ['none', { unknown: 2 }, 1],
  ] as const)('sends no row again that may have left; look-up %s', async (lookUp, expected, undecided) => {
    const { desk, proxy } = await startSoap(lookUp)
    desk.addLicences(1, 2)
    desk.close()
    const copy = `${desk.folder}/copy.db`
    cpSync(storeFile(desk.folder), copy)
    const worked = openDesk(desk.folder)
    await worked.submission.submit(everything, silentTask)
    expect(uploads(proxy.seen)).toBe(1)
    worked.close()
    cpSync(copy, storeFile(desk.folder))
    const patience = { attempts: 1, settleWithinMs: 60_000, longestPauseMs: 0 }
    const old = openDesk(desk.folder, { patience })
    expect(old.setBack.open()).toMatchObject({ cause: 'older-store' })
    for (let turn = 0; turn < 3; turn++) {
      await old.submission.submit(everything, silentTask)
      await old.submission.resume(silentTask)
    }
    expect(uploads(proxy.seen)).toBe(1)
    expect(old.deliveries()).toEqual(expected)
    expect(
      old.batchViews.open().filter(({ lastFailure }) => lastFailure === 'batch.person-needed'),
    ).toHaveLength(undecided)
  })
})

test('packages are for exchange platforms only', async () => {
  const { desk } = await startSoap()
  desk.addLicences(1, 1)
  const written = desk.packages.write(everything, `${desk.folder}/out.zip`)
  await expect(written).rejects.toMatchObject({ failure: { code: 'connection.invalid' } })
  expect(desk.deliveries()).toEqual({ none: 1 })
})

test('a stopped batch is given back while nothing of it has left, not once something may have', async () => {
  const { desk, proxy, submit } = await startSoap()
  desk.addLicences(1, 2)
  proxy.decide(({ body }) =>
    body.includes('uploadData>') ? saying(leaves({ errorCode: '3002', errorMsg: 'x' })) : 'pass',
  )
  const { batches } = await submit()
  expect(batches).toMatchObject([{ state: 'stopped' }])
  const { batchId } = batches[0]!
  desk.database
    .prepare("UPDATE row_delivery SET state = 'doubt' WHERE batch_id = ? AND item_no = 2")
    .run(batchId)
  await expect(desk.release.release(batchId)).rejects.toMatchObject({
    failure: { code: expect.stringMatching(/^batch\.(maybe-received|person-needed)$/) as unknown },
  })
  desk.database.prepare("UPDATE row_delivery SET state = 'fresh' WHERE batch_id = ?").run(batchId)
  expect(await desk.release.release(batchId)).toEqual({ released: 2 })
  expect(desk.deliveries()).toEqual({ none: 2 })
})

test('what this way cannot ask for stays at the desk and says so', async () => {
  const { platform, desk, submit } = await startSoap()
  const [id] = desk.addLicences(1, 1)
  await submit()
  desk.editing.changeOperation({ recordId: id!, op: 'withdraw', changes: {}, reason: '撤销' })
  const [other] = desk.addLicences(2, 1)
  const forecast = desk.forecast.forecast(null)
  expect(forecast).toMatchObject({
    sendable: 1,
    byType: [{ type: 'XZXK_FR', count: 1 }],
    inTime: 1,
    late: 0,
    notSent: [{ recordId: id, reason: 'not-this-way' }],
  })
  expect(forecast.notSent[0]!.message).toContain('不能撤回')
  const run = await submit()
  expect(run).toMatchObject({
    batches: [{ items: 1 }],
    notSent: [{ recordId: id, reason: 'not-this-way', message: forecast.notSent[0]!.message }],
  })
  expect(desk.delivery(other!)).toBe('accepted')
  // By a way that can, it goes.
  const { url: platformUrl, clientId, platformPublicKey } = platform.server
  await desk.connection.choose({
    kind: 'http',
    ...{ platformUrl, clientId, platformPublicKey },
    spelling: defaultSpelling,
  })
  expect(desk.forecast.forecast(null)).toMatchObject({ sendable: 1, notSent: [] })
})

test('a batch in doubt keeps the desk from another platform, not from a corrected setting', async () => {
  const { desk, once, submit, settings, resume } = await startSoap()
  desk.addLicences(1, 1)
  once('uploadData>', 'drop-reply')
  await submit()
  const elsewhere = desk.connection.choose({ ...settings, serviceUrl: 'https://other.example' })
  await expect(elsewhere).rejects.toMatchObject({ failure: { code: 'connection.batches-open' } })
  expect(await desk.connection.choose({ ...settings, lookUp: 'all' })).toMatchObject({ ok: true })
  await resume()
  expect(desk.deliveries()).toEqual({ accepted: 1 })
})

test.each(['http://city.example', 'ftp://city.example', 'https://user:pw@city.example', 'nonsense'])(
  'the address %s is not stored',
  async (serviceUrl) => {
    const { desk, settings } = await startSoap()
    await expect(desk.connection.choose({ ...settings, serviceUrl })).rejects.toMatchObject({
      failure: { code: 'connection.invalid' },
    })
    expect(desk.connection.view().transport).toMatchObject({ serviceUrl: settings.serviceUrl })
  },
)

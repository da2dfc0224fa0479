import { sm2 } from 'sm-crypto-v2'
import { describe, expect, test } from 'vitest'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { itemsSha256 } from '@engine/crypto/items-digest'
import { signReceipt } from '@engine/crypto/receipt-signature'
import type { SignedReceipt } from '@shared/domain/exchange'
import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import { revisionTexts } from '@shared/standard/revision-texts'
import { licencePayload } from '@test/integration/practice/invented-items'
import { startChaosProxy } from './chaos-proxy'
import { connect, everything, newDeskFolder, openDesk, startPlatform, task } from './exchange-fixture'

async function startAltering() {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder())
  await connect(desk, platform, proxy.url)
  desk.addLicences(1, 3)
  return { platform, proxy, desk }
}

type Altered = (signed: SignedReceipt) => unknown

const other = sm.generateKeyPair()
/** DER of r = 0, s = 0. */
const ZEROS = Buffer.from('3006020100020100', 'hex').toString('base64')
const withByteBehind = (signature: string): string =>
  Buffer.concat([Buffer.from(signature, 'base64'), Buffer.from([0])]).toString('base64')
const asOtherUser = (receipt: SignedReceipt['receipt']): string => {
  const text = Buffer.from(canonicalJson(receipt as unknown as Json))
  const options = { der: true, hash: true, userId: 'somebody-else' }
  return Buffer.from(sm2.doSignature(text, other.privateKey, options), 'hex').toString('base64')
}
const altered: readonly (readonly [string, string, Altered])[] = [
  [
    'a count',
    'signature',
    (s) => ({ ...s, receipt: { ...s.receipt, counts: { ...s.receipt.counts, accepted: 2 } } }),
  ],
  [
    'the batch',
    'signature',
    (s) => ({ ...s, receipt: { ...s.receipt, batchId: '01900000-0000-7000-8000-000000000000' } }),
  ],
  [
    'the arrival',
    'signature',
    (s) => ({ ...s, receipt: { ...s.receipt, receivedAt: '2020-01-01T00:00:00.000Z' } }),
  ],
  ['an added member', 'signature', (s) => ({ ...s, receipt: { ...s.receipt, extra: 1 } })],
  [
    'a missing member',
    'malformed',
    ({ receipt: { receiptNo: _no, ...rest }, signature }) => ({ receipt: rest, signature }),
  ],
  ['no signature', 'malformed', ({ receipt }) => ({ receipt })],
  ['an empty signature', 'signature', (s) => ({ ...s, signature: '' })],
  ['a truncated signature', 'signature', (s) => ({ ...s, signature: s.signature.slice(0, -8) })],
  ['a signature by another key', 'signature', (s) => signReceipt(softwareKey(other.privateKey), s.receipt)],
  ['a signature of zeros', 'signature', (s) => ({ ...s, signature: ZEROS })],
  [
    'a signature with bytes behind it',
    'signature',
    (s) => ({ ...s, signature: withByteBehind(s.signature) }),
  ],
  ['a receipt that is a list', 'malformed', (s) => ({ receipt: [s.receipt], signature: s.signature })],
  [
    'a number as receipt number (R9)',
    'malformed',
    (s) => ({ ...s, receipt: { ...s.receipt, receiptNo: 12 } }),
  ],
]

describe('an altered receipt is quarantined and nothing of it is believed', () => {
  test.each(altered)('R12 %s (%s)', async (_title, problem, alter) => {
    const { proxy, desk } = await startAltering()
    proxy.decide(({ path }) =>
      path.endsWith('/receipt')
        ? { replace: (body: Buffer) => JSON.stringify(alter(JSON.parse(body.toString()) as SignedReceipt)) }
        : 'pass',
    )
    const run = await desk.submission.submit(everything, task)
    expect(run.failure).toMatchObject({ code: 'platform.receipt-invalid', params: { detail: problem } })
    const { batchId } = run.batches[0]!
    expect(run.batches).toMatchObject([
      { state: 'unknown', receiptVerified: false, receiptNo: null, counts: { unknown: 3 } },
    ])
    expect(desk.deliveries()).toEqual({ unknown: 3 })
    expect(desk.database.prepare('SELECT verified, problem FROM receipt').all()).toEqual([
      { verified: 0, problem },
    ])
    expect(desk.batchViews.detail(batchId).history.map((entry) => entry.act)).toContain('receipt.quarantined')
    // The genuine one settles the batch; the refused one stays on record.
    proxy.decide(() => 'pass')
    expect((await desk.submission.resume(task)).batches).toMatchObject([
      { state: 'settled', receiptVerified: true },
    ])
    expect(desk.database.prepare('SELECT count(*) FROM receipt').pluck().get()).toBe(2)
  })
})

test('an outcome changed on the way does not fit the receipt', async () => {
  const { proxy, desk } = await startAltering()
  proxy.decide(({ path }) =>
    path.includes('/items')
      ? { replace: (body: Buffer) => body.toString().replace('"outcome":"accepted"', '"outcome":"rejected"') }
      : 'pass',
  )
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'platform.receipt-invalid', params: { detail: 'items' } })
  expect(desk.deliveries()).toEqual({ unknown: 3 })
  proxy.decide(() => 'pass')
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ counts: { accepted: 3 } }])
})

test('the genuine receipt of another batch is refused', async () => {
  const { proxy, desk } = await startAltering()
  let genuine = ''
  proxy.decide(({ path }) =>
    path.endsWith('/receipt') ? { replace: (body: Buffer) => (genuine = body.toString()) } : 'pass',
  )
  await desk.submission.submit(everything, task)
  desk.addLicences(50, 2)
  proxy.decide(({ path }) => (path.endsWith('/receipt') ? { replace: () => genuine } : 'pass'))
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'platform.receipt-invalid', params: { detail: 'other-batch' } })
})

test('R12 with the wrong platform key no receipt is believed', async () => {
  const { platform, proxy, desk } = await startAltering()
  await desk.connection.save({
    platformUrl: proxy.url,
    clientId: platform.server.clientId,
    platformPublicKey: other.publicKey,
  })
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'platform.receipt-invalid', params: { detail: 'signature' } })
  expect(desk.deliveries()).toEqual({ unknown: 3 })
  const { clientId, platformPublicKey } = platform.server
  await desk.connection.save({ platformUrl: proxy.url, clientId, platformPublicKey })
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
})

type Receipt = SignedReceipt['receipt']
const lies: readonly (readonly [string, (receipt: Receipt) => Receipt])[] = [
  ['manifest', (receipt) => ({ ...receipt, manifestSha256: 'ab'.repeat(32) })],
  ['other-bureau', (receipt) => ({ ...receipt, bureau: '11360300000000000X' })],
  ['counts', (receipt) => ({ ...receipt, counts: { ...receipt.counts, accepted: 2, rejected: 1 } })],
  ['items', (receipt) => ({ ...receipt, itemsSha256: 'ab'.repeat(32) })],
]

test.each(lies)('a genuine signature does not make a wrong %s right', async (problem, lie) => {
  const { platform, proxy, desk } = await startAltering()
  const { clientId } = platform.server
  await desk.connection.save({ platformUrl: proxy.url, clientId, platformPublicKey: other.publicKey })
  proxy.decide(({ path }) => {
    if (!path.endsWith('/receipt')) return 'pass'
    const sign = (body: Buffer): string => {
      const { receipt } = JSON.parse(body.toString()) as SignedReceipt
      return JSON.stringify(signReceipt(softwareKey(other.privateKey), lie(receipt)))
    }
    return { replace: sign }
  })
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'platform.receipt-invalid', params: { detail: problem } })
  expect(desk.deliveries()).toEqual({ unknown: 3 })
})

test('R12 a signature by the right key under another user id is refused', async () => {
  const { platform, proxy, desk } = await startAltering()
  const { clientId } = platform.server
  await desk.connection.save({ platformUrl: proxy.url, clientId, platformPublicKey: other.publicKey })
  const sign = (body: Buffer): string => {
    const { receipt } = JSON.parse(body.toString()) as SignedReceipt
    return JSON.stringify({ receipt, signature: asOtherUser(receipt) })
  }
  proxy.decide(({ path }) => (path.endsWith('/receipt') ? { replace: sign } : 'pass'))
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'platform.receipt-invalid', params: { detail: 'signature' } })
})

test('R10 an accepted item that names an error contradicts itself, whatever the signature says', async () => {
  const { platform, proxy, desk } = await startAltering()
  const { clientId } = platform.server
  await desk.connection.save({ platformUrl: proxy.url, clientId, platformPublicKey: other.publicKey })
  const error = { code: '1001', field: null, value: null, message: '', severity: 'error' }
  let lines: readonly string[] = []
  proxy.decide(({ path }) => {
    if (path.includes('/items')) {
      const replace = (body: Buffer): string => {
        const page = JSON.parse(body.toString()) as { items: Record<string, Json>[] }
        const items = page.items.map((item) => ({ ...item, errors: [error] }))
        lines = items.map((item) => canonicalJson(item as Json))
        return JSON.stringify({ ...page, items })
      }
      return { replace }
    }
    if (!path.endsWith('/receipt')) return 'pass'
    const sign = (body: Buffer): string => {
      const { receipt } = JSON.parse(body.toString()) as SignedReceipt
      return JSON.stringify(
        signReceipt(softwareKey(other.privateKey), { ...receipt, itemsSha256: itemsSha256(lines) }),
      )
    }
    return { replace: sign }
  })
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'platform.receipt-invalid', params: { detail: 'outcomes' } })
  expect(desk.deliveries()).toEqual({ unknown: 3 })
})

test('numbers that a double cannot hold count for digest and signature as they were written', async () => {
  const { platform, proxy, desk } = await startAltering()
  const { clientId } = platform.server
  await desk.connection.save({ platformUrl: proxy.url, clientId, platformPublicKey: other.publicKey })
  // A reference that is a number stays text for the desk; `serial` nobody reads.
  const numbered = (value: object): string =>
    canonicalJson({ ...value, serial: 'N' })
      .replace('"serial":"N"', '"serial":1234567890123456789')
      .replace(/"platformRef":"[^"]*?(\d+)"/, '"platformRef":9007199254740$1')
  let lines: readonly string[] = []
  proxy.decide(({ path }) => {
    if (path.includes('/items')) {
      const replace = (body: Buffer): string => {
        lines = (JSON.parse(body.toString()) as { items: object[] }).items.map(numbered)
        return `{"items":[${lines.join(',')}],"next":null}`
      }
      return { replace }
    }
    if (!path.endsWith('/receipt')) return 'pass'
    const sign = (body: Buffer): string => {
      const { receipt } = JSON.parse(body.toString()) as SignedReceipt
      const text = numbered({ ...receipt, itemsSha256: itemsSha256(lines) })
      const options = { der: true, hash: true, userId: '1234567812345678' }
      const hex = sm2.doSignature(Buffer.from(text), other.privateKey, options)
      return `{"receipt":${text},"signature":"${Buffer.from(hex, 'hex').toString('base64')}"}`
    }
    return { replace: sign }
  })
  expect((await desk.submission.submit(everything, task)).batches).toMatchObject([
    { state: 'settled', receiptVerified: true, counts: { accepted: 3 } },
  ])
  const references = desk.database.prepare('SELECT platform_ref FROM record').pluck().all()
  for (const reference of references) expect(reference).toMatch(/^9007199254740\d+$/)
})

test.each(['accepted', 'duplicate'] as const)(
  'a verdict (%s) goes to the revision that was sent, never to a newer head',
  async (delivery) => {
    const { platform, proxy, desk } = await startAltering()
    if (delivery === 'duplicate') {
      const first = openDesk(await newDeskFolder())
      await connect(first, platform)
      first.editing.create('XZXK_FR', { ...licencePayload(1), XK_NR: '准予从事餐饮服务' })
      await first.submission.submit(everything, task)
      await connect(desk, platform, proxy.url)
    }
    const recordId = desk.database
      .prepare('SELECT record_id FROM record ORDER BY doc_no LIMIT 1')
      .pluck()
      .get() as string
    proxy.decide(({ path }) => {
      // Behind the back of every rule: the head moves while the batch is on its way.
      if (path.endsWith('/receipt') && desk.records.find(recordId)?.headRevision === 1) {
        desk.store.write(() => {
          const first = desk.records.revision(recordId, 1)!
          desk.records.insertRevision({
            ...first,
            content: revisionTexts(first.raw, first),
            revision: 2,
            delivery: 'none',
          })
          desk.records.update(recordId, { headRevision: 2, delivery: 'none', editorial: 'checked' })
        })
      }
      return 'pass'
    })
    await desk.submission.submit(everything, task)
    expect(desk.records.revision(recordId, 1)?.delivery).toBe(delivery)
    expect(desk.records.find(recordId)).toMatchObject({
      headRevision: 2,
      delivery: 'none',
      editorial: 'checked',
      headline: null,
    })
  },
)

test('verdicts are applied all or none', async () => {
  const { desk } = await startAltering()
  desk.database.exec(`CREATE TRIGGER accident BEFORE UPDATE OF outcome ON batch_item WHEN NEW.item_no = 2
    BEGIN SELECT RAISE(ABORT, 'accident'); END`)
  await expect(desk.submission.submit(everything, task)).rejects.toThrow('accident')
  expect(desk.deliveries()).toEqual({ processing: 3 })
  expect(desk.database.prepare("SELECT count(*) FROM audit WHERE act = 'item.accepted'").pluck().get()).toBe(
    0,
  )
  desk.database.exec('DROP TRIGGER accident')
  expect((await desk.submission.resume(task)).batches).toMatchObject([
    { state: 'settled', counts: { accepted: 3 } },
  ])
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { itemLine, itemsSha256 } from '@engine/crypto/items-digest'
import { verifyReceipt } from '@engine/crypto/receipt-signature'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import type { SignedReceipt } from '@shared/domain/exchange'
import { testBureau } from '@test/fixtures/invented-subjects'
import { licenceItem } from './invented-items'
import { startHarness } from './practice-harness'
import type { PracticeHarness } from './practice-harness'
import { changedManifest, codeOf, detailsOf, sealBatch } from './signed-client'

let harness: PracticeHarness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(async () => {
  expect(harness.defects).toEqual([])
  await harness.end()
})

describe('a batch', () => {
  it('goes from open to a receipt that verifies', async () => {
    const { client, desk, clock } = harness
    const batchId = uuidv7()
    const items = Array.from({ length: 7 }, (_, index) => licenceItem(100 + index, index + 1))
    const { manifest, parts } = sealBatch(desk, batchId, items, 3)

    const opened = await client.open(manifest)
    expect(opened.status).toBe(201)
    expect(opened.json).toEqual({ state: 'open', receivedAt: clock.now(), missingParts: [1, 2, 3] })
    const receivedAt = clock.now()
    clock.forward(60)

    expect((await client.part(batchId, 2, parts[1]!)).status).toBe(204)
    expect(await client.state(batchId)).toEqual({
      state: 'open',
      receivedAt,
      counts: { accepted: 0, warned: 0, rejected: 0, duplicate: 0, pending: 3 },
      missingParts: [1, 3],
    })
    const early = await client.close(batchId)
    expect(early.status).toBe(409)
    expect(codeOf(early)).toBe('parts_missing')
    expect(detailsOf(early)).toEqual({ missingParts: [1, 3] })

    await client.part(batchId, 1, parts[0]!)
    await client.part(batchId, 3, parts[2]!)
    const closed = await client.close(batchId)
    expect([closed.status, closed.json]).toEqual([202, { state: 'processing' }])

    const done = await client.settled(batchId)
    expect(done).toEqual({
      state: 'done',
      receivedAt,
      counts: { accepted: 7, warned: 0, rejected: 0, duplicate: 0, pending: 0 },
      missingParts: [],
    })
    const outcomes = await client.items(batchId)
    expect(outcomes.map((item) => item.itemNo)).toEqual([1, 2, 3, 4, 5, 6, 7])
    for (const [index, outcome] of outcomes.entries()) {
      expect(outcome).toEqual({
        itemNo: index + 1,
        recordId: items[index]!.recordId,
        revision: 1,
        outcome: 'accepted',
        platformRef: expect.stringMatching(/^PX-20260302-\d{7}$/) as string,
        errors: [],
        duplicateOf: null,
      })
    }

    const answer = await client.get(`/batches/${batchId}/receipt`)
    const signed = JSON.parse(answer.text) as SignedReceipt
    expect(signed.receipt).toEqual({
      receiptNo: expect.stringMatching(/^R20260302-\d{6}$/) as string,
      batchId,
      bureau: testBureau.code,
      manifestSha256: manifest.manifestSha256,
      receivedAt,
      settledAt: clock.now(),
      counts: done.counts,
      itemsSha256: itemsSha256(outcomes.map(itemLine)),
    })
    expect(verifyReceipt(sm, signed, harness.server().platformPublicKey)).toBe(true)
    expect((await client.get(`/batches/${batchId}/receipt`)).text).toBe(answer.text)
  })

  it('answers every repeated step as it did before', async () => {
    const { client, desk, clock } = harness
    const batchId = uuidv7()
    const { manifest, parts } = sealBatch(desk, batchId, [licenceItem(120, 1), licenceItem(121, 2)], 1)
    const first = await client.open(manifest)
    clock.forward(5)
    const again = await client.open(manifest)
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.json).toEqual(first.json)
    for (const no of [1, 1, 2, 2]) expect((await client.part(batchId, no, parts[no - 1]!)).status).toBe(204)
    await client.close(batchId)
    await client.settled(batchId)
    const late = await client.close(batchId)
    expect([late.status, late.json]).toEqual([202, { state: 'done' }])
    expect((await client.part(batchId, 1, parts[0]!)).status).toBe(204)
    expect((await client.open(manifest)).json).toMatchObject({ state: 'done', missingParts: [] })
    expect(harness.ledger().filter((line) => line.batchId === batchId)).toHaveLength(2)
  })

  it('refuses another manifest under the same id', async () => {
    const { client, desk } = harness
    const batchId = uuidv7()
    const { manifest } = sealBatch(desk, batchId, [licenceItem(130)])
    await client.open(manifest)
    const part = { ...manifest.parts[0]!, bytes: manifest.parts[0]!.bytes + 1 }
    const conflict = await client.open(changedManifest(manifest, { parts: [part] }))
    expect([conflict.status, codeOf(conflict)]).toEqual([409, 'manifest_conflict'])
  })

  it('refuses a part whose bytes are not those of the manifest', async () => {
    const { client, desk } = harness
    const batchId = uuidv7()
    const { manifest, parts } = sealBatch(desk, batchId, [licenceItem(140, 1), licenceItem(141, 2)], 1)
    await client.open(manifest)
    const altered = Buffer.from(parts[0]!)
    altered[altered.length - 1]! ^= 1
    for (const bytes of [
      altered,
      parts[1]!,
      parts[0]!.subarray(1),
      Buffer.concat([parts[0]!, Buffer.from('x')]),
    ]) {
      const answer = await client.part(batchId, 1, bytes)
      expect([answer.status, codeOf(answer)]).toEqual([422, 'part_mismatch'])
    }
    expect(await client.state(batchId)).toMatchObject({ state: 'open', missingParts: [1, 2] })
  })

  it('is unknown before it is opened and to other bureaus', async () => {
    const { client, desk } = harness
    const { client: stranger } = await harness.secondDesk('11360300014500016A')
    const { manifest, parts } = sealBatch(desk, uuidv7(), [licenceItem(150)])
    await client.open(manifest)
    for (const answer of [
      await client.get(`/batches/${uuidv7()}`),
      await client.part(uuidv7(), 1, parts[0]!),
      await client.close(uuidv7()),
      await client.part(manifest.batchId, 2, parts[0]!),
      await stranger.get(`/batches/${manifest.batchId}`),
      await stranger.get(`/batches/${manifest.batchId}/items`),
      await stranger.part(manifest.batchId, 1, parts[0]!),
      await stranger.close(manifest.batchId),
    ]) {
      expect([answer.status, codeOf(answer)]).toEqual([404, 'not_found'])
    }
    const claimed = await stranger.open(manifest)
    expect([claimed.status, codeOf(claimed)]).toEqual([403, 'bureau_refused'])
  })

  it('has no receipt before it is done', async () => {
    const { client, desk } = harness
    const { manifest } = sealBatch(desk, uuidv7(), [licenceItem(160)])
    await client.open(manifest)
    const answer = await client.get(`/batches/${manifest.batchId}/receipt`)
    expect([answer.status, codeOf(answer)]).toEqual([409, 'still_processing'])
  })

  it('pages its items and looks them up only once it is closed', async () => {
    const { client, desk } = harness
    const batchId = uuidv7()
    const items = Array.from({ length: 5 }, (_, index) => licenceItem(170 + index, index + 1))
    const { manifest, parts } = sealBatch(desk, batchId, items)
    await client.open(manifest)
    await client.part(batchId, 1, parts[0]!)
    const found = async (query: string) =>
      ((await client.get(`/lookup?${query}`)).json as { found: unknown[] }).found
    expect(await found(`batchId=${batchId}`)).toEqual([])
    expect(await found(`sha256=${items[0]!.sha256}`)).toEqual([])
    await client.close(batchId)
    const { receivedAt } = await client.settled(batchId)

    const page = async (query: string) => (await client.get(`/batches/${batchId}/items?${query}`)).json
    expect(await page('after=0&limit=2')).toMatchObject({ items: [{ itemNo: 1 }, { itemNo: 2 }], next: 2 })
    expect(await page('after=2&limit=2')).toMatchObject({ items: [{ itemNo: 3 }, { itemNo: 4 }], next: 4 })
    expect(await page('after=4&limit=2')).toMatchObject({ items: [{ itemNo: 5 }], next: null })
    expect(await page('after=5')).toEqual({ items: [], next: null })

    const { recordId, sha256, naturalKey, payload } = items[2]!
    const { platformRef } = (await client.items(batchId))[2]!
    const hit = {
      batchId,
      itemNo: 3,
      recordId,
      revision: 1,
      outcome: 'accepted',
      platformRef,
      sha256,
      receivedAt,
    }
    expect(await found(`batchId=${batchId}`)).toHaveLength(5)
    expect(await found(`sha256=${sha256}`)).toEqual([hit])
    expect(await found(`naturalKey=${encodeURIComponent(naturalKey)}&op=create`)).toEqual([
      { ...hit, payload },
    ])
    expect(await found(`naturalKey=${encodeURIComponent(naturalKey)}`)).toEqual([{ ...hit, payload }])
    expect(await found(`naturalKey=${encodeURIComponent(naturalKey)}&op=withdraw`)).toEqual([])
    expect(await found(`sha256=${'0'.repeat(64)}`)).toEqual([])
    const { client: stranger } = await harness.secondDesk('11360300014500024N')
    expect((await stranger.get(`/lookup?sha256=${sha256}`)).json).toEqual({ found: [] })
    expect((await client.get('/lookup')).status).toBe(400)
  })
})

import { gzipSync } from 'node:zlib'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256Hex } from '@engine/crypto/digest'
import type { Manifest, WireItem } from '@shared/domain/exchange'
import { licenceItem } from './invented-items'
import { startHarness } from './practice-harness'
import type { PracticeHarness } from './practice-harness'
import { changedManifest, codeOf, detailsOf, packLines, sealBatch } from './signed-client'

let harness: PracticeHarness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(async () => {
  expect(harness.defects).toEqual([])
  await harness.end()
})

const sealed = (items: readonly WireItem[] = [licenceItem(1)]) => sealBatch(harness.desk, uuidv7(), items)

/** Opens a batch whose only part is exactly these bytes and sends them. */
async function sendPart(bytes: Buffer, items = 1) {
  const { manifest } = sealed(Array.from({ length: items }, (_, index) => licenceItem(index, index + 1)))
  const part = { no: 1, items, bytes: bytes.length, sha256: sha256Hex(bytes) }
  const opened = await harness.client.open(changedManifest(manifest, { parts: [part] }))
  expect(opened.status).toBe(201)
  return harness.client.part(manifest.batchId, 1, bytes)
}

describe('manifests', () => {
  it.each<[string, (manifest: Manifest) => Partial<Manifest>, string]>([
    ['counts that differ', () => ({ itemCount: 2 }), 'itemCount'],
    ['a wrong number of parts', () => ({ partCount: 2 }), 'partCount'],
    ['parts out of order', ({ parts }) => ({ parts: [{ ...parts[0]!, no: 2 }] }), 'parts'],
    ['another batch id', () => ({ batchId: uuidv7() }), 'batchId'],
    ['a batch id that is no UUIDv7', () => ({ batchId: 'x' }), 'batchId'],
    ['no items', ({ parts }) => ({ itemCount: 0, parts: [{ ...parts[0]!, items: 0 }] }), 'itemCount'],
    ['a hash that is none', ({ parts }) => ({ parts: [{ ...parts[0]!, sha256: 'zz' }] }), 'parts.0.sha256'],
  ])('with %s are refused', async (_name, change, member) => {
    const { manifest } = sealed()
    const bad = changedManifest(manifest, change(manifest))
    const answer = await harness.client.call('PUT', `/batches/${manifest.batchId}`, JSON.stringify(bad), {
      'content-type': 'application/json',
    })
    expect([answer.status, codeOf(answer), detailsOf(answer)['member']]).toEqual([
      400,
      'manifest_invalid',
      member,
    ])
  })

  it('whose own hash differs, or that are not JSON or not UTF-8, are refused', async () => {
    const { manifest } = sealed()
    const put = (body: string | Uint8Array) =>
      harness.client.call('PUT', `/batches/${manifest.batchId}`, body, { 'content-type': 'application/json' })
    const bodies = [
      JSON.stringify({ ...manifest, itemCount: 7 }),
      JSON.stringify({ ...manifest, extra: 'not hashed' }),
      '{',
      '',
      'null',
      '[]',
      new Uint8Array([0xff, 0xfe, 0x7b]),
    ]
    for (const body of bodies) {
      const answer = await put(body)
      expect([answer.status, codeOf(answer)]).toEqual([400, 'manifest_invalid'])
    }
    expect((await put(JSON.stringify(manifest))).status).toBe(201)
  })

  it('may have members that this version does not know, as long as they are hashed', async () => {
    const { manifest } = sealed()
    const extended = changedManifest(manifest, { priority: 'high' } as Partial<Manifest>)
    expect((await harness.client.open(extended)).status).toBe(201)
  })

  it('beyond the limits are refused', async () => {
    const { manifest } = sealed()
    const part = manifest.parts[0]!
    const many = Array.from({ length: 201 }, (_, index) => ({ ...part, no: index + 1, items: 500 }))
    for (const [limit, change] of [
      ['maxPartItems', { itemCount: 501, parts: [{ ...part, items: 501 }] }],
      ['maxPartBytes', { parts: [{ ...part, bytes: 1_048_577 }] }],
      ['maxBatchItems', { itemCount: 100_500, partCount: 201, parts: many }],
    ] as const) {
      const answer = await harness.client.open(changedManifest(manifest, change))
      expect([answer.status, codeOf(answer), detailsOf(answer)['limit']]).toEqual([413, 'too_large', limit])
    }
    const answer = await harness.client.call('PUT', `/batches/${manifest.batchId}`, 'x'.repeat(600_000))
    expect([answer.status, codeOf(answer)]).toEqual([413, 'too_large'])
  })

  it('of a standard that is not taken are refused with those that are', async () => {
    const { manifest } = sealed()
    const answer = await harness.client.open(
      changedManifest(manifest, { standard: { id: 'pingxiang-credit', version: '1999.1' } }),
    )
    expect([answer.status, codeOf(answer)]).toEqual([422, 'standard_refused'])
    expect(detailsOf(answer)).toEqual({ standards: [{ id: 'pingxiang-credit', version: '2026.1' }] })
  })
})

describe('parts', () => {
  it('that inflate without end are refused', async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024), { level: 9 })
    expect(bomb.length).toBeLessThan(1_048_576)
    const answer = await sendPart(bomb)
    expect([answer.status, codeOf(answer)]).toEqual([413, 'too_large'])
  })

  it('larger than the limit are cut off', async () => {
    const { manifest } = sealed()
    await harness.client.open(manifest)
    const answer = await harness.client.part(manifest.batchId, 1, Buffer.alloc(1_048_577))
    expect([answer.status, codeOf(answer)]).toEqual([413, 'too_large'])
  })

  it('that are not gzip, not NDJSON in gzip, or of another length are refused', async () => {
    const plain = await sendPart(Buffer.from(`${JSON.stringify(licenceItem(1))}\n`))
    expect([plain.status, codeOf(plain)]).toEqual([422, 'part_mismatch'])
    const line = JSON.stringify(licenceItem(1))
    const two = await sendPart(packLines([line, line]))
    expect([two.status, codeOf(two), detailsOf(two)['member']]).toEqual([422, 'part_mismatch', 'items'])
    const { manifest, parts } = sealed()
    await harness.client.open(manifest)
    for (const headers of [
      { 'content-type': 'application/x-ndjson' },
      { 'content-type': 'text/plain', 'content-encoding': 'gzip' },
    ]) {
      const answer = await harness.client.call(
        'PUT',
        `/batches/${manifest.batchId}/parts/1`,
        parts[0],
        headers,
      )
      expect([answer.status, codeOf(answer)]).toEqual([415, 'unsupported_media'])
    }
  })

  const good = licenceItem(1)
  it.each<[string, string, string]>([
    ['no JSON', '{"itemNo":1', ''],
    ['another type', '"text"', ''],
    ['an item number beyond the batch', JSON.stringify({ ...good, itemNo: 2 }), 'itemNo'],
    ['item number 0', JSON.stringify({ ...good, itemNo: 0 }), 'itemNo'],
    [
      'a record id that is no UUID',
      JSON.stringify({ ...good, recordId: "1'; DROP TABLE item; --" }),
      'recordId',
    ],
    [
      'a record id of another UUID version',
      JSON.stringify({ ...good, recordId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' }),
      'recordId',
    ],
    ['revision 0', JSON.stringify({ ...good, revision: 0 }), 'revision'],
    ['an unknown operation', JSON.stringify({ ...good, op: 'delete' }), 'op'],
    ['a date that does not exist', JSON.stringify({ ...good, legalDate: '2026-02-30' }), 'legalDate'],
    [
      'a hash of another payload',
      JSON.stringify({ ...good, payload: { ...good.payload, XK_NR: '另' } }),
      'sha256',
    ],
    ['a hash in capitals', JSON.stringify({ ...good, sha256: good.sha256.toUpperCase() }), 'sha256'],
    ['a number in the payload', JSON.stringify({ ...good, payload: { XK_NR: 5 } }), 'payload.XK_NR'],
    [
      'a prototype in the payload',
      JSON.stringify({ ...good, payload: JSON.parse('{"__proto__":{"x":"y"}}') as object }),
      'sha256',
    ],
    ['no payload', JSON.stringify({ ...good, payload: undefined }), 'payload'],
  ])('with a line of %s are refused as a whole', async (_name, line, member) => {
    const bytes = packLines([JSON.stringify(licenceItem(1, 2)), line])
    const answer =
      member === 'itemNo' && line.includes('"itemNo":2')
        ? await sendPart(packLines([line]))
        : await sendPart(bytes, 2)
    expect([400, 422]).toContain(answer.status)
    expect(codeOf(answer)).toBe('item_invalid')
    if (member !== '') expect(detailsOf(answer)['member']).toBe(member)
    expect(answer.text).not.toContain('DROP TABLE')
  })

  it('that repeat an item number, in one part or over two, are refused', async () => {
    const twice = await sendPart(
      packLines([JSON.stringify(licenceItem(1, 1)), JSON.stringify(licenceItem(2, 1))]),
      2,
    )
    expect([twice.status, codeOf(twice)]).toEqual([422, 'item_invalid'])
    const { manifest, parts } = sealBatch(harness.desk, uuidv7(), [licenceItem(1, 1), licenceItem(2, 1)], 1)
    await harness.client.open(manifest)
    expect((await harness.client.part(manifest.batchId, 1, parts[0]!)).status).toBe(204)
    expect((await harness.client.part(manifest.batchId, 2, parts[1]!)).status).toBe(422)
    expect(await harness.client.state(manifest.batchId)).toMatchObject({
      missingParts: [2],
      counts: { pending: 1 },
    })
  })

  it('leave nothing behind when they are refused', () => {
    expect(harness.ledger()).toEqual([])
  })
})

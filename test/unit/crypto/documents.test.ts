import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalSha256, sha256Hex, sha256HexOfChunks } from '@engine/crypto/digest'
import { itemLine, itemsSha256 } from '@engine/crypto/items-digest'
import { manifestSha256 } from '@engine/crypto/manifest-digest'
import { signReceipt, verifyReceipt } from '@engine/crypto/receipt-signature'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import type { ItemResult, Receipt, SignedReceipt } from '@shared/domain/exchange'

const platform = sm.generateKeyPair()
const receipt: Receipt = {
  receiptNo: 'R20260302-000123',
  batchId: '0195a0e1-0000-7000-8000-000000000001',
  bureau: '11360300014500006J',
  manifestSha256: sha256Hex('m'),
  receivedAt: '2026-03-02T01:00:00.000Z',
  settledAt: '2026-03-02T01:00:05.000Z',
  counts: { accepted: 2, warned: 0, rejected: 0, duplicate: 0, pending: 0 },
  itemsSha256: sha256Hex(''),
}

describe('digests', () => {
  it('gives the known SHA-256 values', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(sha256Hex(Buffer.from([0xe8, 0x90, 0x8d]))).toBe(sha256Hex('萍'))
    expect(sha256HexOfChunks(['a', Buffer.from('b'), 'c'])).toBe(sha256Hex('abc'))
  })

  it('digests canonical JSON whatever the order of the members', () => {
    expect(canonicalSha256({ b: '2', a: '1' })).toBe(canonicalSha256({ a: '1', b: '2' }))
    expect(canonicalSha256({ b: '2', a: '1' })).toBe(sha256Hex('{"a":"1","b":"2"}'))
  })

  it('digests item outcomes as one canonical line each, in the given order', () => {
    const item: ItemResult = {
      itemNo: 1,
      recordId: 'r',
      revision: 1,
      outcome: 'accepted',
      platformRef: 'PX-20260302-0000001',
      errors: [],
      duplicateOf: null,
    }
    const line = itemLine(item)
    expect(line).toBe(
      '{"duplicateOf":null,"errors":[],"itemNo":1,"outcome":"accepted","platformRef":"PX-20260302-0000001","recordId":"r","revision":1}',
    )
    const second = itemLine({ ...item, itemNo: 2 })
    expect(itemsSha256([line, second])).toBe(
      createHash('sha256').update(`${line}\n${second}\n`).digest('hex'),
    )
    expect(itemsSha256([second, line])).not.toBe(itemsSha256([line, second]))
    expect(itemsSha256([])).toBe(sha256Hex(''))
  })

  it('digests a manifest without its own digest', () => {
    const manifest = {
      batchId: 'b',
      bureau: 'c',
      standard: { id: 's', version: '1' },
      itemCount: 1,
      partCount: 1,
      parts: [{ no: 1, items: 1, bytes: 9, sha256: 'd' }],
    }
    const text =
      '{"batchId":"b","bureau":"c","itemCount":1,"partCount":1,"parts":[{"bytes":9,"items":1,"no":1,"sha256":"d"}],"standard":{"id":"s","version":"1"}}'
    expect(manifestSha256(manifest)).toBe(sha256Hex(text))
    expect(manifestSha256({ ...manifest, manifestSha256: 'anything' } as typeof manifest)).toBe(
      sha256Hex(text),
    )
  })
})

describe('receipt signature', () => {
  const signed = signReceipt(softwareKey(platform.privateKey), receipt)

  it('survives a trip through JSON and a new order of members', () => {
    const received = JSON.parse(JSON.stringify(signed)) as SignedReceipt
    const shuffled = Object.fromEntries(Object.entries(received.receipt).reverse()) as unknown as Receipt
    expect(verifyReceipt(sm, received, platform.publicKey)).toBe(true)
    expect(verifyReceipt(sm, { receipt: shuffled, signature: received.signature }, platform.publicKey)).toBe(
      true,
    )
  })

  it('refuses any change of the document, the signature or the key', () => {
    const changes = [
      { receiptNo: 'R20260302-000124' },
      { counts: { ...receipt.counts, accepted: 3 } },
      { extra: true },
    ]
    for (const change of changes) {
      expect(verifyReceipt(sm, { ...signed, receipt: { ...receipt, ...change } }, platform.publicKey)).toBe(
        false,
      )
    }
    const other = signReceipt(softwareKey(platform.privateKey), { ...receipt, batchId: 'other' })
    expect(verifyReceipt(sm, { receipt, signature: other.signature }, platform.publicKey)).toBe(false)
    expect(verifyReceipt(sm, signed, sm.generateKeyPair().publicKey)).toBe(false)
  })

  it('refuses a document nested deeper than the stack instead of breaking', () => {
    const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`) as Receipt
    expect(verifyReceipt(sm, { receipt: deep, signature: signed.signature }, platform.publicKey)).toBe(false)
  })
})

import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalSha256, sha256Hex, sha256HexOfChunks } from '@engine/crypto/digest'
import { itemsSha256 } from '@engine/crypto/items-digest'
import { manifestSha256 } from '@engine/crypto/manifest-digest'
import { signReceipt, verifyReceipt } from '@engine/crypto/receipt-signature'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'

const platform = sm.generateKeyPair()
const receipt = {
  receiptNo: 'R20260302-000123',
  batchId: '0195a0e1-0000-7000-8000-000000000001',
  counts: { accepted: 2, rejected: 0 },
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
    const items = [
      { itemNo: 1, outcome: 'accepted', errors: [] },
      { outcome: 'rejected', itemNo: 2, errors: [] },
    ]
    const text =
      '{"errors":[],"itemNo":1,"outcome":"accepted"}\n{"errors":[],"itemNo":2,"outcome":"rejected"}\n'
    expect(itemsSha256(items)).toBe(createHash('sha256').update(text).digest('hex'))
    expect(itemsSha256([...items].reverse())).not.toBe(itemsSha256(items))
    expect(itemsSha256([])).toBe(sha256Hex(''))
  })

  it('digests a manifest without its own digest', () => {
    const manifest = { batchId: 'b', itemCount: 1 }
    expect(manifestSha256({ ...manifest, manifestSha256: 'anything' })).toBe(
      sha256Hex('{"batchId":"b","itemCount":1}'),
    )
  })
})

describe('receipt signature', () => {
  const signed = signReceipt(sm, receipt, platform.privateKey)

  it('survives a trip through JSON and a new order of members', () => {
    const received = JSON.parse(JSON.stringify(signed)) as typeof signed
    const shuffled = Object.fromEntries(Object.entries(received.receipt).reverse())
    expect(verifyReceipt(sm, received, platform.publicKey)).toBe(true)
    expect(verifyReceipt(sm, { receipt: shuffled, signature: received.signature }, platform.publicKey)).toBe(
      true,
    )
  })

  it('refuses any change of the document, the signature or the key', () => {
    const changes = [
      { receiptNo: 'R20260302-000124' },
      { counts: { accepted: 3, rejected: 0 } },
      { extra: true },
    ]
    for (const change of changes) {
      expect(verifyReceipt(sm, { ...signed, receipt: { ...receipt, ...change } }, platform.publicKey)).toBe(
        false,
      )
    }
    const other = signReceipt(sm, { ...receipt, batchId: 'other' }, platform.privateKey)
    expect(verifyReceipt(sm, { receipt, signature: other.signature }, platform.publicKey)).toBe(false)
    expect(verifyReceipt(sm, signed, sm.generateKeyPair().publicKey)).toBe(false)
  })
})

import { createDecipheriv } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { openEnvelope } from '@engine/envelope/envelope-reader'
import { sealEnvelope } from '@engine/envelope/envelope-writer'
import { readStoredZip, writeStoredZip } from '@engine/envelope/stored-zip'
import { opensslHasSm } from '@test/unit/crypto/openssl-judge'

const newKey = () => softwareKey(sm.generateKeyPair().privateKey)
const desk = newKey()
const platform = newKey()
const stranger = newKey()
const madeAt = '2026-03-02T01:00:00.000Z'
const members = [
  { name: 'feed.json', bytes: Buffer.from('{"events":[]}') },
  { name: 'batches/1/parts/1.ndjson.gz', bytes: Buffer.from('资料'.repeat(500)) },
]

const sealed = () =>
  sealEnvelope(
    { format: 'xinbao-package', madeAt, head: { packageId: 'p1' }, members },
    { sender: desk, recipientPublicKey: platform.publicKey },
    sm,
  )

const open = (file: Uint8Array, recipient = platform, sender = desk.publicKey) =>
  openEnvelope(file, { format: 'xinbao-package', recipient, senderKey: () => sender, sm })

test('what was sealed comes out again, for the reader that it was sealed for', async () => {
  const opened = await open(await sealed())
  if (!opened.ok) throw new Error(opened.problem)
  expect(opened.manifest.head).toEqual({ packageId: 'p1' })
  expect(opened.names).toEqual(members.map(({ name }) => name))
  for (const { name, bytes } of members) expect(Buffer.from(opened.member(name)!)).toEqual(bytes)
  expect(opened.member('other.json')).toBeNull()
})

test('nothing of the members can be read in the file', async () => {
  const file = await sealed()
  expect(file.includes(Buffer.from('资料'))).toBe(false)
  expect(file.includes(Buffer.from('events'))).toBe(false)
})

test('another reader and another sender are told apart', async () => {
  const file = await sealed()
  expect(await open(file, stranger)).toEqual({ ok: false, problem: 'other-recipient' })
  expect(await open(file, platform, stranger.publicKey)).toEqual({ ok: false, problem: 'other-sender' })
  const answer = {
    format: 'xinbao-answer',
    recipient: platform,
    senderKey: () => desk.publicKey,
    sm,
  } as const
  expect(await openEnvelope(file, answer)).toEqual({ ok: false, problem: 'malformed' })
})

test('every single changed, missing or added byte is noticed', async () => {
  const file = await sealed()
  await fc.assert(
    fc.asyncProperty(
      fc.nat(file.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.constantFrom('flip', 'cut', 'grow'),
      async (at, mask, how) => {
        const changed = how === 'grow' ? Buffer.concat([file, Buffer.from([mask])]) : Buffer.from(file)
        if (how === 'flip') changed[at]! ^= mask
        const opened = await open(how === 'cut' ? changed.subarray(0, at) : changed)
        if (!opened.ok) return
        // Times and attributes in the zip's own tables say nothing; the contents must be the signed ones.
        for (const { name, bytes } of members) expect(Buffer.from(opened.member(name)!)).toEqual(bytes)
      },
    ),
    { numRuns: 400 },
  )
})

test('members that were not signed, or stand twice, are refused', async () => {
  const entries = [...(await readStoredZip(await sealed()))!].map(([name, bytes]) => ({ name, bytes }))
  const more = [...entries, { name: 'extra.json', bytes: Buffer.from('{}') }]
  expect(await open(await writeStoredZip(more, madeAt))).toEqual({ ok: false, problem: 'altered' })
  expect(await open(await writeStoredZip(entries.slice(0, -1), madeAt))).toMatchObject({ problem: 'altered' })
  const twice = [...entries, entries.at(-1)!]
  expect(await open(await writeStoredZip(twice, madeAt))).toMatchObject({ problem: 'malformed' })
})

test.runIf(opensslHasSm)('SM4 agrees with OpenSSL', () => {
  const key = Buffer.from('0123456789abcdeffedcba9876543210', 'hex')
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      (data, iv) => {
        const judge = createDecipheriv('sm4-cbc', key, iv)
        const cipher = sm.encrypt(data, key, iv)
        expect(Buffer.concat([judge.update(cipher), judge.final()])).toEqual(Buffer.from(data))
        expect(Buffer.from(sm.decrypt(cipher, key, iv)!)).toEqual(Buffer.from(data))
      },
    ),
  )
})

test('a wrapped key is for its reader only', () => {
  const key = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
  const wrapped = sm.wrapKey(key, platform.publicKey)
  expect(Buffer.from(platform.unwrap(wrapped)!)).toEqual(key)
  expect(desk.unwrap(wrapped)).toBeNull()
  for (const bad of ['', 'AAAA', wrapped.slice(8), 'MHo=']) expect(platform.unwrap(bad)).toBeNull()
})

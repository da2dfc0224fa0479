/** Wrapped data keys, both ways, with the program `openssl`; Node itself has no call for SM2 encryption. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { opensslHasSm, opensslPrivateKey, opensslPublicKey } from '@test/unit/crypto/openssl-judge'

const folder = mkdtempSync(join(tmpdir(), 'xinbao-openssl-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const openssl = (args: readonly string[], input: Uint8Array): Buffer | null => {
  const { status, stdout } = spawnSync('openssl', args, { input })
  return status === 0 ? stdout : null
}

function keyFiles(pair: ReturnType<typeof sm.generateKeyPair>) {
  const files = { own: join(folder, 'own.der'), open: join(folder, 'open.der') }
  writeFileSync(files.own, opensslPrivateKey(pair).export({ format: 'der', type: 'pkcs8' }))
  writeFileSync(files.open, opensslPublicKey(pair.publicKey).export({ format: 'der', type: 'spki' }))
  return files
}

const encrypt = (file: string, data: Uint8Array): Buffer | null =>
  openssl(['pkeyutl', '-encrypt', '-pubin', '-keyform', 'DER', '-inkey', file], data)
const decrypt = (file: string, data: Uint8Array): Buffer | null =>
  openssl(['pkeyutl', '-decrypt', '-keyform', 'DER', '-inkey', file], data)

const hasProgram =
  opensslHasSm && encrypt(keyFiles(sm.generateKeyPair()).open, Buffer.from('0123456789abcdef')) !== null
if (!hasProgram)
  console.warn('SKIPPED: no program `openssl` with SM2 here; wrapped keys were not compared with it')

test.runIf(hasProgram)('openssl pkeyutl reads what we wrap, and we read what it wraps', () => {
  for (let round = 0; round < 40; round++) {
    const pair = sm.generateKeyPair()
    const files = keyFiles(pair)
    const dataKey = randomBytes(16)
    const ours = Buffer.from(sm.wrapKey(dataKey, pair.publicKey), 'base64')
    expect(decrypt(files.own, ours)).toEqual(dataKey)
    const theirs = encrypt(files.open, dataKey)!.toString('base64')
    expect(Buffer.from(softwareKey(pair.privateKey).unwrap(theirs)!)).toEqual(dataKey)
    const altered = Buffer.from(ours)
    altered[altered.length - 1 - (round % 48)]! ^= 1
    expect(decrypt(files.own, altered)).toBeNull()
  }
})

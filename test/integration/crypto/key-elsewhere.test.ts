/** A desk whose key another program holds: nothing outside of that one ever has the private key. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { verifyDocument } from '@engine/crypto/document-signature'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { initialiseDesk } from '@engine/services/desk-initialiser'
import { silentTask } from '@engine/services/tasks-service'
import { uuidIds } from '@engine/system-ids'
import { testBureau } from '@test/fixtures/invented-subjects'
import { workerKeys } from '@test/fixtures/worker-keys'
import {
  everything,
  openDesk,
  runningClock,
  startPlatform,
  task,
  testKey,
} from '@test/integration/exchange/exchange-fixture'
import { handIn } from '@test/integration/transports/package-lane'

async function deskWithToken() {
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-token-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const token = join(folder, 'token')
  const away = join(folder, 'away')
  mkdirSync(token)
  mkdirSync(away)
  const keys = workerKeys(token)
  const dataDir = join(folder, 'desk')
  await initialiseDesk({
    ...{ dataDir, storeKey: testKey, clock: runningClock, ids: uuidIds, keys },
    ...{ bureau: { ...testBureau }, clientId: null, deskPrivateKey: null, connection: null },
  })
  const move = (from: string, to: string): void => {
    for (const name of readdirSync(from)) renameSync(join(from, name), join(to, name))
  }
  return {
    desk: openDesk(dataDir, { keys }),
    privateKey: () => readFileSync(join(token, readdirSync(token)[0]!), 'utf8'),
    pullOut: () => move(token, away),
    plugIn: () => move(away, token),
  }
}

test('requests, packages, answers and proofs of a desk whose key lies elsewhere', async () => {
  const platform = await startPlatform()
  const { desk, privateKey } = await deskWithToken()
  expect(Object.keys(desk.settings.get<object>('deskKey')!).sort()).toEqual(['publicKey', 'slot'])
  await desk.connection.enrolPractice(platform.server)
  expect((await desk.connection.test()).ok).toBe(true)

  const [sent] = desk.addLicences(1, 1)
  expect((await desk.submission.submit(everything, task)).failure).toBeNull()
  expect(desk.delivery(sent!)).toBe('accepted')

  const { clientId, platformPublicKey } = platform.server
  const { spelling, deskPublicKey } = desk.connection.view()
  await desk.connection.choose({ kind: 'package', clientId, platformPublicKey, spelling })
  const [carried] = desk.addLicences(2, 1)
  const [out, back] = [join(desk.folder, 'out.zip'), join(desk.folder, 'back.zip')]
  await desk.packages.write(everything, out)
  const answer = await handIn(platform, readFileSync(out))
  writeFileSync(back, answer!)
  await desk.answers.apply({ path: back, name: 'back.zip' }, silentTask)
  expect(desk.delivery(carried!)).toBe('accepted')

  await desk.connection.choose({
    kind: 'http',
    platformUrl: platform.server.url,
    clientId,
    platformPublicKey,
    spelling,
  })
  await platform.close()
  desk.addLicences(3, 1)
  await desk.submission.submit(everything, task)
  await desk.outage.note({ code: 'transport.offline', params: {}, retry: { kind: 'never' } }, task.signal)
  const { proof, signature } = desk.outage.proof(null, null)
  expect(proof.isChainWhole).toBe(true)
  expect(verifyDocument(sm, proof as never, signature, deskPublicKey)).toBe(true)

  const secret = privateKey()
  expect(secret).toMatch(/^[0-9a-f]{64}$/)
  const stored = desk.database.prepare<[], string>('SELECT value_json FROM setting').pluck().all()
  expect(stored.length).toBeGreaterThan(3)
  expect(stored.some((json) => json.includes(secret))).toBe(false)
})

test('a key that was pulled out stops submission without an attempt; put in again, everything goes on', async () => {
  const platform = await startPlatform()
  const { desk, pullOut, plugIn } = await deskWithToken()
  await desk.connection.enrolPractice(platform.server)
  const [id] = desk.addLicences(1, 1)
  pullOut()
  const tested = await desk.connection.test()
  expect(tested.steps.at(-1)).toMatchObject({ step: 'signature', ok: false })
  expect(tested.steps.at(-1)!.message).toContain('钥匙没有插好')
  expect(desk.connection.view().deskPublicKey).toMatch(/^04/)
  const run = desk.submission.submit(everything, task)
  await expect(run).rejects.toMatchObject({ failure: { code: 'connection.wrong-key' } })
  expect(platform.ledger()).toEqual([])
  plugIn()
  expect((await desk.submission.submit(everything, task)).failure).toBeNull()
  expect(desk.delivery(id!)).toBe('accepted')
})

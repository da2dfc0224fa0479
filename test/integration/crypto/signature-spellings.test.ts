/** The four ways in which platforms write signatures, over real HTTP and by hand, and what a wrong one says. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { silentTask } from '@engine/services/tasks-service'
import { defaultSpelling } from '@shared/domain/signature-spelling'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import { connectionNotes, signatureTexts } from '@shared/texts/zh-CN/connection'
import {
  everything,
  newDeskFolder,
  openDesk,
  startPlatform,
  task,
} from '@test/integration/exchange/exchange-fixture'
import { handIn } from '@test/integration/transports/package-lane'

const ownId = '萍乡市交换平台-360300'
const spellings: readonly SignatureSpelling[] = [
  defaultSpelling,
  { encoding: 'der', userId: ownId },
  { encoding: 'raw', userId: defaultSpelling.userId },
  { encoding: 'raw', userId: ownId },
]
const nameOf = ({ encoding, userId }: SignatureSpelling): string =>
  `${encoding}, ${userId === ownId ? 'an id of its own' : 'the default id'}`

async function startAt(spelling: SignatureSpelling) {
  const platform = await startPlatform({ spelling })
  const desk = openDesk(await newDeskFolder())
  await desk.connection.enrolPractice({ ...platform.server, spelling })
  return { platform, desk }
}

test.each(spellings.map((spelling) => [nameOf(spelling), spelling] as const))(
  '%s: requests are taken, receipts and answer files verified, and every other spelling refused',
  async (_name, spelling) => {
    const { platform, desk } = await startAt(spelling)
    expect((await desk.connection.test()).ok).toBe(true)
    expect(desk.connection.view()).toMatchObject({ spelling })

    const sent = desk.addLicences(1, 3)
    const run = await desk.submission.submit(everything, task)
    expect(run).toMatchObject({ failure: null, batches: [{ state: 'settled', receiptVerified: true }] })
    expect(sent.map(desk.delivery)).toEqual(['accepted', 'accepted', 'accepted'])
    expect((await desk.feedback.pull(task)).events).toBe(3)

    const { url: platformUrl, clientId, platformPublicKey } = platform.server
    const wrong = spellings.filter((one) => one !== spelling)
    for (const one of wrong) {
      const refused = await desk.connection.save({ platformUrl, clientId, platformPublicKey, spelling: one })
      const last = refused.steps.at(-1)!
      expect([refused.ok, last.step, last.ok]).toEqual([false, 'signature', false])
      for (const told of [
        signatureTexts.encodings[one.encoding],
        one.userId,
        '平台核对',
        connectionNotes.kept,
      ])
        expect(last.message).toContain(told)
      expect(desk.connection.view()).toMatchObject({ spelling })
    }

    // The kept receipt is judged anew by what the connection says now.
    const { batchId } = run.batches[0]!
    const { receiptId } = desk.receipts.ofBatch(batchId)[0]!
    const { receiptCheck } = desk.evidence
    expect(receiptCheck.judge(batchId, receiptId)).toMatchObject({ ok: true })
    for (const one of wrong) {
      desk.store.write(() => desk.settings.set('connection', { ...desk.connection.view(), spelling: one }))
      expect(receiptCheck.judge(batchId, receiptId)).toMatchObject({ ok: false, problem: 'signature' })
    }

    const out = join(desk.folder, 'out.zip')
    const back = join(desk.folder, 'back.zip')
    const byHand = { kind: 'package', clientId, platformPublicKey } as const
    await desk.connection.choose({ ...byHand, spelling })
    const [carried] = desk.addLicences(10, 1)
    await desk.packages.write(everything, out)
    const answer = await handIn(platform, readFileSync(out))
    writeFileSync(back, answer!)
    for (const one of wrong) {
      await desk.connection.choose({ ...byHand, spelling: one })
      const applied = desk.answers.apply({ path: back, name: 'back.zip' }, silentTask)
      await expect(applied).rejects.toMatchObject({ failure: { code: 'package.altered' } })
    }
    await desk.connection.choose({ ...byHand, spelling })
    await desk.answers.apply({ path: back, name: 'back.zip' }, silentTask)
    expect(desk.delivery(carried!)).toBe('accepted')

    const [astray] = desk.addLicences(20, 1)
    await desk.connection.choose({ ...byHand, spelling: wrong[0]! })
    await desk.packages.write({ ...everything, recordIds: [astray!] }, out)
    expect(await handIn(platform, readFileSync(out))).toBeNull()
  },
)

test('a first connection in the wrong spelling stops submission without an attempt, and goes on once it is right', async () => {
  const spelling = spellings[3]!
  const platform = await startPlatform({ spelling })
  const desk = openDesk(await newDeskFolder())
  await desk.connection.enrolPractice(platform.server)
  const tested = await desk.connection.test()
  expect(tested.steps.at(-1)).toMatchObject({ step: 'signature', ok: false })
  const [id] = desk.addLicences(1, 1)
  const run = desk.submission.submit(everything, task)
  await expect(run).rejects.toMatchObject({ failure: { code: 'platform.signature-refused' } })
  expect(desk.connection.link()).toMatchObject({ state: 'auth', failureCode: 'platform.signature-refused' })
  const { url: platformUrl, clientId, platformPublicKey } = platform.server
  const saved = await desk.connection.save({ platformUrl, clientId, platformPublicKey, spelling })
  expect(saved.ok).toBe(true)
  expect((await desk.submission.submit(everything, task)).failure).toBeNull()
  expect(desk.delivery(id!)).toBe('accepted')
  expect(platform.ledger()).toHaveLength(1)
})

test('a connection that an older client has stored goes by the exchange protocol', async () => {
  const { desk } = await startAt(defaultSpelling)
  const { platformUrl, clientId, platformPublicKey } = desk.connection.view()
  desk.store.write(() => desk.settings.set('connection', { platformUrl, clientId, platformPublicKey }))
  expect(desk.connection.view().spelling).toEqual(defaultSpelling)
  expect((await desk.connection.test()).ok).toBe(true)
})

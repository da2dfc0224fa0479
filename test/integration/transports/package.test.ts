/** Files that travel by hand: what the conformance suite cannot say because only they have it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FailureError } from '@shared/kernel/failure'
import type { FailureCode } from '@shared/kernel/failure'
import { sha256Hex } from '@engine/crypto/digest'
import { silentTask } from '@engine/services/tasks-service'
import {
  effectKeys,
  everything,
  newDeskFolder,
  openDesk,
  runningClock,
  startPair,
  startPlatform,
} from '@test/integration/exchange/exchange-fixture'
import type { Desk, Platform } from '@test/integration/exchange/exchange-fixture'
import { testBureau } from '@test/fixtures/invented-subjects'
import { handIn } from './package-lane'

const refusedWith = (work: Promise<unknown>): Promise<FailureCode | null> =>
  work.then(
    () => null,
    (error: unknown) => {
      if (error instanceof FailureError) return error.failure.code
      throw error
    },
  )

const out = (desk: Desk): string => join(desk.folder, 'out.zip')
const give = async (desk: Desk): Promise<Buffer> => {
  await desk.packages.write(everything, out(desk))
  return readFileSync(out(desk))
}
const apply = (desk: Desk, file: Uint8Array) => {
  const path = join(desk.folder, 'back.zip')
  writeFileSync(path, file)
  return desk.answers.apply({ path, name: 'back.zip' }, silentTask)
}
const answerTo = async (platform: Platform, file: Uint8Array): Promise<Buffer> => {
  const answer = await handIn(platform, file)
  if (answer === null) throw new Error('the platform did not take the package')
  return answer
}
/** What the desk has on disk about records, batches and events. */
const stateOf = (desk: Desk): unknown =>
  ['record', 'batch', 'batch_item', 'receipt', 'feed_event', 'feed_state', 'notice'].map((table) =>
    desk.database.prepare(`SELECT * FROM ${table}`).all(),
  )
const quarantined = (desk: Desk): readonly string[] =>
  desk.database.prepare<[], string>('SELECT problem FROM answer_file WHERE problem IS NOT NULL').pluck().all()

test('written again, a package is the same to the byte, and nothing is sealed twice', async () => {
  const { desk } = await startPair()
  desk.addLicences(1, 4)
  const first = await desk.packages.write({ ...everything, label: '手递' }, out(desk))
  const bytes = readFileSync(out(desk))
  expect(first).toMatchObject({
    isAgain: false,
    sha256: sha256Hex(bytes),
    batches: [{ label: '手递', items: 4 }],
  })
  const again = await desk.packages.write(everything, join(desk.folder, 'again.zip'))
  expect(readFileSync(join(desk.folder, 'again.zip')).equals(bytes)).toBe(true)
  expect(again).toMatchObject({ isAgain: true, packageId: first.packageId, sha256: first.sha256 })
  expect(desk.deliveries()).toEqual({ sending: 4 })
})

test('with nothing ready and nothing waiting no file is written', async () => {
  const { desk } = await startPair()
  expect(await desk.packages.write(everything, out(desk))).toMatchObject({ packageId: null, batches: [] })
  expect(existsSync(out(desk))).toBe(false)
})

test('a place that cannot be written loses nothing: the package comes out the next time', async () => {
  const { desk, platform } = await startPair()
  const ids = desk.addLicences(1, 2)
  const nowhere = desk.packages.write(everything, join(desk.folder, 'no/such/folder/out.zip'))
  expect(await refusedWith(nowhere)).toBe('output.not-writable')
  await apply(desk, await answerTo(platform, await give(desk)))
  expect(effectKeys(platform).sort()).toEqual(ids.map((id) => `${id}/1`).sort())
})

test('the same answer twice changes nothing the second time', async () => {
  const { desk, platform } = await startPair({ scenario: 'strict', seed: 3 })
  desk.addLicences(1, 30)
  const answer = await answerTo(platform, await give(desk))
  const first = await apply(desk, answer)
  expect(first).toMatchObject({
    isRepeat: false,
    answerNo: 1,
    batches: [{ state: 'settled', receiptVerified: true }],
  })
  expect(first.pull.events).toBeGreaterThan(0)
  const before = stateOf(desk)
  expect(await apply(desk, answer)).toMatchObject({ isRepeat: true, answerNo: 1, pull: { events: 0 } })
  expect(stateOf(desk)).toEqual(before)
})

test('a package handed in twice has one effect; the later answer to the same brings nothing twice', async () => {
  const { desk, platform } = await startPair()
  const ids = desk.addLicences(1, 3)
  const file = await give(desk)
  const first = await answerTo(platform, file)
  const second = await answerTo(platform, file)
  await apply(desk, second)
  const before = stateOf(desk)
  expect(await refusedWith(apply(desk, first))).toBe('package.old')
  expect(stateOf(desk)).toEqual(before)
  expect(quarantined(desk)).toEqual(['package.old'])
  expect(effectKeys(platform).sort()).toEqual(ids.map((id) => `${id}/1`).sort())
})

test('answers that come in another order are all taken, as long as they bring something', async () => {
  const { desk, platform } = await startPair()
  desk.addLicences(1, 2)
  const first = await answerTo(platform, await give(desk))
  desk.addLicences(3, 2)
  const second = await answerTo(platform, await give(desk))
  await apply(desk, second)
  await apply(desk, first)
  expect(desk.deliveries()).toEqual({ accepted: 4 })
  desk.addLicences(5, 1)
  // The feed goes on where the desk has read it without a gap.
  await apply(desk, await answerTo(platform, await give(desk)))
  const wire = await desk.feedback.pull(silentTask)
  expect(wire.events).toBe(0)
})

test('every changed byte of an answer is noticed and nothing of it is used', async () => {
  const { desk, platform } = await startPair()
  desk.addLicences(1, 2)
  const answer = await answerTo(platform, await give(desk))
  const before = stateOf(desk)
  for (let at = 60; at < answer.length; at += Math.ceil(answer.length / 40)) {
    const changed = Buffer.from(answer)
    changed[at]! ^= 0x41
    const code = await refusedWith(apply(desk, changed))
    // Some bytes of the zip's own tables mean nothing; then the whole of it is genuine and is taken at the end.
    if (code === null) return
    expect(code).toMatch(/^package\.(altered|malformed|other-platform)$/)
    expect(stateOf(desk)).toEqual(before)
  }
  expect(quarantined(desk).length).toBeGreaterThan(20)
  await apply(desk, answer)
  expect(desk.deliveries()).toEqual({ accepted: 2 })
})

test('files that are no answers are refused plainly', async () => {
  const { desk } = await startPair()
  desk.addLicences(1, 1)
  const own = await give(desk)
  for (const file of [Buffer.from(''), Buffer.from('PK not a zip'), own, own.subarray(0, 100)]) {
    expect(await refusedWith(apply(desk, file))).toBe('package.malformed')
  }
  const missing = desk.answers.apply({ path: join(desk.folder, 'none.zip'), name: 'none.zip' }, silentTask)
  expect(await refusedWith(missing)).toBe('input.missing-file')
})

test('the answer of another platform, and the answer for another desk', async () => {
  const { desk, platform } = await startPair()
  const other = await startPlatform()
  const neighbour = openDesk(await newDeskFolder())
  await neighbour.connection.enrolPractice({ ...other.server, clientId: 'neighbour' })
  desk.addLicences(1, 1)
  neighbour.addLicences(2, 1)
  const foreign = await answerTo(other, await give(neighbour))
  expect(await refusedWith(apply(desk, foreign))).toBe('package.other-platform')
  // The same platform, but the file is for somebody else.
  await neighbour.connection.save({
    platformUrl: neighbour.connection.view().platformUrl!,
    clientId: 'neighbour',
    platformPublicKey: platform.server.platformPublicKey,
  })
  await platform.control('/enrol', {
    clientId: 'neighbour',
    publicKey: neighbour.connection.view().deskPublicKey,
    bureau: { ...testBureau },
  })
  neighbour.addLicences(3, 1)
  const theirs = await answerTo(platform, await give(neighbour))
  expect(await refusedWith(apply(desk, theirs))).toBe('package.other-desk')
  expect([...quarantined(desk)].sort()).toEqual(['package.other-desk', 'package.other-platform'])
  expect(desk.deliveries()).toEqual({ none: 1 })
})

test('an answer about batches of a desk that was made anew is not taken', async () => {
  const { desk, platform } = await startPair()
  desk.addLicences(1, 1)
  const answer = await answerTo(platform, await give(desk))
  const anew = openDesk(await newDeskFolder())
  anew.settings.set('deskKey', desk.settings.get('deskKey'))
  anew.settings.set('connection', desk.settings.get('connection'))
  expect(await refusedWith(apply(anew, answer))).toBe('package.unknown-batch')
})

test('what was given out as a file does not go by wire, and the reverse', async () => {
  const { desk, platform } = await startPair()
  desk.addLicences(1, 2)
  await give(desk)
  const run = await desk.submission.resume(silentTask)
  expect(run).toMatchObject({ batches: [], failure: null })
  const [batch] = desk.batches.open(true)
  const patience = { attempts: 1, settleWithinMs: 0, longestPauseMs: 0 }
  const found = await desk.submission.visit(batch!.batchId, silentTask, patience)
  expect(found?.code).toBe('batch.other-way')
  expect(platform.ledger()).toEqual([])

  await platform.close()
  const wired = desk.addLicences(3, 1)
  await desk.submission.submit(everything, silentTask)
  const again = await desk.packages.write(everything, out(desk))
  expect(again).toMatchObject({ isAgain: true, batches: [{ batchId: batch!.batchId }] })
  expect(desk.delivery(wired[0]!)).toBe('sending')
})

test('a person takes a package back: its records go by wire, and the late answer is not believed', async () => {
  const { desk, platform } = await startPair()
  const ids = desk.addLicences(1, 2)
  const file = await give(desk)
  const [batch] = desk.batches.open(true)
  const { batchId } = batch!
  const word = { batchId, recordIds: null, reason: '未送出' } as const
  expect(await refusedWith(desk.decisions.decide({ ...word, decision: 'held' }))).toBe('batch.answer-needed')
  expect(await desk.decisions.decide({ ...word, decision: 'not-held' })).toEqual({ decided: 2, released: 2 })
  expect(desk.deliveries()).toEqual({ none: 2 })
  expect(desk.batchViews.detail(batchId).history.map(({ act }) => act)).toContain('batch.decided-not-held')
  await desk.submission.submit(everything, silentTask)
  expect(desk.deliveries()).toEqual({ accepted: 2 })
  // It was handed in after all: the platform knows the revisions, so there is no second effect.
  expect(await refusedWith(apply(desk, await answerTo(platform, file)))).toBe('package.given-back')
  expect(effectKeys(platform).sort()).toEqual(ids.map((id) => `${id}/1`).sort())
  expect(await refusedWith(desk.decisions.decide({ ...word, decision: 'not-held' }))).toBe(
    'batch.nothing-open',
  )
})

test('late rejections, notices and standards come by file as they come by wire', async () => {
  const { desk, platform } = await startPair()
  const [first, second] = desk.addLicences(1, 2)
  await apply(desk, await answerTo(platform, await give(desk)))
  await platform.control('/late-reject', { recordId: first, code: '1007' })
  await platform.control('/request-correction', { recordId: second })
  await platform.control('/publish-standard', { from: '2027-01-01' })
  desk.addLicences(3, 1)
  const { pull } = await apply(desk, await answerTo(platform, await give(desk)))
  expect(pull).toMatchObject({ rejected: 1, corrections: 1, standards: 1 })
  expect(desk.delivery(first!)).toBe('revoked')
  expect(desk.inbox.list().notices.map(({ kind }) => kind)).toContain('correction.requested')
})

test('a batch that the platform refuses as a whole stops with its reason, and can be taken back', async () => {
  let isEarly = false
  const clock = { now: () => (isEarly ? '2001-12-31T00:00:00.000Z' : runningClock.now()) }
  const { desk, platform } = await startPair({ clock })
  desk.addLicences(1, 1)
  const file = await give(desk)
  // A platform at which the standard is not in force yet.
  isEarly = true
  const { batches } = await apply(desk, await answerTo(platform, file))
  expect(batches).toMatchObject([{ state: 'stopped', lastFailure: 'platform.standard-refused' }])
  const word = {
    batchId: batches[0]!.batchId,
    recordIds: null,
    decision: 'not-held',
    reason: '标准尚未施行',
  } as const
  expect(await desk.decisions.decide(word)).toEqual({ decided: 1, released: 1 })
  expect(desk.deliveries()).toEqual({ none: 1 })
})

test('without the platform’s key nothing can be encrypted for it', async () => {
  const desk = openDesk(await newDeskFolder())
  desk.addLicences(1, 1)
  expect(await refusedWith(desk.packages.write(everything, out(desk)))).toBe('package.no-key')
  expect(desk.deliveries()).toEqual({ none: 1 })
})

test('the files that were given out and brought back are listed with what became of them', async () => {
  const { desk, platform } = await startPair()
  desk.addLicences(1, 2)
  const first = await give(desk)
  expect(desk.packageViews.list()).toMatchObject({
    isOffered: true,
    packages: [{ state: 'waiting', sha256: sha256Hex(first), bytes: first.length, batches: [{ items: 2 }] }],
    answers: [],
  })
  const copy = join(desk.folder, 'copy.zip')
  const { packageId } = desk.packageViews.list().packages[0]!
  expect(await desk.packageViews.rewrite(packageId, copy)).toEqual({ bytes: first.length })
  expect(readFileSync(copy).equals(first)).toBe(true)
  expect(await refusedWith(desk.packageViews.rewrite('nobody', copy))).toBe('package.not-found')
  await refusedWith(apply(desk, Buffer.from('no package')))
  await apply(desk, await answerTo(platform, first))
  desk.addLicences(3, 1)
  await give(desk)
  const [carried] = desk.batchViews.open()
  expect(desk.decisions.undecided(carried!.batchId)).toEqual({ kind: 'package', total: 1, records: [] })
  const word = { batchId: carried!.batchId, recordIds: null, decision: 'not-held', reason: '没有交' } as const
  await desk.decisions.decide(word)
  expect(desk.decisions.undecided(carried!.batchId).kind).toBe('none')
  const { packages, answers } = desk.packageViews.list()
  expect(packages.map(({ state }) => state)).toEqual(['back', 'answered'])
  expect(answers.map(({ problem, answerNo }) => [problem, answerNo]).sort()).toEqual([
    [null, 1],
    ['package.malformed', null],
  ])
})

import { expect, onTestFinished, test } from 'vitest'
import { IndependentPlatform } from '@test/fixtures/independent-platform/independent-platform'
import { testBureau } from '@test/fixtures/invented-subjects'
import { everything, newDeskFolder, openDesk, runningClock, task } from './exchange-fixture'

/** A desk at the platform that was written from the text of the protocol alone. */
async function startSecond() {
  const platform = new IndependentPlatform({ ...testBureau }, () => Date.parse(runningClock.now()))
  await platform.start()
  onTestFinished(() => platform.stop())
  const desk = openDesk(await newDeskFolder())
  platform.desks.push({ clientId: 'desk-1', publicKey: desk.connection.view().deskPublicKey })
  const platformPublicKey = platform.keys.publicKey
  await desk.connection.save({ platformUrl: platform.url, clientId: 'desk-1', platformPublicKey })
  return { platform, desk }
}

test('notices of a second platform are answered by its rules, once it can be reached', async () => {
  const { platform, desk } = await startSecond()
  const [id] = desk.addLicences(1, 1)
  await desk.submission.submit(everything, task)
  const platformRef = desk.records.find(id!)!.platformRef!
  platform.feed.post('correction.requested', { noticeId: 'N1', recordId: id, platformRef, text: '请核对' })
  platform.feed.post('takedown.ordered', { noticeId: 'N2', platformRef, basis: '期满', dueOn: '2026-03-09' })
  await desk.feedback.pull(task)
  platform.faults.plan('answer', 'lost')
  desk.disputes.answer({ noticeId: 'N1', answer: 'disputed', reason: '与决定书一致', evidence: ['决定书'] })
  await desk.feedback.pull(task)
  desk.database.prepare('UPDATE notice_answer SET next_try_at = NULL').run()
  desk.editing.changeOperation({ recordId: id!, op: 'takeDown', changes: {}, reason: '公示期满' })
  await desk.submission.submit(everything, task)
  expect(platform.answers).toMatchObject([
    { noticeId: 'N1', answer: 'disputed' },
    { noticeId: 'N1', answer: 'disputed', reason: '与决定书一致（附材料：决定书）' },
    { noticeId: 'N2', answer: 'corrected', recordId: id, revision: 2 },
  ])
  expect(platform.violations).toEqual([])
})

test('what a second platform lost is found, whatever members it adds to its lists', async () => {
  const { platform, desk } = await startSecond()
  const ids = desk.addLicences(1, 40)
  await desk.submission.submit(everything, task)
  expect(await desk.reconciliation.run(task)).toMatchObject({ items: 40, lost: 0, differing: 0, surplus: 0 })
  const [batch] = [...platform.book.batches.values()]
  const lost = new Set([ids[3], ids[30]])
  batch!.rows = batch!.rows.filter(({ recordId }) => !lost.has(recordId))
  for (const [no, items] of batch!.parts)
    batch!.parts.set(
      no,
      items.filter(({ recordId }) => !lost.has(recordId)),
    )
  const run = await desk.reconciliation.run(task)
  expect(run).toMatchObject({ lost: 2, differing: 0, surplus: 0 })
  expect(new Set(run.findings.map(({ row }) => row?.recordId))).toEqual(lost)
  expect(platform.violations).toEqual([])
})

test('the same matter with another content is a conflict that such a platform leaves half open', async () => {
  const { platform, desk } = await startSecond()
  const [id] = desk.addLicences(1, 1)
  const { naturalKey } = desk.records.find(id!)!
  platform.book.ledger.push({
    ...{
      recordId: 'elsewhere',
      revision: 1,
      op: 'create',
      naturalKey: naturalKey!,
      platformRef: 'P2-000000',
    },
    ...{ sha256: '0'.repeat(64), payload: {} },
  })
  const run = await desk.submission.submit(everything, task)
  expect(run.batches).toMatchObject([{ counts: { duplicate: 1 } }])
  expect(await desk.conflicts.view(id!)).toMatchObject({
    ...{ platformRef: 'P2-000000', fields: null, mayCorrect: false, failureCode: null },
  })
  expect(platform.violations).toEqual([])
})

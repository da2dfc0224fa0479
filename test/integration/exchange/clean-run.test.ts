import { expect, test } from 'vitest'
import { effectKeys, everything, startPair, task } from './exchange-fixture'

test('what is ready is sealed, sent, settled by a verified receipt, and published', async () => {
  const { platform, desk } = await startPair()
  const ids = desk.addLicences(1, 7)
  const steps: string[] = []
  const run = await desk.submission.submit(everything, { ...task, progress: (step) => void steps.push(step) })
  expect(run.failure).toBeNull()
  expect(run.notSent).toEqual([])
  expect(run.batches).toMatchObject([
    {
      state: 'settled',
      items: 7,
      counts: { accepted: 7, rejected: 0, unknown: 0 },
      receiptVerified: true,
      label: '20260302-1',
    },
  ])
  expect(run.batches[0]!.receiptNo).toMatch(/^R/)
  expect(effectKeys(platform).sort()).toEqual(ids.map((id) => `${id}/1`).sort())
  for (const id of ids) {
    expect(desk.records.find(id)).toMatchObject({
      delivery: 'accepted',
      editorial: 'sealed',
      acceptedRevision: 1,
    })
    expect(desk.records.find(id)?.firstReceivedAt).toBe(run.batches[0]!.receivedAt)
  }
  expect([...new Set(steps)]).toEqual([
    'sealing',
    'opening',
    'sending',
    'processing',
    'fetching',
    'verifying',
    'applying',
  ])
  expect(desk.audit.firstBroken()).toBeNull()

  const pulled = await desk.feedback.pull(task)
  expect(pulled).toMatchObject({ events: 7, rejected: 0 })
  expect(
    desk.database.prepare("SELECT count(*) FROM record WHERE publicity = 'published'").pluck().get(),
  ).toBe(7)
})

test('nothing to send is an empty result, and what stays is named with its reason', async () => {
  const { desk } = await startPair()
  expect(await desk.submission.submit(everything, task)).toEqual({ batches: [], notSent: [], failure: null })
  const blocked = desk.editing.create('XZXK_FR', { XK_WSH: '萍示管许〔2026〕9号' })
  const run = await desk.submission.submit(everything, task)
  expect(run.batches).toEqual([])
  expect(run.notSent).toMatchObject([{ recordId: blocked, reason: 'blocked' }])
})

test('a batch is cut into parts and batches by the limits that the platform told', async () => {
  const { platform, desk } = await startPair()
  desk.addLicences(100, 23)
  await desk.connection.refresh()
  const told = desk.settings.get<{ limits: object }>('capabilities')!
  desk.store.write(() =>
    desk.settings.set('capabilities', {
      ...told,
      limits: { ...told.limits, maxPartItems: 3, maxBatchItems: 10 },
    }),
  )
  const { batchIds } = desk.sealing.seal({ ...everything, label: '三月' })
  expect(
    batchIds
      .map((id) => desk.batchViews.detail(id))
      .map(({ label, items, partCount }) => [label, items, partCount]),
  ).toEqual([
    ['三月', 10, 4],
    ['三月-2', 10, 4],
    ['三月-3', 3, 1],
  ])
  const run = await desk.submission.resume(task)
  expect(run.batches.map((batch) => batch.counts.accepted)).toEqual([10, 10, 3])
  expect(new Set(effectKeys(platform)).size).toBe(23)
})

test('a sealed batch of which nothing has left goes back to the clerk', async () => {
  const { desk } = await startPair()
  const [id] = desk.addLicences(1, 1)
  const { batchIds } = desk.sealing.seal(everything)
  expect(desk.delivery(id!)).toBe('sealed')
  expect(desk.sealing.unseal(batchIds[0]!)).toBe(true)
  expect(desk.records.find(id!)).toMatchObject({ delivery: 'none', editorial: 'checked' })
  const run = await desk.submission.submit(everything, task)
  expect(run.batches[0]!.counts.accepted).toBe(1)
  expect(desk.sealing.unseal(run.batches[0]!.batchId)).toBe(false)
})

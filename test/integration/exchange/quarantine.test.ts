import { expect, test } from 'vitest'
import { startChaosProxy } from './chaos-proxy'
import {
  connect,
  effectKeys,
  everything,
  newDeskFolder,
  openDesk,
  startPlatform,
  task,
} from './exchange-fixture'

/** A platform that refuses one record by name for as long as `isPoisonous`, whatever batch it comes in. */
async function startPoisoned(status: number) {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder())
  await connect(desk, platform, proxy.url)
  const ids = desk.addLicences(1, 5)
  const poison = { recordId: ids[2]!, isOn: true }
  const numberOf = desk.database
    .prepare<[string, string], number>(
      'SELECT item_no FROM batch_item WHERE batch_id = ? AND record_id = ? AND revision = 1',
    )
    .pluck()
  proxy.decide(({ path }) => {
    const [, batchId] = /batches\/([^/]+)\/parts/.exec(path) ?? []
    const itemNo = batchId === undefined ? undefined : numberOf.get(batchId, poison.recordId)
    if (itemNo === undefined || !poison.isOn) return 'pass'
    const error = { code: 'item_invalid', message: 'no', details: { itemNo, member: 'payload' } }
    const headers = { 'content-type': 'application/json' }
    return { answer: { status, headers, body: JSON.stringify({ error }) } }
  })
  return { platform, desk, ids, poison }
}

test.each([400, 413, 422])(
  'a record refused with %d three times is set aside, and the others go on',
  async (status) => {
    const { platform, desk, ids, poison } = await startPoisoned(status)
    const run = await desk.submission.submit(everything, task)
    expect(run.failure).toBeNull()
    expect(run.batches).toMatchObject([{ state: 'settled', items: 4, counts: { accepted: 4 } }])
    expect(run.notSent).toMatchObject([{ recordId: poison.recordId, reason: 'quarantined' }])
    expect(desk.records.find(poison.recordId)).toMatchObject({
      delivery: 'quarantined',
      headlineCode: 'platform.not-taken',
    })
    expect(desk.inbox.list().quarantined).toMatchObject([
      {
        row: { recordId: poison.recordId },
        cause: { code: 'platform.refused', params: { detail: `${status} item_invalid` } },
        batch: { label: run.batches[0]!.label.replace(/-2$/, '') },
      },
    ])
    expect(desk.inbox.list().total).toBe(1)
    expect(effectKeys(platform).sort()).toEqual(
      ids
        .filter((id) => id !== poison.recordId)
        .map((id) => `${id}/1`)
        .sort(),
    )
    expect(desk.batchViews.open()).toEqual([])
    expect(desk.audit.firstBroken()).toBeNull()
    // It waits for a person: nothing sends it again by itself, and nobody edits it unawares.
    expect((await desk.submission.submit(everything, task)).batches).toEqual([])
    expect(() => desk.editing.save(poison.recordId, 1, { BZ: '改' })).toThrow('record.not-editable')
  },
)

test('a record in quarantine is changed, and its new revision is accepted', async () => {
  const { platform, desk, poison } = await startPoisoned(422)
  await desk.submission.submit(everything, task)
  expect(desk.quarantine.repair([poison.recordId, 'nobody'])).toBe(1)
  expect(desk.inbox.list()).toMatchObject({
    quarantined: [],
    groups: [{ code: 'platform.not-taken', count: 1 }],
  })
  desk.editing.save(poison.recordId, 1, { BZ: '已精简' })
  const run = await desk.submission.submit(everything, task)
  expect(run.batches).toMatchObject([{ counts: { accepted: 1 } }])
  expect(desk.records.revision(poison.recordId, 2)).toMatchObject({ inReplyTo: 1, delivery: 'accepted' })
  expect(effectKeys(platform)).toContain(`${poison.recordId}/2`)
  expect(effectKeys(platform)).not.toContain(`${poison.recordId}/1`)
})

test('a record let go again travels as the same revision', async () => {
  const { platform, desk, poison } = await startPoisoned(422)
  await desk.submission.submit(everything, task)
  poison.isOn = false
  expect(desk.quarantine.release([poison.recordId])).toBe(1)
  expect(desk.quarantine.release([poison.recordId])).toBe(0)
  expect(desk.records.find(poison.recordId)).toMatchObject({ delivery: 'none', editorial: 'checked' })
  expect((await desk.submission.submit(everything, task)).batches).toMatchObject([
    { counts: { accepted: 1 } },
  ])
  expect(effectKeys(platform)).toContain(`${poison.recordId}/1`)
  expect(desk.inbox.list().total).toBe(0)
})

test('a record that is refused again after it was let go is set aside again', async () => {
  const { desk, poison } = await startPoisoned(422)
  await desk.submission.submit(everything, task)
  desk.quarantine.release([poison.recordId])
  const run = await desk.submission.submit(everything, task)
  expect(run.notSent).toMatchObject([{ recordId: poison.recordId, reason: 'quarantined' }])
  expect(desk.inbox.list().quarantined).toHaveLength(1)
  expect(desk.batchViews.open()).toEqual([])
})

import { expect, test } from 'vitest'
import { startChaosProxy } from './chaos-proxy'
import { connect, everything, newDeskFolder, openDesk, startPlatform, task } from './exchange-fixture'

/** A desk with two accepted records, and a feed that says what the test says. */
async function startTold(
  events: (records: readonly { recordId: string; ref: string | null }[]) => unknown[],
) {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder())
  await connect(desk, platform, proxy.url)
  const ids = desk.addLicences(1, 2)
  await desk.submission.submit(everything, task)
  await desk.feedback.pull(task)
  const tell = (): string => {
    const records = ids.map((recordId) => ({ recordId, ref: desk.records.find(recordId)!.platformRef }))
    const told = events(records).map((event, at) => ({
      eventId: `told-${at}`,
      seq: 9_000 + at,
      ...(event as object),
    }))
    return JSON.stringify({
      events: told,
      cursor: 'told',
      highWater: '2026-03-02T01:00:00.000Z',
      resyncRequired: false,
    })
  }
  proxy.decide(({ path }) => (path.includes('/feed') ? { replace: tell } : 'pass'))
  const publicity = (recordId: string): unknown =>
    desk.database.prepare('SELECT publicity FROM record WHERE record_id = ?').pluck().get(recordId)
  return { desk, ids, publicity }
}

test('a reference that a platform gave to several records names none of them', async () => {
  const { desk, ids, publicity } = await startTold(([first]) => [
    { type: 'takedown.ordered', body: { noticeId: 't', platformRef: first!.ref, basis: '', dueOn: null } },
    { type: 'record.takenDown', body: { platformRef: first!.ref, on: '2026-03-02' } },
  ])
  const first = desk.records.find(ids[0]!)
  desk.database.prepare('UPDATE record SET platform_ref = ?').run(first!.platformRef)
  const before = ids.map(publicity)
  await desk.feedback.pull(task)
  expect(ids.map(publicity)).toEqual(before)
  // What it orders is kept for a person, about no record.
  expect(desk.inbox.list().notices).toContainEqual(
    expect.objectContaining({ kind: 'takedown.ordered', recordId: null }) as unknown,
  )
})

test('a day that no calendar has is not believed', async () => {
  const { desk, ids, publicity } = await startTold(([first]) => [
    { type: 'record.takenDown', body: { platformRef: first!.ref, on: '2026-13-45' } },
    {
      type: 'repair.decided',
      body: { noticeId: 'r', platformRef: first!.ref, decision: 'granted', effect: 'mark', on: 'soon' },
    },
    {
      type: 'takedown.ordered',
      body: { noticeId: 't', platformRef: first!.ref, basis: '', dueOn: '2026-02-30' },
    },
  ])
  const before = ids.map(publicity)
  await desk.feedback.pull(task)
  expect(ids.map(publicity)).toEqual(before)
  expect(desk.inbox.list().notices.map(({ kind, dueOn }) => [kind, dueOn])).toEqual(
    expect.arrayContaining([
      ['unreadable', null],
      ['unreadable', null],
      ['unreadable', null],
    ]) as unknown,
  )
})

test('a notice under a reference that was replaced reaches its record and changes nothing by itself', async () => {
  let earlier: string | null = null
  const { desk, ids, publicity } = await startTold(() => [
    { type: 'takedown.ordered', body: { noticeId: 't', platformRef: earlier, basis: '', dueOn: null } },
    { type: 'record.takenDown', body: { platformRef: earlier, on: '2026-03-02' } },
  ])
  const id = ids[0]!
  earlier = desk.records.find(id)!.platformRef
  expect(publicity(id)).toBe('published')
  desk.editing.changeOperation({ recordId: id, op: 'withdraw', changes: {}, reason: '错报' })
  await desk.submission.submit(everything, task)
  desk.editing.save(id, 2, { BZ: '重新作出决定' })
  await desk.submission.submit(everything, task)
  expect(publicity(id)).toBe('none')
  await desk.feedback.pull(task)
  expect(publicity(id)).toBe('none')
  expect(desk.inbox.list().notices).toContainEqual(
    expect.objectContaining({ kind: 'takedown.ordered', recordId: id }) as unknown,
  )
})

test('an event whose place in the order is beyond every number is applied like any other', async () => {
  const { desk, ids } = await startTold((records) =>
    records.map(({ recordId, ref }, at) => ({
      // Written out as 12345678901234567000 and 1e+300.
      seq: [12_345_678_901_234_567_000, 1e300][at],
      ...{ type: 'item.rejected', body: { recordId, revision: 1, platformRef: ref, errors: [] } },
    })),
  )
  expect(await desk.feedback.pull(task)).toMatchObject({ events: 2, rejected: 2 })
  expect(ids.map((id) => desk.delivery(id))).toEqual(['revoked', 'revoked'])
})

test('an open notice takes over what the platform says later; another matter under its id is kept apart', async () => {
  const asked = (record: { recordId: string; ref: string | null }, dueOn: string, text: string) => ({
    type: 'correction.requested',
    body: { noticeId: 'c', recordId: record.recordId, platformRef: record.ref, fields: [], dueOn, text },
  })
  const outage = (to: string) => ({
    type: 'outage.announced',
    body: { outageId: 'o', from: '2026-03-03T00:00:00Z', to, extendsDeadlines: true, text: to },
  })
  const { desk, ids } = await startTold(([first, second]) => [
    asked(first!, '2026-03-20', 'x'),
    asked(first!, '2026-03-09', 'y'),
    asked(first!, '2026-03-09', 'y'),
    asked(second!, '2026-03-10', 'z'),
    outage('2026-03-03T12:00:00Z'),
    outage('2026-03-04T12:00:00Z'),
  ])
  await desk.feedback.pull(task)
  const { notices } = desk.inbox.list()
  const of = (kind: string) => notices.filter((notice) => notice.kind === kind)
  expect(of('correction.requested')).toMatchObject([{ recordId: ids[0], dueOn: '2026-03-09', text: 'y' }])
  expect(of('unmatched')).toHaveLength(1)
  expect(of('outage.announced').map(({ text }) => text)).toEqual([expect.stringContaining('2026-03-04')])
  // What was only repeated is no news.
  expect(desk.audit.recent(['notice.received'], 20)).toHaveLength(5)
})

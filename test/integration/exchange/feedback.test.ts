import { expect, test } from 'vitest'
import { inventedUscc } from '@test/fixtures/invented-subjects'
import { platformSentence } from '@shared/texts/zh-CN/platform-codes'
import { licencePayload } from '@test/integration/practice/invented-items'
import { startChaosProxy } from './chaos-proxy'
import {
  connect,
  effectKeys,
  everything,
  newDeskFolder,
  openDesk,
  startPair,
  startPlatform,
  task,
} from './exchange-fixture'

test('strict: refused records come back to the inbox, are corrected, and are accepted as revision 2', async () => {
  const { platform, desk } = await startPair({ scenario: 'strict', seed: 7 })
  const ids = desk.addLicences(1, 60)
  const run = await desk.submission.submit(everything, task)
  const { accepted, rejected } = run.batches[0]!.counts
  expect(accepted + rejected).toBe(60)
  expect(rejected).toBeGreaterThan(0)
  const refused = ids.filter((id) => desk.delivery(id) === 'rejected')
  expect(refused).toHaveLength(rejected)

  const inbox = desk.inbox.list()
  expect(desk.inbox.count().total).toBe(inbox.total)
  expect(inbox.total).toBe(rejected)
  for (const group of inbox.groups) {
    expect(group.code).toMatch(/^platform\.\d{4}$/)
    expect(group.meaning.length).toBeGreaterThan(8)
    expect(group.serverText).not.toBeNull()
    expect(group.rows).toHaveLength(group.count)
    expect(group.earliestDueOn).toMatch(/^2026-03-/)
  }
  for (const id of refused) {
    expect(desk.records.find(id)).toMatchObject({ editorial: 'draft', acceptedRevision: null, openIssues: 1 })
    expect(desk.records.find(id)?.headlineCode).toMatch(/^platform\./)
    const told = desk.records.issues(id, 1).find((issue) => issue.source === 'platform')!
    expect(desk.records.find(id)?.headlineField).toBe(told.field)
  }
  const { batchId } = run.batches[0]!
  for (const item of desk.batchViews.items(batchId, 'rejected', 0, 100).rows) {
    const [issue] = item.issues.filter((one) => one.source === 'platform')
    expect(issue).toMatchObject({
      message: platformSentence(issue!.code),
      serverText: expect.any(String) as string,
    })
  }
  const again = await desk.submission.submit(everything, task)
  expect(again.batches).toEqual([])
  expect(again.notSent.every((one) => one.reason === 'rejected')).toBe(true)

  for (const id of refused) desk.editing.save(id, 1, { BZ: '已核对' })
  expect(desk.forecast.forecast(null).likelyRejected.length).toBeGreaterThan(0)
  const second = await desk.submission.submit(everything, task)
  expect(second.batches).toMatchObject([{ counts: { accepted: rejected } }])
  expect(desk.records.revision(refused[0]!, 2)).toMatchObject({
    inReplyTo: 1,
    delivery: 'accepted',
    op: 'create',
  })
  expect(desk.records.revision(refused[0]!, 1)).toMatchObject({ delivery: 'rejected' })
  expect(new Set(effectKeys(platform)).size).toBe(60)
  expect(desk.inbox.list().total).toBe(0)
})

test('a late rejection revokes the accepted revision and reopens the record', async () => {
  const { platform, desk } = await startPair()
  const [id, other] = desk.addLicences(1, 2)
  await desk.submission.submit(everything, task)
  await desk.feedback.pull(task)
  await platform.control('/late-reject', { recordId: id, code: '1003', field: 'XK_FRDB', value: null })
  const pulled = await desk.feedback.pull(task)
  // It came in time once: no day presses any more.
  expect(desk.inbox.list().groups).toMatchObject([{ count: 1, earliestDueOn: null }])
  expect(pulled).toMatchObject({ events: 1, rejected: 1 })
  expect(desk.records.find(id!)).toMatchObject({
    delivery: 'revoked',
    editorial: 'draft',
    acceptedRevision: null,
  })
  expect(desk.delivery(other!)).toBe('accepted')
  expect(desk.inbox.list().groups).toMatchObject([
    { code: 'platform.1003', field: 'XK_FRDB', fieldLabel: '法定代表人', count: 1 },
  ])
  desk.editing.save(id!, 1, { XK_FRDB: '李示例' })
  expect((await desk.submission.submit(everything, task)).batches).toMatchObject([
    { counts: { accepted: 1 } },
  ])
  expect(effectKeys(platform)).toContain(`${id}/2`)
  expect((await desk.feedback.pull(task)).rejected).toBe(0)
})

test('a correction notice and a take-down order wait in the inbox until they are answered', async () => {
  const { platform, desk } = await startPair()
  const [id, second] = desk.addLicences(1, 2)
  await desk.submission.submit(everything, task)
  await platform.control('/request-correction', { recordId: id, dueOn: '2026-03-09' })
  await platform.control('/order-take-down', { recordId: second, dueOn: '2026-03-06' })
  expect(await desk.feedback.pull(task)).toMatchObject({ corrections: 1, takedowns: 1 })
  expect(desk.inbox.list().notices).toMatchObject([
    { kind: 'takedown.ordered', recordId: second, dueOn: '2026-03-06', state: 'open' },
    { kind: 'correction.requested', recordId: id, dueOn: '2026-03-09', state: 'open' },
  ])
  desk.editing.changeOperation({
    recordId: id!,
    op: 'correct',
    changes: { XK_NR: '准予从事食品经营（更正）' },
    reason: null,
  })
  desk.editing.changeOperation({ recordId: second!, op: 'takeDown', changes: {}, reason: '决定已撤销' })
  const run = await desk.submission.submit(everything, task)
  expect(run.batches).toMatchObject([{ counts: { accepted: 2 } }])
  expect(desk.inbox.list().notices).toEqual([])
  await desk.feedback.pull(task)
  expect(desk.database.prepare('SELECT publicity FROM record WHERE record_id = ?').pluck().get(second)).toBe(
    'taken_down',
  )
})

test("R14 events repeated, for others' records, of later versions or malformed never do harm", async () => {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder())
  await connect(desk, platform, proxy.url)
  const [id] = desk.addLicences(1, 1)
  await desk.submission.submit(everything, task)
  await desk.feedback.pull(task)
  const reference = desk.records.find(id!)!.platformRef
  const event = (eventId: string, type: string, body: unknown) => ({
    eventId,
    seq: 9_000,
    type,
    at: '2026-03-02T00:00:00Z',
    body,
  })
  const events = [
    event('h1', 'item.rejected', { recordId: id, revision: 1, platformRef: 'WRONG', errors: [] }),
    event('h2', 'item.rejected', { recordId: 'not-ours', revision: 1, platformRef: reference, errors: [] }),
    event('h3', 'item.rejected', { recordId: id, revision: 7, platformRef: reference, errors: [] }),
    event('h4', 'item.rejected', { recordId: id, revision: 'one' }),
    event('h5', 'moon.landed', { text: '<script>alert(1)</script>' }),
    event('h6', 'record.published', { platformRef: 'NOT-OURS', from: '2026-03-02', to: null }),
    { eventId: 5 },
    'junk',
    null,
    event('h7', 'notice.posted', { noticeId: 'n1', title: '<b>', text: 'x'.repeat(1_000_000) }),
  ]
  const page = {
    events: [...events, ...events],
    cursor: 'c',
    highWater: '2026-03-02T00:00:00Z',
    resyncRequired: false,
  }
  proxy.decide(({ path }) =>
    path.includes('/feed')
      ? {
          answer: {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(page),
          },
        }
      : 'pass',
  )
  const first = await desk.feedback.pull(task)
  expect(first).toMatchObject({ events: 7, rejected: 0 })
  expect(await desk.feedback.pull(task)).toMatchObject({ events: 0 })
  expect(desk.records.find(id!)).toMatchObject({ delivery: 'accepted', editorial: 'sealed' })
  const { notices } = desk.inbox.list()
  expect(notices.filter((notice) => notice.kind === 'unreadable')).toHaveLength(4)
  expect(notices.filter((notice) => notice.kind === 'unmatched')).toHaveLength(4)
  expect(notices.find((notice) => notice.noticeId === 'n1')?.text).toHaveLength(2_000)
})

test('a resync reads everything again and changes nothing that was done since', async () => {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder())
  await connect(desk, platform, proxy.url)
  const [id] = desk.addLicences(1, 1)
  await desk.submission.submit(everything, task)
  await platform.control('/late-reject', { recordId: id, code: '1003', field: 'XK_FRDB', value: null })
  await desk.feedback.pull(task)
  desk.editing.save(id!, 1, { XK_FRDB: '王示例' })
  let resyncs = 0
  const resync = JSON.stringify({
    events: [],
    cursor: '',
    highWater: '2026-03-02T00:00:00Z',
    resyncRequired: true,
  })
  proxy.decide(({ path }) =>
    path.includes('/feed') && resyncs++ === 0
      ? { answer: { status: 200, headers: { 'content-type': 'application/json' }, body: resync } }
      : 'pass',
  )
  expect(await desk.feedback.pull(task)).toMatchObject({ events: 0, rejected: 0 })
  expect(desk.records.find(id!)).toMatchObject({ headRevision: 2, delivery: 'none', editorial: 'checked' })
})

test('the same matter under another record: equal content is adopted, other content is for a person', async () => {
  const platform = await startPlatform()
  const first = openDesk(await newDeskFolder())
  await connect(first, platform)
  first.addLicences(1, 2)
  await first.submission.submit(everything, task)
  const references = first.database.prepare('SELECT platform_ref FROM record ORDER BY doc_no').pluck().all()
  const second = openDesk(await newDeskFolder())
  await connect(second, platform)
  const same = second.editing.create('XZXK_FR', licencePayload(1))
  const differs = second.editing.create('XZXK_FR', { ...licencePayload(2), XK_NR: '准予从事餐饮服务' })
  const run = await second.submission.submit(everything, task)
  expect(run.batches).toMatchObject([{ counts: { accepted: 1, duplicate: 1 } }])
  expect(second.records.find(same)).toMatchObject({ delivery: 'accepted', platformRef: references[0] })
  expect(second.records.find(differs)).toMatchObject({
    delivery: 'duplicate',
    headlineCode: 'platform.duplicate',
  })
  expect(second.inbox.list()).toMatchObject({ groups: [], conflicts: [{ recordId: differs }], total: 1 })
  expect(effectKeys(platform)).toHaveLength(2)
})

test('one fix for a whole group of refusals', async () => {
  const { desk } = await startPair()
  const good = desk.addLicences(1, 1)
  const code = inventedUscc(999)
  expect(desk.editing.applyFixToMany(good, 'XK_XDR_SHXYM', code)).toEqual({ changed: 1, failed: 0 })
})

test('a feed that goes in a circle is read once around', async () => {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder())
  await connect(desk, platform, proxy.url)
  const asked: string[] = []
  proxy.decide(({ path }) => {
    if (!path.includes('/feed')) return 'pass'
    const at = new URLSearchParams(path.slice(path.indexOf('?'))).get('cursor') ?? ''
    asked.push(at)
    const next = at === 'a' ? 'b' : at === 'b' ? 'c' : 'a'
    const body = { noticeId: `n-${next}`, title: 'x', text: 'y' }
    const page = {
      events: [{ eventId: next, seq: 1, type: 'notice.posted', at: '2026-03-02T00:00:00Z', body }],
      ...{ cursor: next, highWater: '2026-03-02T00:00:00Z' },
    }
    const headers = { 'content-type': 'application/json' }
    return { answer: { status: 200, headers, body: JSON.stringify(page) } }
  })
  expect(await desk.feedback.pull(task)).toMatchObject({ events: 3 })
  expect(asked).toEqual(['', 'a', 'b', 'c'])
})

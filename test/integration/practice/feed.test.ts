import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FeedEvent, FeedPage } from '@shared/domain/exchange'
import { licenceItem, licencePayload, nextRevision } from './invented-items'
import { startHarness } from './practice-harness'
import type { PracticeHarness } from './practice-harness'
import { codeOf } from './signed-client'
import type { SignedClient } from './signed-client'

let harness: PracticeHarness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(async () => {
  expect(harness.defects).toEqual([])
  await harness.end()
})

const page = async (cursor: string, limit = 200, client: SignedClient = harness.client): Promise<FeedPage> =>
  (await client.get(`/feed?cursor=${encodeURIComponent(cursor)}&limit=${limit}`)).json as FeedPage

const everything = async (client?: SignedClient): Promise<FeedEvent[]> => {
  const events: FeedEvent[] = []
  for (
    let next = await page('', 500, client);
    next.events.length > 0;
    next = await page(next.cursor, 500, client)
  ) {
    events.push(...next.events)
  }
  return events
}
const lastOf = async (type: string): Promise<FeedEvent> =>
  (await everything()).filter((event) => event.type === type).at(-1)!

describe('the feed', () => {
  it('tells of publication in order, page by page, and rests at the end', async () => {
    const results = await harness.client.submit(
      [1, 2, 3, 4, 5].map((number) => licenceItem(number, number)),
      uuidv7(),
    )
    const first = await page('', 2)
    expect(first.events.map((event) => event.type)).toEqual(['record.published', 'record.published'])
    expect(first.highWater).toBe(first.events[1]!.at)
    const second = await page(first.cursor, 2)
    const third = await page(second.cursor, 2)
    const events = [...first.events, ...second.events, ...third.events]
    expect(events.map((event) => event.body['platformRef'])).toEqual(
      results.map((result) => result.platformRef),
    )
    expect(events.map((event) => event.body)).toEqual(
      results.map(({ platformRef }) => ({ platformRef, from: '2026-03-02', to: null })),
    )
    expect(events.map((event) => event.seq)).toEqual(
      [...events.map((event) => event.seq)].sort((a, b) => a - b),
    )
    expect(new Set(events.map((event) => event.eventId)).size).toBe(5)
    harness.clock.forward(30)
    const end = await page(third.cursor)
    expect(end).toEqual({
      events: [],
      cursor: third.cursor,
      highWater: harness.clock.now(),
      resyncRequired: false,
    })
    expect(await page(first.cursor, 2)).toMatchObject({ events: second.events, cursor: second.cursor })
  })

  it('asks for a resync after a cursor that is not its own', async () => {
    const { cursor } = await page('')
    const elsewhere = await startHarness()
    const foreign = await page('', 1, elsewhere.client)
    await elsewhere.end()
    const beyond = Buffer.from(
      Buffer.from(cursor, 'base64url').toString().replace(/\d+$/, '999999'),
    ).toString('base64url')
    for (const bad of [foreign.cursor, beyond, 'nonsense', '%00']) {
      expect(await page(bad)).toMatchObject({ events: [], cursor: '', resyncRequired: true })
    }
    await harness.restart()
    expect(await page(cursor)).toMatchObject({ resyncRequired: false })
  })

  it('is that of the own bureau and of announcements to all', async () => {
    const { client } = await harness.secondDesk('11360300014500059T')
    await harness.control('/events', {
      type: 'notice.posted',
      body: { noticeId: 'N-all', title: '通知', text: '全体' },
    })
    await harness.control('/events', {
      type: 'notice.posted',
      bureau: harness.desk.bureau.code,
      body: { noticeId: 'N-own', title: '通知', text: '本单位' },
    })
    expect((await everything(client)).map((event) => event.body['noticeId'])).toEqual(['N-all'])
    expect((await everything()).slice(-2).map((event) => event.body['noticeId'])).toEqual(['N-all', 'N-own'])
    expect((await client.post('/notices/N-own/answer', { answer: 'disputed' })).status).toBe(404)
    expect((await client.post('/notices/N-all/answer', { answer: 'disputed' })).status).toBe(200)
    expect((await harness.control('/events', { type: 'nothing.known', body: {} })).status).toBe(400)
  })

  it('shows what follows from a batch only when that batch is done', async () => {
    await harness.restart({ settleDelayMs: 0 })
    const seen: string[] = []
    const batchId = uuidv7()
    const { client } = harness
    const items = Array.from({ length: 2_500 }, (_, index) => licenceItem(10_000 + index, index + 1))
    const submitted = client.submit(items, batchId)
    let cursor = (await page('')).cursor
    let isDone = false
    void submitted.then(() => (isDone = true))
    while (!isDone) {
      const next = await page(cursor, 500)
      if (next.events.length > 0) {
        expect(await client.state(batchId)).toMatchObject({ state: 'done' })
        seen.push(...next.events.map((event) => event.eventId))
      }
      cursor = next.cursor
    }
    for (let next = await page(cursor, 500); next.events.length > 0; next = await page(next.cursor, 500)) {
      seen.push(...next.events.map((event) => event.eventId))
    }
    expect(seen).toHaveLength(2_500)
    expect(new Set(seen).size).toBe(2_500)
  })
})

describe('after acceptance', () => {
  it('a late rejection revokes, and the next revision is accepted under either operation', async () => {
    for (const op of ['create', 'correct'] as const) {
      const item = licenceItem(op === 'create' ? 20 : 21)
      const [accepted] = await harness.client.submit([item], uuidv7())
      const { platformRef } = accepted!
      const control = await harness.control('/late-reject', { recordId: item.recordId })
      expect(control).toEqual({ status: 200, json: { recordId: item.recordId, revision: 1, platformRef } })
      expect((await lastOf('item.rejected')).body).toEqual({
        recordId: item.recordId,
        revision: 1,
        platformRef,
        errors: [
          {
            code: '1001',
            field: 'XK_XDR_MC',
            value: item.payload['XK_XDR_MC'],
            message: expect.stringMatching(/\p{Script=Han}/u) as string,
            severity: 'error',
          },
        ],
      })
      expect((await harness.control('/late-reject', { recordId: item.recordId })).status).toBe(404)
      const next = nextRevision(item, op, op === 'create' ? null : platformRef, {
        payload: { ...item.payload, XK_NR: '核实后的内容' },
        inReplyTo: 1,
      })
      expect((await harness.client.submit([next], uuidv7()))[0]).toMatchObject({ outcome: 'accepted' })
    }
  })

  it('a late rejection can be given its code, field and words', async () => {
    const item = licenceItem(22)
    await harness.client.submit([item], uuidv7())
    const words = { code: '1008', field: 'XK_NR', value: '旧值', message: '请补充' }
    await harness.control('/late-reject', { recordId: item.recordId, ...words })
    expect((await lastOf('item.rejected')).body['errors']).toEqual([{ ...words, severity: 'error' }])
    expect((await harness.control('/late-reject', { recordId: uuidv7() })).status).toBe(404)
  })

  it('a correction is requested and answered, each answer once', async () => {
    const item = licenceItem(23)
    const [accepted] = await harness.client.submit([item], uuidv7())
    const { json } = await harness.control('/request-correction', { recordId: item.recordId })
    const { noticeId } = json as { noticeId: string }
    expect((await lastOf('correction.requested')).body).toEqual({
      noticeId,
      recordId: item.recordId,
      platformRef: accepted!.platformRef,
      fields: [
        { field: 'XK_XDR_MC', value: item.payload['XK_XDR_MC'], message: expect.any(String) as string },
      ],
      dueOn: '2026-03-09',
      text: expect.any(String) as string,
    })
    const answer = { answer: 'corrected', recordId: item.recordId, revision: 2, reason: null }
    const first = await harness.client.post(`/notices/${noticeId}/answer`, answer)
    expect([first.status, first.json]).toEqual([
      200,
      { noticeId, answer: 'corrected', receivedAt: harness.clock.now() },
    ])
    harness.clock.forward(60)
    expect((await harness.client.post(`/notices/${noticeId}/answer`, answer)).json).toEqual(first.json)
    const wrong = await harness.client.post(`/notices/${noticeId}/answer`, { ...answer, answer: 'perhaps' })
    expect([wrong.status, codeOf(wrong)]).toEqual([400, 'malformed_request'])
    const unknown = await harness.client.post('/notices/N-none/answer', answer)
    expect([unknown.status, codeOf(unknown)]).toEqual([404, 'not_found'])
  })

  it('a take-down is ordered, and obeying it is told', async () => {
    const item = licenceItem(24)
    const [accepted] = await harness.client.submit([item], uuidv7())
    const { platformRef } = accepted!
    const { json } = await harness.control('/order-take-down', {
      recordId: item.recordId,
      dueOn: '2026-03-05',
    })
    expect((await lastOf('takedown.ordered')).body).toEqual({
      noticeId: (json as { noticeId: string }).noticeId,
      platformRef,
      basis: expect.any(String) as string,
      dueOn: '2026-03-05',
    })
    await harness.client.submit([nextRevision(item, 'takeDown', platformRef)], uuidv7())
    expect((await lastOf('record.takenDown')).body).toEqual({ platformRef, on: '2026-03-02' })
  })

  it('the corrections scenario does all three to some records, once in the life of each', async () => {
    const scripted = await startHarness({ scenario: 'corrections' })
    const items = Array.from({ length: 400 }, (_, index) => licenceItem(index + 1, index + 1))
    const results = await scripted.client.submit(items, uuidv7())
    expect(results.every((result) => result.outcome === 'accepted')).toBe(true)
    const events = async () => everything(scripted.client)
    const first = (await page('', 500, scripted.client)).events
    for (const type of ['item.rejected', 'correction.requested', 'takedown.ordered']) {
      const count = first.filter((event) => event.type === type).length
      expect(count).toBeGreaterThan(0)
      expect(count).toBeLessThan(40)
    }
    const revoked = first
      .filter((event) => event.type === 'item.rejected')
      .map((event) => event.body['recordId'])
    const next = items
      .filter((item) => revoked.includes(item.recordId))
      .map((item, index) =>
        nextRevision(item, 'create', null, {
          itemNo: index + 1,
          payload: { ...licencePayload(items.indexOf(item) + 1), BZ: '已核实' },
        }),
      )
    expect(
      (await scripted.client.submit(next, uuidv7())).every((result) => result.outcome === 'accepted'),
    ).toBe(true)
    const after = (await events()).filter((event) => event.type === 'item.rejected')
    expect(after.length).toBe(revoked.length)
    await scripted.end()
  })
})

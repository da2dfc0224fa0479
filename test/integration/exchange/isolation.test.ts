import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { startChaosProxy } from './chaos-proxy'
import type { Answer, SeenRequest } from './chaos-proxy'
import {
  connect,
  effectKeys,
  everything,
  httpWithParts,
  newDeskFolder,
  openDesk,
  startPlatform,
  task,
} from './exchange-fixture'
import type { Desk } from './exchange-fixture'

interface Hostile {
  /** Records whose content the platform does not take, without ever saying so. */
  readonly poisons: Set<string>
  readonly step: 'part' | 'close'
  readonly answer: Answer
}

const json = { 'content-type': 'application/json' }
const refusal = (status: number): Answer => ({
  status,
  headers: json,
  body: JSON.stringify({ error: { code: 'content_refused', message: 'no', details: {} } }),
})
/** What a gateway in front of the platform says, which knows nothing of batches. */
const tooLarge: Answer = { status: 413, headers: { 'content-type': 'text/html' }, body: '<h1>413</h1>' }

async function startHostile(
  count: number,
  poisoned: readonly number[],
  hostile: Partial<Hostile> = {},
  perPart = 500,
) {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder(), { transportFactory: httpWithParts(perPart) })
  await connect(desk, platform, proxy.url)
  const ids = desk.addLicences(1, count)
  const poisons = new Set(poisoned.map((index) => ids[index]!))
  const { step = 'part', answer = refusal(422) } = hostile
  const batchOf = (path: string): string => /batches\/([^/]+)/.exec(path)?.[1] ?? ''
  const isPoisoned = ({ method, path, body }: SeenRequest): boolean => {
    if (step === 'part' && method === 'PUT' && path.includes('/parts/')) {
      const text = gunzipSync(body).toString()
      return [...poisons].some((id) => text.includes(id))
    }
    return path.endsWith('/close') && step === 'close'
      ? desk.batches.recordIds(batchOf(path)).some((id) => poisons.has(id))
      : false
  }
  proxy.decide((request) => (isPoisoned(request) ? { answer } : 'pass'))
  return { platform, proxy, desk, ids, poisons }
}

/** Records that are in more than one batch that may still be sent or was. */
const inTwoLiveBatches = (desk: Desk) =>
  desk.database
    .prepare(
      `SELECT record_id FROM batch_item JOIN batch USING (batch_id) WHERE state <> 'unsealed'
       GROUP BY record_id, revision HAVING count(*) > 1`,
    )
    .all()
const quarantined = (desk: Desk) =>
  desk.inbox
    .list()
    .quarantined.map(({ row }) => row.recordId)
    .sort()

test.each([
  ['400', { answer: refusal(400) }],
  ['422', { answer: refusal(422) }],
  ['413 of a gateway', { answer: tooLarge }],
  ['422 only at the close', { answer: refusal(422), step: 'close' as const }],
])('one item that is refused unnamed is found, and the rest goes on: %s', async (_name, hostile) => {
  const { platform, desk, ids, poisons } = await startHostile(13, [8], hostile)
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toBeNull()
  expect(quarantined(desk)).toEqual([...poisons])
  expect(run.notSent).toMatchObject([{ recordId: ids[8], reason: 'quarantined' }])
  expect(run.batches.every(({ state }) => state === 'settled')).toBe(true)
  const others = ids.filter((id) => !poisons.has(id))
  expect(effectKeys(platform).sort()).toEqual(others.map((id) => `${id}/1`).sort())
  expect(desk.deliveries()).toEqual({ accepted: 12, quarantined: 1 })
  expect(inTwoLiveBatches(desk)).toEqual([])
  expect(desk.batchViews.open()).toEqual([])
  expect(desk.audit.firstBroken()).toBeNull()
})

test('a part is searched, not the batch: what is in other parts goes in one piece', async () => {
  const { platform, proxy, desk, ids, poisons } = await startHostile(12, [5], {}, 4)
  const run = await desk.submission.submit(everything, task)
  expect(quarantined(desk)).toEqual([...poisons])
  expect(effectKeys(platform)).toHaveLength(11)
  expect(Math.max(...run.batches.map(({ items }) => items))).toBe(8)
  // Three refusals of the part, one for each half, three of the item alone.
  const refused = proxy.seen.filter(
    ({ path, body }) => path.includes('/parts/') && gunzipSync(body).toString().includes(ids[5]!),
  )
  expect(refused.length).toBe(3 + 1 + 3)
  expect(run.batches.map(({ label }) => label).every((label) => /^\d{8}-1-\d+$/.test(label))).toBe(true)
})

test('several items are found, each by itself', async () => {
  const { platform, desk, poisons } = await startHostile(24, [0, 1, 13, 23])
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toBeNull()
  expect(quarantined(desk)).toEqual([...poisons].sort())
  expect(effectKeys(platform)).toHaveLength(20)
  expect(inTwoLiveBatches(desk)).toEqual([])
})

test('no batch that was taken apart is ever closed or sent again', async () => {
  const { proxy, desk } = await startHostile(9, [2])
  await desk.submission.submit(everything, task)
  const ended = desk.batchViews.page(null, 100).rows.filter(({ state }) => state === 'unsealed')
  expect(ended.length).toBeGreaterThan(2)
  for (const { batchId } of ended)
    expect(proxy.seen.some(({ path }) => path.endsWith(`${batchId}/close`))).toBe(false)
  const before = proxy.seen.length
  await desk.submission.resume(task)
  const after = proxy.seen.slice(before).map(({ path }) => path)
  expect(ended.filter(({ batchId }) => after.some((path) => path.includes(batchId)))).toEqual([])
})

test('a platform that refuses everything is not given the desk record by record', async () => {
  const { platform, desk, poisons } = await startHostile(12, [])
  for (const { recordId } of desk.database
    .prepare<[], { recordId: string }>('SELECT record_id AS recordId FROM record')
    .all())
    poisons.add(recordId)
  const run = await desk.submission.submit(everything, task)
  expect(run.failure).toMatchObject({ code: 'platform.refused' })
  expect(quarantined(desk)).toHaveLength(3)
  expect(run.batches.filter(({ state }) => state === 'stopped').length).toBe(9)
  expect(effectKeys(platform)).toEqual([])
  expect(inTwoLiveBatches(desk)).toEqual([])
  // Put right at the platform, all of it goes on.
  poisons.clear()
  await desk.submission.resume(task)
  expect(desk.deliveries()).toEqual({ accepted: 9, quarantined: 3 })
})

test('a search that was cut off goes on with the batches that it had made', async () => {
  const { platform, desk, poisons, ids } = await startHostile(16, [11])
  const abort = new AbortController()
  let steps = 0
  const progress = (step: string): void => {
    if (step === 'sending' && ++steps === 12) abort.abort()
  }
  await desk.submission.submit(everything, { signal: abort.signal, progress }).catch(() => null)
  expect(quarantined(desk)).toEqual([])
  const run = await desk.submission.resume(task)
  expect(run.failure).toBeNull()
  await desk.submission.submit(everything, task)
  expect(quarantined(desk)).toEqual([...poisons])
  expect(effectKeys(platform).sort()).toEqual(
    ids
      .filter((id) => !poisons.has(id))
      .map((id) => `${id}/1`)
      .sort(),
  )
  expect(inTwoLiveBatches(desk)).toEqual([])
})

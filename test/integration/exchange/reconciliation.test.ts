import { expect, test } from 'vitest'
import type { Clock } from '@shared/kernel/clock'
import { licencePayload } from '@test/integration/practice/invented-items'
import { startChaosProxy } from './chaos-proxy'
import {
  connect,
  effectKeys,
  everything,
  newDeskFolder,
  openDesk,
  runningClock,
  startPlatform,
  task,
} from './exchange-fixture'

async function startSettled(count: number) {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  let aheadMs = 0
  const clock: Clock = { now: () => new Date(Date.parse(runningClock.now()) + aheadMs).toISOString() }
  const desk = openDesk(await newDeskFolder(), { clock })
  await connect(desk, platform, proxy.url)
  const ids = desk.addLicences(1, count)
  await desk.submission.submit(everything, task)
  await desk.feedback.pull(task)
  return { platform, proxy, desk, ids, passMs: (ms: number) => void (aheadMs += ms) }
}

test('what both hold alike is said out loud, with its numbers', async () => {
  const { desk, passMs } = await startSettled(30)
  desk.addLicences(100, 5)
  await desk.submission.submit(everything, task)
  expect(desk.reconciliation.latest()).toBeNull()
  expect(desk.reconciliation.isDue()).toBe(true)
  const run = await desk.reconciliation.run(task)
  expect(run).toMatchObject({ batches: 2, items: 35, lost: 0, differing: 0, surplus: 0, findings: [] })
  expect(run.finishedAt).not.toBeNull()
  expect(desk.reconciliation.isDue()).toBe(false)
  passMs(86_400_000)
  expect(desk.reconciliation.isDue()).toBe(true)
})

test('every record that the platform lost is found, and sent anew by a person', async () => {
  const { platform, desk, ids } = await startSettled(200)
  const lost = ids.filter((_, index) => index % 100 === 7)
  await platform.control('/forget', { recordIds: lost })
  const run = await desk.reconciliation.run(task)
  expect(run).toMatchObject({ lost: 2, differing: 0, surplus: 0, open: 2 })
  expect(run.findings.map((finding) => finding.row!.recordId).sort()).toEqual([...lost].sort())
  expect(desk.audit.recent(['reconciliation.found'], 1)).toMatchObject([{ body: { lost: 2 } }])
  // Nothing is sent on a finding alone.
  expect((await desk.submission.submit(everything, task)).batches).toEqual([])
  const findingNos = run.findings.map(({ findingNo }) => findingNo)
  expect(await desk.reconciliation.resend(run.runId, findingNos, task.signal)).toEqual({
    ...{ resent: 2, found: 0 },
  })
  expect((await desk.submission.submit(everything, task)).batches).toMatchObject([
    { counts: { accepted: 2 } },
  ])
  for (const id of lost) {
    expect(desk.records.revision(id, 1)).toMatchObject({ delivery: 'revoked' })
    expect(desk.records.find(id)).toMatchObject({ acceptedRevision: 2, delivery: 'accepted' })
  }
  expect(new Set(effectKeys(platform)).size).toBe(202)
  expect(await desk.reconciliation.run(task)).toMatchObject({ lost: 0, differing: 0, surplus: 0 })
  expect(desk.audit.firstBroken()).toBeNull()
})

test('what the platform has after all is not sent anew', async () => {
  const { proxy, desk, ids } = await startSettled(3)
  const without = (body: Buffer): string => {
    const json = JSON.parse(body.toString()) as {
      found?: { recordId: string }[]
      items?: { recordId: string }[]
    }
    for (const list of [json.found, json.items])
      list?.splice(0, list.length, ...list.filter(({ recordId }) => recordId !== ids[0]))
    return JSON.stringify(json)
  }
  proxy.decide(({ path }) => (/lookup|items/.test(path) ? { replace: without } : 'pass'))
  const run = await desk.reconciliation.run(task)
  expect(run).toMatchObject({ lost: 1, findings: [{ kind: 'lost', mayResend: true }] })
  proxy.decide(() => 'pass')
  const { findingNo } = run.findings[0]!
  expect(await desk.reconciliation.resend(run.runId, [findingNo], task.signal)).toEqual({
    ...{ resent: 0, found: 1 },
  })
  expect(desk.records.find(ids[0]!)).toMatchObject({ delivery: 'accepted', headRevision: 1 })
  expect(desk.reconciliation.latest()).toMatchObject({ open: 0 })
  await expect(desk.reconciliation.resend(run.runId, [findingNo], task.signal)).rejects.toThrow(
    'reconciliation.nothing',
  )
})

test('a batch that the platform denies as a whole is lost item by item', async () => {
  const { platform, proxy, desk, ids } = await startSettled(4)
  await platform.control('/forget', { recordIds: ids })
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ error: { code: 'not_found', message: '', details: {} } })
  proxy.decide(({ method, path }) =>
    method === 'GET' && /batches\/[^/]+$/.test(path) ? { answer: { status: 404, headers, body } } : 'pass',
  )
  expect(await desk.reconciliation.run(task)).toMatchObject({ lost: 4, open: 4 })
})

test('another verdict, another content and what we never sent are told apart', async () => {
  const { proxy, desk, ids } = await startSettled(4)
  const altered = (body: Buffer): string =>
    body
      .toString()
      .replace(/("itemNo":1,.*?"platformRef":")[^"]*/, '$1PX-OTHER')
      .replace(new RegExp(`"recordId":"${ids[3]}"`), '"recordId":"01990000-0000-7000-8000-000000000000"')
  const otherContent = (body: Buffer): string =>
    altered(body).replace(/("itemNo":2,.*?"sha256":")[0-9a-f]{64}/, `$1${'0'.repeat(64)}`)
  proxy.decide(({ path }) =>
    path.includes('/items?')
      ? { replace: altered }
      : path.includes('lookup?batchId')
        ? { replace: otherContent }
        : 'pass',
  )
  const run = await desk.reconciliation.run(task)
  const kinds = run.findings.map(({ kind, itemNo }) => `${kind} ${itemNo}`).sort()
  // The fourth record is listed under another id: ours is there when it is looked up by its content, theirs is not ours.
  expect(kinds).toEqual(['differs 1', 'differs 2', 'surplus 4'])
  expect(run.findings.find(({ kind }) => kind === 'surplus')).toMatchObject({ row: null, mayResend: false })
  const noted = desk.reconciliation.note(run.runId, run.findings[0]!.findingNo, '已请平台核对')
  expect(noted).toMatchObject({ open: 2, findings: { length: 3 } })
  expect(noted.findings.at(-1)).toMatchObject({ resolution: '已请平台核对' })
})

test('late rejections that were applied are no difference', async () => {
  const { platform, proxy, desk, ids } = await startSettled(3)
  await platform.control('/late-reject', { recordId: ids[1], code: '1003', field: 'XK_FRDB', value: null })
  await desk.feedback.pull(task)
  const rejected = (body: Buffer): string => {
    const json = JSON.parse(body.toString()) as { items: { recordId: string; outcome: string }[] }
    for (const item of json.items) if (item.recordId === ids[1]) item.outcome = 'rejected'
    return JSON.stringify(json)
  }
  proxy.decide(({ path }) => (path.includes('/items?') ? { replace: rejected } : 'pass'))
  expect(await desk.reconciliation.run(task)).toMatchObject({ lost: 0, differing: 0, surplus: 0 })
})

test('a line that fails ends the run, which keeps what it found and is made again', async () => {
  const { platform, proxy, desk, ids } = await startSettled(3)
  desk.editing.create('XZXK_FR', licencePayload(50))
  await desk.submission.submit(everything, task)
  await platform.control('/forget', { recordIds: [ids[0]] })
  let batches = 0
  proxy.decide(({ method, path }) =>
    method === 'GET' && /batches\/[^/]+$/.test(path) && ++batches > 1 ? 'reset-before' : 'pass',
  )
  await expect(desk.reconciliation.run(task)).rejects.toMatchObject({
    failure: { code: 'transport.offline' },
  })
  expect(desk.reconciliation.latest()).toMatchObject({
    ...{ finishedAt: null, lost: 1, batches: 1, failure: { code: 'transport.offline' } },
  })
  expect(desk.reconciliation.isDue()).toBe(true)
  proxy.decide(() => 'pass')
  expect(await desk.reconciliation.run(task)).toMatchObject({ lost: 1, batches: 2 })
})

test.each([
  ['says the same again and again', (page: { items: unknown[] }) => page.items],
  ['says nothing more', () => []],
])('a list without an end that %s ends the run', async (_, itemsOf) => {
  const { desk, proxy } = await startSettled(3)
  let next = 0
  proxy.decide(({ path }) =>
    path.includes('/items')
      ? {
          replace: (body: Buffer) => {
            const page = JSON.parse(body.toString()) as { items: unknown[] }
            return JSON.stringify({ items: itemsOf(page), next: ++next })
          },
        }
      : 'pass',
  )
  await expect(desk.reconciliation.run(task)).rejects.toMatchObject({
    failure: { code: 'transport.protocol', params: { detail: 'items' } },
  })
  proxy.decide(() => 'pass')
  expect(await desk.reconciliation.run(task)).toMatchObject({ lost: 0, differing: 0, surplus: 0 })
})

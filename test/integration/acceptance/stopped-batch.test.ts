import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { startChaosProxy } from '@test/integration/exchange/chaos-proxy'
import { goodTable, workbookBytes } from './bad-files'
import { makeIndependentDesk, reckon, scratchFolder } from './desk-under-test'
import type { SubmitJson } from './desk-under-test'
import { expectRefusal } from './plain-refusal'

const scratch = scratchFolder('stopped')
afterAll(() => scratch.remove())

const rows = 3
const conflict = {
  status: 409,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error: { code: 'manifest_conflict', message: '', details: {} } }),
}

it('a batch that no repetition mends is spoken of until it is given back, and what is asked until it is done', async () => {
  const made = await makeIndependentDesk(scratch.path)
  const { desk, platform } = made
  const proxy = await startChaosProxy(platform.url)
  const file = join(scratch.path, '好.xlsx')
  writeFileSync(file, workbookBytes('xlsx', goodTable(rows)))
  await desk.import(file, 'XZXK_FR')
  const words = ['connect', '--platform', proxy.url, '--client-id', 'px-0001', '--platform-key']
  expect((await desk.run(...words, made.platformKeyFile)).code).toBe(0)
  proxy.decide(({ method, path }) =>
    method === 'PUT' && /batches\/[^/]+$/.test(path) ? { answer: conflict } : 'pass',
  )

  const sent = await desk.run('submit')
  expect(sent.code).toBe(3)
  const { batchId } = (sent.json as SubmitJson).batches[0]!
  const resumed = await desk.run('resume')
  expect(resumed.code, resumed.stdout).toBe(3)
  expect(resumed.json).toMatchObject({ batches: [{ batchId, items: rows, accepted: 0 }] })
  const day = await desk.run('daily')
  expect(day.code, day.stdout).toBe(3)
  expect(day.json).toMatchObject({ submit: { batches: [{ batchId }] }, waiting: { count: 0 } })

  proxy.decide(() => 'pass')
  expectRefusal(await desk.run('release', '01a209b1-1ff6-7c3d-9180-bec0fd877b61'), 3)
  const released = await desk.run('release', batchId)
  expect([released.code, released.json]).toEqual([0, { released: rows }])
  expect((await desk.run('submit')).json).toMatchObject({ batches: [{ accepted: rows }], notSent: [] })
  expect(await reckon(made)).toMatchObject({ violations: [], redelivered: [], ledgerLines: rows })

  const { recordId } = platform.book.ledger[0]!
  const asked = { noticeId: 'n-1', recordId, fields: [], dueOn: '2026-11-20', text: '请更正许可内容' }
  platform.feed.post('correction.requested', asked)
  platform.feed.post('notice.posted', { noticeId: 'n-2', title: '通知', text: '例行维护' })
  expect((await desk.run('pull')).code).toBe(1)
  const later = await desk.run('daily')
  expect(later.code, later.stdout).toBe(1)
  expect(later.json).toMatchObject({
    pull: { events: 0 },
    waiting: { count: 1, earliestDueOn: '2026-11-20' },
  })
  await platform.stop()
})

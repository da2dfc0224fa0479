import { expect, test } from 'vitest'
import { licencePayload } from '@test/integration/practice/invented-items'
import { startChaosProxy } from './chaos-proxy'
import { connect, everything, newDeskFolder, openDesk, startPlatform, task } from './exchange-fixture'

const HELD = '准予从事食品经营'
const OURS = '准予从事餐饮服务'

/** Two desks of one bureau that send the same matter with different words; the second one is in conflict. */
async function startConflict() {
  const platform = await startPlatform()
  const first = openDesk(await newDeskFolder())
  await connect(first, platform)
  const [held] = first.addLicences(1, 1)
  await first.submission.submit(everything, task)
  const platformRef = first.records.find(held!)!.platformRef!
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder())
  await connect(desk, platform, proxy.url)
  const id = desk.editing.create('XZXK_FR', { ...licencePayload(1), XK_NR: OURS })
  await desk.submission.submit(everything, task)
  return { platform, proxy, desk, id, platformRef }
}

test('both sides are shown field by field', async () => {
  const { desk, id, platformRef } = await startConflict()
  const view = await desk.conflicts.view(id)
  expect(view).toMatchObject({ platformRef, heldRecordId: null, mayCorrect: true, failureCode: null })
  const differing = view.fields!.filter((field) => !field.isSame)
  expect(differing).toMatchObject([{ field: 'XK_NR', ours: OURS, theirs: HELD }])
  expect(view.fields!.length).toBeGreaterThan(5)
})

test('a platform that does not say what it holds, or cannot be asked, leaves that side open', async () => {
  const { proxy, desk, id, platformRef } = await startConflict()
  proxy.decide(({ path }) =>
    path.includes('/lookup')
      ? {
          replace: (body: Buffer) => body.toString().replace(/,"payload":\{[^}]*\}/g, ',"payload":{"odd":1}'),
        }
      : 'pass',
  )
  expect(await desk.conflicts.view(id)).toMatchObject({ platformRef, fields: null, mayCorrect: true })
  proxy.decide(() => 'reset-before')
  expect(await desk.conflicts.view(id)).toMatchObject({
    ...{ platformRef, fields: null, mayCorrect: false, failureCode: 'transport.offline' },
  })
  await expect(desk.conflicts.resolve(id, 'correctPlatform', '以本机为准', [])).rejects.toThrow(
    'transport.offline',
  )
  expect(desk.inbox.list().conflicts).toHaveLength(1)
  expect(desk.inbox.count().total).toBe(desk.inbox.list().total)
})

test('the platform is right: this record is put away, with the reason', async () => {
  const { desk, id } = await startConflict()
  await desk.conflicts.resolve(id, 'keepPlatform', '另一台电脑已报', [])
  expect(desk.records.find(id)).toMatchObject({ editorial: 'discarded', delivery: 'duplicate' })
  expect(desk.inbox.list()).toMatchObject({ conflicts: [], total: 0 })
  expect(desk.audit.ofRef(id, 1)).toMatchObject([
    { act: 'conflict.resolved', body: { decision: 'keepPlatform', reason: '另一台电脑已报' } },
  ])
  await expect(desk.conflicts.resolve(id, 'keepPlatform', '再次', [])).rejects.toThrow('conflict.nothing')
})

test('this record is right: it travels as a correction of what the platform holds', async () => {
  const { platform, desk, id, platformRef } = await startConflict()
  await desk.conflicts.resolve(id, 'correctPlatform', '以原件为准', [])
  expect(desk.records.find(id)).toMatchObject({ op: 'correct', platformRef, delivery: 'none' })
  expect((await desk.submission.submit(everything, task)).batches).toMatchObject([
    { counts: { accepted: 1 } },
  ])
  expect(desk.records.find(id)).toMatchObject({ acceptedRevision: 2, platformRef })
  expect(platform.ledger().map(({ op, platformRef: ref }) => `${op} ${ref}`)).toEqual([
    `create ${platformRef}`,
    `correct ${platformRef}`,
  ])
})

test('a record of another bureau cannot be corrected, only disputed', async () => {
  const { proxy, desk, id } = await startConflict()
  const headers = { 'content-type': 'application/json' }
  proxy.decide(({ path }) =>
    path.includes('/lookup') ? { answer: { status: 200, headers, body: '{"found":[]}' } } : 'pass',
  )
  expect(await desk.conflicts.view(id)).toMatchObject({ fields: null, mayCorrect: false })
  await expect(desk.conflicts.resolve(id, 'correctPlatform', '以本机为准', [])).rejects.toThrow(
    'conflict.not-ours',
  )
  await desk.conflicts.resolve(id, 'dispute', '文书号属于本单位', ['决定书'])
  expect(desk.inbox.list()).toMatchObject({ conflicts: [], disputes: [{ row: { recordId: id } }] })
})

import { expect, test } from 'vitest'
import { penalty } from '@test/fixtures/invented-penalties'
import { codeOf, deskWith, openOn } from './publicity-desk'

const fine = penalty(1)
const closed = penalty(2, { CF_CFLB: '罚款;责令停产停业', CF_WSH: '萍示管罚〔2025〕2号' })
const food = penalty(3, { CF_WFXW: '违反食品安全管理规定' })

test('terms are counted from what was accepted, kept with their rule, and read off the calendar', async () => {
  const { desk, folder, ids } = await deskWith([fine, closed, food])
  const overview = await desk.call('publicity.overview', {})
  expect(overview.counts).toEqual({ due: 0, requested: 0, expiring: 0, shown: 3, repair: 0, gone: 0 })
  const page = await desk.call('publicity.page', { filter: 'shown', search: '', after: null, limit: 2 })
  expect(page).toMatchObject({ total: 3, rows: [{ standing: 'published', rule: '58号令' }, {}] })
  const rest = await desk.call('publicity.page', { filter: 'shown', search: '', after: page.next, limit: 2 })
  expect([...page.rows, ...rest.rows].map(({ recordId }) => recordId).sort()).toEqual([...ids].sort())
  expect(await desk.call('publicity.get', { recordId: ids[2]! })).toMatchObject({
    kinds: ['罚款'],
    endsOn: '2028-06-03',
    repairableFrom: '2026-06-04',
    publishedOn: '2026-03-02',
    term: { rule: { id: 'NDRC58' }, sector: '食品', minimumUntil: '2026-06-03', doubts: ['sector-guessed'] },
  })
  expect(
    (await desk.call('publicity.page', { filter: 'shown', search: '3号', after: null, limit: 9 })).total,
  ).toBe(1)
  await desk.close()

  const later = await openOn(folder, '2028-05-20T01:00:00.000Z')
  expect((await later.call('publicity.overview', {})).endsWithin).toEqual([
    { days: 60, count: 3 },
    { days: 30, count: 3 },
    { days: 7, count: 0 },
  ])
  await later.close()
  const last = await openOn(folder, '2028-06-03T15:59:00.000Z')
  expect((await last.call('publicity.overview', {})).counts).toMatchObject({ due: 0, expiring: 3 })
  await last.close()
  const after = await openOn(folder, '2028-06-03T16:00:00.000Z')
  expect((await after.call('publicity.overview', {})).counts).toMatchObject({ due: 3, expiring: 0 })
  expect(await after.call('publicity.get', { recordId: ids[0]! })).toMatchObject({ standing: 'takedown_due' })
})

test('a take-down stays a task until the platform says that it is gone', async () => {
  const { desk, ids } = await deskWith([fine, closed])
  const [id] = ids
  expect(await desk.call('publicity.takeDown', { recordIds: [id!], reason: '公示期满' })).toEqual({
    changed: 1,
    failed: 0,
  })
  expect((await desk.call('publicity.overview', {})).counts).toMatchObject({ requested: 1, shown: 2 })
  await desk.submit()
  expect(await desk.call('publicity.get', { recordId: id! })).toMatchObject({
    standing: 'takedown_requested',
    canRequest: false,
  })
  await desk.pull()
  expect(await desk.call('publicity.get', { recordId: id! })).toMatchObject({
    standing: 'taken_down',
    takenDownOn: '2026-03-02',
    confirmedBy: null,
  })
  expect((await desk.call('publicity.overview', {})).counts).toMatchObject({
    requested: 0,
    shown: 1,
    gone: 1,
  })
  const { timeline } = await desk.call('records.get', { recordId: id! })
  expect(timeline.map(({ act }) => act)).toContain('record.taken-down')
})

test('an order of the platform is due at once, and a person who looked at the page ends the task', async () => {
  const { desk, platform, ids } = await deskWith([fine])
  const recordId = ids[0]!
  await platform.control('/order-take-down', { recordId, dueOn: '2026-03-06' })
  await desk.pull()
  expect(await desk.call('publicity.get', { recordId })).toMatchObject({
    standing: 'takedown_due',
    orderedOn: '2026-03-02',
  })
  const confirm = (on: string) => desk.call('publicity.confirmGone', { recordId, on, note: '已查看公示页面' })
  expect(await codeOf(confirm('2026-03-03'))).toBe('publicity.outside-term')
  expect(await codeOf(confirm('2025-06-02'))).toBe('publicity.outside-term')
  expect(await confirm('2026-03-02')).toMatchObject({ standing: 'taken_down', confirmedBy: '经办员' })
})

test('a person may choose another rule, a weight or an earlier day, never a day beyond the maximum', async () => {
  const { desk, ids } = await deskWith([fine])
  const recordId = ids[0]!
  const none = { recordId, ruleId: null, severity: null, sector: null, endsOn: null, reason: '科室核定' }
  expect(await desk.call('publicity.choose', { ...none, ruleId: 'NDRC36' })).toMatchObject({
    endsOn: '2026-06-03',
    term: { rule: { id: 'NDRC36' }, chosen: { by: '经办员', reason: '科室核定' } },
  })
  expect(
    await desk.call('publicity.choose', { ...none, ruleId: 'NDRC36', severity: 'serious' }),
  ).toMatchObject({ endsOn: '2028-06-03' })
  expect(await desk.call('publicity.choose', { ...none, endsOn: '2027-01-31' })).toMatchObject({
    endsOn: '2027-01-31',
    offFrom: '2027-02-01',
    term: { endBasis: 'chosen' },
  })
  expect(await codeOf(desk.call('publicity.choose', { ...none, endsOn: '2028-06-04' }))).toBe(
    'publicity.outside-term',
  )
  expect(await codeOf(desk.call('publicity.choose', { ...none, ruleId: 'NDRC99' }))).toBe('publicity.no-rule')
  expect(await desk.call('publicity.choose', none)).toMatchObject({ endsOn: '2028-06-03' })
  // A correction of the content counts anew and keeps what was chosen.
  await desk.call('publicity.choose', { ...none, endsOn: '2027-01-31' })
  desk.engine.services.editing.changeOperation({
    ...{ recordId, op: 'correct', reason: null, changes: { CF_CFLB: '罚款;警告' } },
  })
  await desk.submit()
  expect(await desk.call('publicity.get', { recordId })).toMatchObject({
    kinds: ['罚款', '警告'],
    endsOn: '2027-01-31',
  })
})

test('a late rejection ends display, and acceptance begins it again', async () => {
  const { desk, platform, ids } = await deskWith([fine])
  const recordId = ids[0]!
  await platform.control('/late-reject', { recordId, code: '1003', field: 'CF_FRDB', value: null })
  await desk.pull()
  expect(await desk.call('publicity.get', { recordId })).toMatchObject({ standing: 'taken_down' })
  desk.engine.services.editing.save(recordId, 1, { CF_FRDB: '李示例' })
  await desk.submit()
  await desk.pull()
  expect(await desk.call('publicity.get', { recordId })).toMatchObject({
    standing: 'published',
    takenDownOn: null,
  })
})

test('what was never accepted has no display', async () => {
  const { desk } = await deskWith([])
  const recordId = desk.engine.services.editing.create('XZCF_FR', fine)
  expect(await codeOf(desk.call('publicity.get', { recordId }))).toBe('publicity.no-display')
  expect(await codeOf(desk.call('repair.open', { recordId }))).toBe('publicity.no-display')
  expect(await codeOf(desk.call('publicity.get', { recordId: 'nobody' }))).toBe('record.not-found')
  expect(await desk.call('publicity.takeDown', { recordIds: [recordId], reason: '误报' })).toEqual({
    changed: 0,
    failed: 1,
  })
})

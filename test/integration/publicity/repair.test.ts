import { expect, test } from 'vitest'
import { penalty } from '@test/fixtures/invented-penalties'
import { codeOf, deskWith, openOn } from './publicity-desk'
import type { PublicityDesk } from './publicity-desk'

const materials = ['commitment', 'authority', 'registration', 'performance', 'decision'] as const
const notNeeded = ['training', 'report'] as const

async function collectAll(desk: PublicityDesk, caseId: string): Promise<void> {
  for (const materialId of materials)
    await desk.call('repair.material', { caseId, materialId, state: 'received', note: '' })
  for (const materialId of notNeeded)
    await desk.call('repair.material', { caseId, materialId, state: 'not-needed', note: '规则没有要求' })
}

test('a case goes from material to approval, application, decision, and ends when the display is gone', async () => {
  const { desk, ids } = await deskWith([penalty(1)])
  const recordId = ids[0]!
  const opened = await desk.call('repair.open', { recordId })
  expect(opened).toMatchObject({
    state: 'collecting',
    earliestOn: '2025-09-04',
    missing: 7,
    isTooEarly: false,
  })
  const { caseId } = opened
  expect(await codeOf(desk.call('repair.open', { recordId }))).toBe('repair.already-open')
  const approve = () => desk.call('repair.approve', { caseId, by: '示例管理局', on: '2026-02-27' })
  const apply = (on: string) => desk.call('repair.apply', { caseId, on })
  expect(await codeOf(approve())).toBe('repair.materials-missing')
  expect(
    await codeOf(
      desk.call('repair.material', { caseId, materialId: 'report', state: 'not-needed', note: '' }),
    ),
  ).toBe('record.reason-required')
  await collectAll(desk, caseId)
  expect(await codeOf(apply('2026-03-02'))).toBe('repair.approval-missing')
  expect(await approve()).toMatchObject({ state: 'approved', missing: 0, approvedBy: '示例管理局' })

  // Taking a piece out voids the approval of the whole.
  await desk.call('repair.material', { caseId, materialId: 'decision', state: 'missing', note: '' })
  expect((await desk.call('repair.list', {}))[0]).toMatchObject({ state: 'collecting', approvedBy: null })
  await desk.call('repair.material', { caseId, materialId: 'decision', state: 'received', note: '' })
  await approve()

  expect(await codeOf(apply('2026-03-03'))).toBe('publicity.outside-term')
  // Ten working days from 2026-02-28, a make-up Saturday.
  expect(await apply('2026-02-28')).toMatchObject({ state: 'applied', decideBy: '2026-03-13' })
  expect((await desk.call('publicity.get', { recordId })).standing).toBe('repair_applied')
  expect(await codeOf(desk.call('repair.withdraw', { caseId: 'nobody', reason: '误建' }))).toBe(
    'repair.not-found',
  )

  expect(
    await desk.call('repair.decide', { caseId, decision: 'granted', on: '2026-03-02', note: '' }),
  ).toMatchObject({ state: 'granted', effect: 'takeDown', shareBy: '2026-03-05' })
  expect(await desk.call('publicity.get', { recordId })).toMatchObject({
    standing: 'takedown_requested',
    offFrom: '2026-03-02',
  })
  await desk.submit()
  await desk.pull()
  expect((await desk.call('publicity.get', { recordId })).standing).toBe('taken_down')
  expect(await desk.call('repair.list', {})).toEqual([])
  const { repairs } = await desk.call('publicity.get', { recordId })
  expect(repairs).toMatchObject([{ state: 'done' }])
  expect(await codeOf(desk.call('repair.open', { recordId }))).toBe('publicity.no-display')
  const acts = (await desk.call('reports.history', { recordId })).entries.map(({ act }) => act)
  expect(acts.filter((act) => act.startsWith('record.repair'))).toContain('record.repair-done')
})

test('nothing is handed in before the shortest display is over', async () => {
  const { desk, folder, ids } = await deskWith([penalty(1, { CF_JDRQ: '2026-01-20' })])
  const { caseId, earliestOn, isTooEarly } = await desk.call('repair.open', { recordId: ids[0]! })
  expect([earliestOn, isTooEarly]).toEqual(['2026-04-21', true])
  await collectAll(desk, caseId)
  await desk.call('repair.approve', { caseId, by: '示例管理局', on: '2026-03-02' })
  expect(await codeOf(desk.call('repair.apply', { caseId, on: '2026-03-02' }))).toBe('repair.too-early')
  await desk.close()
  const later = await openOn(folder, '2026-04-21T02:00:00.000Z')
  expect(await codeOf(later.call('repair.apply', { caseId, on: '2026-04-20' }))).toBe('repair.too-early')
  expect(await later.call('repair.apply', { caseId, on: '2026-04-21' })).toMatchObject({
    state: 'applied',
    decideBy: '2026-05-08',
    isLate: false,
  })
  await later.close()
  const late = await openOn(folder, '2026-05-09T02:00:00.000Z')
  expect(await late.call('repair.list', {})).toMatchObject([{ isLate: true }])
  expect(
    await late.call('repair.decide', { caseId, decision: 'refused', on: '2026-05-08', note: '未履行完毕' }),
  ).toMatchObject({ state: 'refused', shareBy: null, note: '未履行完毕' })
  expect(await codeOf(late.call('repair.withdraw', { caseId, reason: '误建' }))).toBe('repair.wrong-step')
})

test('under the city rule repair only marks, and serious matters of some fields are shut out', async () => {
  const old = { CF_JDRQ: '2018-09-03', CF_WSH: '萍示管罚〔2018〕1号' }
  const { desk, ids } = await deskWith([
    penalty(1, { ...old, CF_GSJZQ: '' }),
    penalty(2, {
      ...old,
      CF_CFLB: '罚款;责令停产停业',
      CF_SY: '超标排放，污染环境。',
      CF_WSH: '萍示管罚〔2018〕2号',
    }),
  ])
  expect(await codeOf(desk.call('repair.open', { recordId: ids[1]! }))).toBe('repair.excluded')
  const { caseId } = await desk.call('repair.open', { recordId: ids[0]! })
  await collectAll(desk, caseId)
  await desk.call('repair.approve', { caseId, by: '示例管理局', on: '2026-03-02' })
  await desk.call('repair.apply', { caseId, on: '2026-03-02' })
  const decided = await desk.call('repair.decide', {
    ...{ caseId, decision: 'granted', on: '2026-03-02', note: '' },
  })
  expect(decided).toMatchObject({ effect: 'mark' })
  await desk.submit()
  expect((await desk.call('publicity.get', { recordId: ids[0]! })).repairs).toMatchObject([{ state: 'done' }])
})

test('the letter tells the party what, until when and how, and asking for it is in the trail', async () => {
  const { desk, ids } = await deskWith([penalty(1)])
  const recordId = ids[0]!
  const letter = await desk.call('repair.letter', { recordId })
  expect(letter).toMatchObject({
    subjectName: '萍乡市示例第1贸易有限公司',
    decidedOn: '2025-06-03',
    endsOn: '2028-06-03',
    earliestOn: '2025-09-04',
    kinds: ['罚款'],
  })
  expect(letter.materials).toHaveLength(7)
  const { timeline } = await desk.call('records.get', { recordId })
  expect(timeline[0]).toMatchObject({ act: 'record.repair-letter' })
})

import { expect, test } from 'vitest'
import { penalty } from '@test/fixtures/invented-penalties'
import { licencePayload } from '@test/integration/practice/invented-items'
import { codeOf, deskWith, openOn } from './publicity-desk'

const document = '萍示复〔2026〕1号'

test('an annulled decision is taken back for every party of it, whatever its record has come to', async () => {
  const shared = { CF_WSH: '萍示管罚〔2025〕77号' }
  const { desk, folder, ids } = await deskWith([penalty(1, shared), penalty(2, shared), penalty(3)])
  const waiting = desk.engine.services.editing.create('XZCF_FR', penalty(4, shared))
  const previewed = await desk.call('decisions.preview', { recordId: ids[0]!, kind: 'annulled' })
  expect(previewed.map(({ recordId, answer }) => [recordId, answer])).toEqual([
    [ids[0], 'withdraw'],
    [ids[1], 'withdraw'],
    [waiting, 'discard'],
  ])
  const answers = previewed.map(({ recordId, answer }) => ({ recordId, answer }))
  const note = (decidedOn: string) =>
    desk.call('decisions.note', {
      ...{ recordId: ids[0]!, kind: 'annulled', document, decidedOn, reason: '主要证据不足', answers },
    })
  expect(await codeOf(note('2026-03-03'))).toBe('publicity.outside-term')
  const event = await note('2026-02-27')
  // The Saturday after it is a make-up working day.
  expect(event).toMatchObject({ dueOn: '2026-03-03', isLate: false })
  expect(event.records.map(({ state }) => state)).toEqual(['prepared', 'prepared', 'done'])
  expect((await desk.call('publicity.overview', {})).openEvents).toBe(1)
  expect(await desk.call('publicity.get', { recordId: ids[0]! })).toMatchObject({
    standing: 'takedown_requested',
    offFrom: '2026-02-27',
  })
  await desk.submit()
  await desk.pull()
  const [after] = await desk.call('decisions.list', {})
  expect(after!.records.every(({ state }) => state === 'done')).toBe(true)
  expect((await desk.call('publicity.overview', {})).counts).toMatchObject({ gone: 2, shown: 1 })
  const head = desk.engine.services.desk.dangerList(5).records
  expect(head.find(({ recordId }) => recordId === waiting)).toBeUndefined()
  await desk.close()
  const later = await openOn(folder, '2026-03-20T01:00:00.000Z')
  expect((await later.call('decisions.list', {}))[0]).toMatchObject({ isLate: false })
})

test('a revoked licence becomes invalid with a remark; an amended decision waits for its content', async () => {
  const { desk } = await deskWith([])
  const { editing } = desk.engine.services
  const [licence, other] = [
    editing.create('XZXK_FR', licencePayload(1)),
    editing.create('XZXK_FR', licencePayload(2)),
  ]
  await desk.submit()
  await desk.pull()
  const revoked = await desk.call('decisions.note', {
    ...{ recordId: licence, kind: 'revoked', document, decidedOn: '2026-02-27', reason: '以欺骗手段取得' },
    answers: [{ recordId: licence, answer: 'correct' }],
  })
  expect(revoked.records).toMatchObject([{ state: 'prepared', needsContent: false, sets: { XK_ZT: '2' } }])
  expect(await desk.call('records.get', { recordId: licence })).toMatchObject({
    op: 'correct',
    quality: 'clean',
    values: { XK_ZT: '2', BZ: `2026-02-27 ${document}撤销原决定：以欺骗手段取得` },
  })
  const amended = await desk.call('decisions.note', {
    ...{ recordId: other, kind: 'amended', document, decidedOn: '2026-02-27', reason: '经营范围有误' },
    answers: [{ recordId: other, answer: 'correct' }],
  })
  expect(amended.records).toMatchObject([{ state: 'open', needsContent: true }])
  editing.save(other, 1, { XK_NR: '准予从事餐饮服务' })
  expect((await desk.call('decisions.list', {}))[0]!.records).toMatchObject([{ state: 'prepared' }])
  await desk.submit()
  const all = await desk.call('decisions.list', {})
  expect(all.flatMap(({ records }) => records.map(({ state }) => state))).toEqual(['done', 'done'])
})

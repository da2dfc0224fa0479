import { expect, test } from 'vitest'
import type { AuditScope } from '@shared/contract/views/upkeep-views'
import { actText } from '@shared/texts/zh-CN/acts'
import { createRecordLookup } from '@engine/repos/record-lookup'
import { createAuditTrailService } from '@engine/services/audit-trail-service'
import { everything, startPair, task } from './exchange-fixture'

async function startTrail() {
  const { desk } = await startPair()
  const [id] = desk.addLicences(1, 3)
  await desk.submission.submit(everything, task)
  const trail = createAuditTrailService({ ...desk, lookup: createRecordLookup(desk.database) })
  const sentences = (scope: AuditScope): readonly string[] =>
    trail.page(scope, null, 100).rows.map(({ act, params }) => actText(act, params))
  return { desk, id: id!, trail, sentences }
}

test('the trail is read page by page, newest first, without a gap', async () => {
  const { trail } = await startTrail()
  const whole = trail.page('all', null, 500)
  expect(whole.next).toBeNull()
  expect(whole.rows.map(({ seq }) => seq)).toEqual(whole.rows.map((_, index) => whole.rows.length - index))
  const first = trail.page('all', null, 5)
  expect(first.next).toBe(first.rows.at(-1)!.seq)
  const second = trail.page('all', first.next, 500)
  expect([...first.rows, ...second.rows]).toEqual(whole.rows)
})

test('each act says what it is about, by the name that people know', async () => {
  const { trail, id, sentences } = await startTrail()
  const rows = trail.page('exchange', null, 100).rows
  const settled = rows.find(({ act }) => act === 'batch.settled')!
  expect(settled.about).toMatchObject({ kind: 'batch', name: settled.params['label'] })
  const accepted = trail.page('all', null, 100).rows.find(({ about }) => about?.id === id)!
  expect(accepted.about).toMatchObject({ kind: 'record' })
  expect(accepted.about!.name).toMatch(/号$/)
  expect(sentences('exchange').join()).toContain('已办结，3 件通过，0 件退回')
})

test('a scope holds its own acts and no others', async () => {
  const { desk, id, sentences } = await startTrail()
  desk.store.write(() =>
    desk.audit.append({
      at: '2026-11-16T01:00:00.000Z',
      actor: '经办员',
      act: 'record.revealed',
      ref: id,
      body: { reason: '核对' },
    }),
  )
  expect(sentences('personal')).toEqual(['查看个人信息：核对'])
  expect(sentences('records')).toContain('查看个人信息：核对')
  expect(sentences('desk').join()).not.toMatch(/批次|查看/)
})

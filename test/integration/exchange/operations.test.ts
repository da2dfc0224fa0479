import { expect, test } from 'vitest'
import { licencePayload } from '@test/integration/practice/invented-items'
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
import type { Desk, Platform } from './exchange-fixture'

async function startAccepted(count = 1) {
  const { platform, desk } = await startPair()
  const ids = desk.addLicences(1, count)
  await desk.submission.submit(everything, task)
  await desk.feedback.pull(task)
  return { platform, desk, ids, id: ids[0]! }
}

const publicity = (desk: Desk, id: string): unknown =>
  desk.database.prepare('SELECT publicity FROM record WHERE record_id = ?').pluck().get(id)

const operate = (desk: Desk, recordId: string, op: 'withdraw' | 'takeDown' | 'repairMark', reason: string) =>
  desk.editing.changeOperation({ recordId, op, changes: {}, reason })

const opsOf = (platform: Platform, id: string): string[] =>
  platform
    .ledger()
    .filter((effect) => effect.recordId === id)
    .map(({ op }) => op)

test('a take-down is asked for, and off the public pages only when the platform says so', async () => {
  const { platform, desk, id } = await startAccepted()
  expect(publicity(desk, id)).toBe('published')
  operate(desk, id, 'takeDown', '决定已撤销')
  expect(publicity(desk, id)).toBe('published')
  await desk.submission.submit(everything, task)
  expect(publicity(desk, id)).toBe('takedown_requested')
  await desk.feedback.pull(task)
  expect(publicity(desk, id)).toBe('taken_down')
  expect(opsOf(platform, id)).toEqual(['create', 'takeDown'])
})

test('a repair mark annotates what stays published', async () => {
  const { platform, desk, id } = await startAccepted()
  operate(desk, id, 'repairMark', '信用修复已批准')
  expect((await desk.submission.submit(everything, task)).batches).toMatchObject([
    { counts: { accepted: 1 } },
  ])
  expect(publicity(desk, id)).toBe('marked')
  expect(opsOf(platform, id)).toEqual(['create', 'repairMark'])
})

test('a withdrawal needs a reason and an accepted record', async () => {
  const { desk, id } = await startAccepted()
  const [draft] = desk.addLicences(2, 1)
  expect(() => operate(desk, id, 'withdraw', ' ')).toThrow('record.reason-required')
  expect(() => operate(desk, draft!, 'withdraw', '错报')).toThrow('record.operation-refused')
  operate(desk, id, 'withdraw', '错报')
  expect((await desk.submission.submit(everything, task)).batches).toMatchObject([
    { counts: { accepted: 2 } },
  ])
})

test('a record has one open change at most, and its content cannot be edited under another one', async () => {
  const { desk, id } = await startAccepted()
  operate(desk, id, 'takeDown', '到期')
  expect(() => operate(desk, id, 'withdraw', '错报')).toThrow('record.operation-refused')
  expect(() => desk.editing.save(id, 2, { BZ: '改' })).toThrow('record.operation-refused')
  desk.undo.cancel(id)
  desk.editing.save(id, 1, { BZ: '更正' })
  expect(() => operate(desk, id, 'takeDown', '到期')).toThrow('record.operation-refused')
})

test('a correction that is not sealed can be given up; the record is again as the platform has it', async () => {
  const { platform, desk, id } = await startAccepted()
  const before = desk.records.find(id)!
  desk.editing.save(id, 1, { XK_WSH: '萍示管许〔2026〕999号' })
  desk.editing.save(id, 2, { XK_NR: '准予从事餐饮服务' })
  expect(desk.records.find(id)).toMatchObject({ headRevision: 3, op: 'correct', delivery: 'none' })
  desk.undo.cancel(id)
  expect(desk.records.find(id)).toEqual({
    ...before,
    updatedAt: expect.any(String) as string,
  })
  expect(() => desk.undo.cancel(id)).toThrow('record.operation-refused')
  expect((await desk.submission.submit(everything, task)).batches).toEqual([])
  // The number of what was given up is not used again.
  desk.editing.save(id, 1, { XK_NR: '准予从事食品销售' })
  expect(desk.records.find(id)).toMatchObject({ headRevision: 4, op: 'correct' })
  await desk.submission.submit(everything, task)
  expect(desk.records.find(id)).toMatchObject({ acceptedRevision: 4, delivery: 'accepted' })
  expect(effectKeys(platform)).toEqual([`${id}/1`, `${id}/4`])
  expect(desk.audit.firstBroken()).toBeNull()
})

test('a correction that is sealed or on its way cannot be given up', async () => {
  const { desk, id } = await startAccepted()
  desk.editing.save(id, 1, { BZ: '更正' })
  const { batchIds } = desk.sealing.seal(everything)
  expect(() => desk.undo.cancel(id)).toThrow('record.operation-refused')
  desk.sealing.unseal(batchIds[0]!)
  desk.undo.cancel(id)
  expect(desk.records.find(id)).toMatchObject({ headRevision: 1, delivery: 'accepted' })
})

test('a key that was left by a correction goes back to its record, or makes it a duplicate', async () => {
  const { desk, id } = await startAccepted()
  desk.editing.save(id, 1, { XK_WSH: '萍示管许〔2026〕999号' })
  const taker = desk.editing.create('XZXK_FR', licencePayload(1))
  expect(desk.records.find(taker)).toMatchObject({ isDuplicate: false })
  desk.undo.cancel(id)
  expect(desk.records.find(id)).toMatchObject({ isDuplicate: true, delivery: 'accepted' })
})

test('a correction waits for the record that it corrects: in flight nothing can be changed', async () => {
  const platform = await startPlatform()
  const desk = openDesk(await newDeskFolder())
  await connect(desk, platform)
  const [id] = desk.addLicences(1, 1)
  desk.sealing.seal(everything)
  expect(() => desk.editing.save(id!, 1, { BZ: '更正' })).toThrow('record.not-editable')
  expect(() => operate(desk, id!, 'takeDown', '到期')).toThrow('record.not-editable')
  await desk.submission.resume(task)
  desk.editing.save(id!, 1, { BZ: '更正' })
  await desk.submission.submit(everything, task)
  const [create, correct] = platform.ledger()
  expect([create!.op, correct!.op]).toEqual(['create', 'correct'])
  expect(correct!.platformRef).toBe(create!.platformRef)
})

test('what was withdrawn is no more corrected: written again, it is submitted as new', async () => {
  const { platform, desk, id } = await startAccepted()
  operate(desk, id, 'withdraw', '错报')
  await desk.submission.submit(everything, task)
  for (const op of ['withdraw', 'takeDown', 'repairMark'] as const)
    expect(() => operate(desk, id, op, '再来一次')).toThrow('record.operation-refused')

  desk.editing.save(id, 2, { BZ: '重新作出决定' })
  expect(desk.records.find(id)).toMatchObject({ headRevision: 3, op: 'create', delivery: 'none' })
  desk.undo.cancel(id)
  expect(desk.records.find(id)).toMatchObject({ headRevision: 2, op: 'withdraw', delivery: 'accepted' })

  desk.editing.save(id, 2, { BZ: '重新作出决定' })
  expect((await desk.submission.submit(everything, task)).batches).toMatchObject([
    { counts: { accepted: 1 } },
  ])
  expect(opsOf(platform, id)).toEqual(['create', 'withdraw', 'create'])
  const [first, , again] = platform.ledger().filter(({ recordId }) => recordId === id)
  expect(again!.platformRef).not.toBe(first!.platformRef)
  expect(desk.records.find(id)).toMatchObject({ platformRef: again!.platformRef, acceptedRevision: 4 })
  // A correction works again, under the new reference.
  desk.editing.save(id, 4, { BZ: '更正' })
  await desk.submission.submit(everything, task)
  expect(opsOf(platform, id)).toEqual(['create', 'withdraw', 'create', 'correct'])
})

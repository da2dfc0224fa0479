import { describe, expect, it } from 'vitest'
import { recordsHandlers } from '@engine/handlers/records-handlers'
import { createProblemGroups } from '@engine/services/problem-groups'
import { recordsBench } from './records-bench'
import type { RecordsBench } from './records-bench'
import { licence } from './records-steps'

const callsOf = (bench: RecordsBench) =>
  recordsHandlers({
    ...bench,
    problems: createProblemGroups({ records: bench.records, typeOf: bench.checking.type }),
  })

function openDesk(count: number, changes: Readonly<Record<string, string>> = {}) {
  const bench = recordsBench()
  const ids = Array.from({ length: count }, (_, index) =>
    bench.editing.create('XZXK_FR', licence(index + 1, changes)),
  )
  const stand = () =>
    ids.map((id) => {
      const { updatedAt: _, ...rest } = bench.records.find(id)!
      return rest
    })
  return { bench, calls: callsOf(bench), ids, stand }
}
type Desk = ReturnType<typeof openDesk>

const undo = ({ calls }: Desk, id: string | null) => calls['records.undo']({ undo: [id!] })
const acts = ({ bench }: Desk, id: string) => bench.audit.ofRef(id, 20).map(({ act }) => act)

describe('acts on many records', () => {
  it('are taken back by one call, exactly, with an entry in the trail of each record', async () => {
    const desk = openDesk(3)
    const { calls, ids, stand } = desk
    const begin = stand()
    const steps = [
      () => calls['records.hold']({ recordIds: ids, reason: '等公章', until: '2026-12-01' }),
      () => calls['records.discard']({ recordIds: ids, reason: '重复' }),
      () => calls['records.exclude']({ recordIds: ids, basis: 'classified', reason: '涉密' }),
    ]
    for (const step of steps) {
      const done = await step()
      expect(done).toMatchObject({ changed: 3, undo: expect.any(String) as unknown })
      expect(stand()).not.toEqual(begin)
      expect(await undo(desk, done.undo)).toEqual({ isKnown: true, undone: 3, left: 0, named: [] })
      expect(stand()).toEqual(begin)
      expect(acts(desk, ids[0]!)[0]).toBe('record.undone')
    }
  })

  it('that went back themselves go forward again: released, restored, included', async () => {
    const desk = openDesk(2)
    const { calls, ids, stand } = desk
    await calls['records.hold']({ recordIds: ids, reason: '等公章', until: '2026-12-01' })
    const held = stand()
    const released = await calls['records.release']({ recordIds: ids })
    await undo(desk, released.undo)
    expect(stand()).toEqual(held)
    await calls['records.release']({ recordIds: ids })
    await calls['records.discard']({ recordIds: ids, reason: '重复' })
    const away = stand()
    await undo(desk, (await calls['records.restore']({ recordIds: ids })).undo)
    expect(stand()).toEqual(away)
  })

  it('leave and name what was changed meanwhile, and put the rest back', async () => {
    const desk = openDesk(3)
    const { bench, calls, ids } = desk
    const { undo: id } = await calls['records.exclude']({
      recordIds: ids,
      basis: 'classified',
      reason: '涉密',
    })
    bench.editing.save(ids[1]!, 1, { XK_NR: '另一内容内容内容' })
    expect(await undo(desk, id)).toEqual({
      isKnown: true,
      undone: 2,
      left: 1,
      named: [{ recordId: ids[1], docNo: '萍市监许〔2026〕2号' }],
    })
    expect(ids.map((one) => bench.records.find(one)?.excludedBasis)).toEqual([null, 'classified', null])
    expect(await undo(desk, id)).toMatchObject({ isKnown: false, undone: 0 })
  })

  it('put right what they fixed by a new revision with the former texts', async () => {
    const desk = openDesk(2, { XK_YXQZ: '2026-11-01' })
    const { bench, calls, ids } = desk
    const done = bench.bulk.noting({ act: 'fix', recordIds: ids }, () =>
      bench.editing.applyFixToMany(ids, 'XK_YXQZ', '2026-11-18'),
    )
    expect(done).toMatchObject({ changed: 2 })
    expect(await undo(desk, done.undo)).toMatchObject({ undone: 2, left: 0 })
    for (const id of ids) {
      const record = bench.records.find(id)!
      expect(record.headRevision).toBe(3)
      expect(bench.records.revision(id, 3)?.values).toEqual(bench.records.revision(id, 1)?.values)
      expect(record.quality).toBe('warned')
    }
    expect(await calls['records.undo']({ undo: ['unknown-id'] })).toMatchObject({ isKnown: false })
  })

  it('take back only the confirmations they gave', async () => {
    const desk = openDesk(2, { XK_YXQZ: '2026-11-01' })
    const { bench, calls, ids } = desk
    const code = 'date.valid-before-decision'
    bench.decisions.confirmWarning(ids[0]!, code, 'XK_YXQZ', '早已看过')
    const done = await calls['records.confirmMany']({ recordIds: ids, code, reason: '属实' })
    expect(done.undo).not.toBeNull()
    await undo(desk, done.undo)
    expect(ids.map((id) => bench.records.find(id)?.quality)).toEqual(['clean', 'warned'])
  })

  it('give no way back when nothing was changed', async () => {
    const { calls, ids } = openDesk(1)
    expect(await calls['records.release']({ recordIds: ids })).toEqual({ changed: 0, undo: null })
  })

  it('give the key back to the record that owned it', async () => {
    const desk = openDesk(1)
    const { bench, calls } = desk
    const first = desk.ids[0]!
    const second = bench.editing.create('XZXK_FR', licence(1, { XK_NR: '另一内容内容内容' }))
    expect(bench.records.find(second)?.isDuplicate).toBe(true)
    const done = await calls['records.discard']({ recordIds: [second, first], reason: '都不要' })
    await undo(desk, done.undo)
    expect([first, second].map((id) => bench.records.find(id)?.isDuplicate)).toEqual([false, true])
  })
})

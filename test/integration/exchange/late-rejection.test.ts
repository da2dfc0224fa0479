import { expect, test } from 'vitest'
import { effectKeys, everything, startPair, task } from './exchange-fixture'

/** A record that is accepted, and refused after all while what `draft` makes of it waits at the desk. */
async function startRefusedLate(
  draft: (desk: Awaited<ReturnType<typeof startPair>>['desk'], id: string) => void,
) {
  const { platform, desk } = await startPair()
  const [id] = desk.addLicences(1, 1) as [string]
  await desk.submission.submit(everything, task)
  draft(desk, id)
  await platform.control('/late-reject', { recordId: id, code: '1004', field: 'XK_XKLB' })
  expect(await desk.feedback.pull(task)).toMatchObject({ rejected: 1 })
  return { platform, desk, id }
}

test('a correction that was drafted before becomes another attempt with what the clerk wrote', async () => {
  const { platform, desk, id } = await startRefusedLate((made, record) => {
    made.editing.changeOperation({
      recordId: record,
      op: 'correct',
      changes: { XK_NR: '准予经营' },
      reason: '写错',
    })
  })
  expect(desk.records.find(id)).toMatchObject({
    headRevision: 3,
    op: 'create',
    delivery: 'none',
    quality: 'clean',
  })
  expect(desk.records.revision(id, 3)).toMatchObject({ inReplyTo: 1, values: { XK_NR: '准予经营' } })
  expect(desk.records.revision(id, 1)).toMatchObject({ delivery: 'revoked' })
  expect((await desk.submission.submit(everything, task)).batches).toMatchObject([
    { counts: { accepted: 1 } },
  ])
  expect(effectKeys(platform)).toEqual([`${id}/1`, `${id}/3`])
  expect(platform.ledger().at(-1)).toMatchObject({ op: 'create' })
  expect(desk.audit.firstBroken()).toBeNull()
})

test.each(['withdraw', 'takeDown', 'repairMark'] as const)(
  'a %s that was drafted before is given up: there is nothing left to ask for',
  async (op) => {
    const { platform, desk, id } = await startRefusedLate((made, record) => {
      made.editing.changeOperation({ recordId: record, op, changes: {}, reason: '错报' })
    })
    expect(desk.records.find(id)).toMatchObject({
      headRevision: 1,
      op: 'create',
      delivery: 'revoked',
      editorial: 'draft',
    })
    expect(desk.inbox.list()).toMatchObject({ total: 1, groups: [{ code: 'platform.1004' }] })
    expect((await desk.submission.submit(everything, task)).batches).toEqual([])
    desk.editing.save(id, 1, { XK_NR: '准予经营' })
    await desk.submission.submit(everything, task)
    expect(effectKeys(platform)).toEqual([`${id}/1`, `${id}/3`])
  },
)

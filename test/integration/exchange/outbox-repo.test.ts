import { expect, test } from 'vitest'
import { createOutboxRepo } from '@engine/repos/outbox-repo'
import { everything, newDeskFolder, openDesk } from './exchange-fixture'

test('a lease is held by one runner until it, and nobody else, gives it back', async () => {
  const desk = openDesk(await newDeskFolder())
  desk.addLicences(1, 1)
  const [batchId] = desk.sealing.seal(everything).batchIds
  const outbox = createOutboxRepo(desk.database)
  const at = '2026-03-02T01:00:00.000Z'
  expect(outbox.lease(batchId!, 'a', at)).toBe(true)
  expect(outbox.lease(batchId!, 'b', at)).toBe(false)
  expect(outbox.countLeased()).toBe(1)
  expect(outbox.due(at)).toEqual([])
  outbox.release(batchId!, 'b')
  expect(outbox.lease(batchId!, 'b', at)).toBe(false)
  outbox.release(batchId!, 'a')
  expect(outbox.countLeased()).toBe(0)
  expect(outbox.due(at)).toEqual([batchId])
  expect(outbox.lease(batchId!, 'b', at)).toBe(true)
  desk.submission.recover()
  expect(outbox.lease(batchId!, 'c', at)).toBe(true)
})

test('a batch that waits for its time is not due before', async () => {
  const desk = openDesk(await newDeskFolder())
  desk.addLicences(1, 1)
  const [batchId] = desk.sealing.seal(everything).batchIds
  const outbox = createOutboxRepo(desk.database)
  outbox.fail(batchId!, 2, '2026-03-02T02:00:00.000Z', 'transport.offline')
  expect(outbox.due('2026-03-02T01:59:59.999Z')).toEqual([])
  expect(outbox.nextTryAt()).toBe('2026-03-02T02:00:00.000Z')
  expect(outbox.due('2026-03-02T02:00:00.000Z')).toEqual([batchId])
})

import { expect, test } from 'vitest'
import { FailureError } from '@shared/kernel/failure'
import type { FailureCode } from '@shared/kernel/failure'
import { startChaosProxy } from './chaos-proxy'
import type { Answer, Fate, SeenRequest } from './chaos-proxy'
import {
  connect,
  effectKeys,
  everything,
  newDeskFolder,
  openDesk,
  startPlatform,
  task,
} from './exchange-fixture'

const refusal = (status: number, code: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error: { code, message: 'no', details: {} } }),
})
const isOpening = ({ method, path }: SeenRequest): boolean =>
  method === 'PUT' && /\/batches\/[^/]+$/.test(path)

/** A desk whose only batch was stopped by what `fate` did to its requests. */
async function startStopped(fate: (request: SeenRequest) => Fate) {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  const desk = openDesk(await newDeskFolder())
  await connect(desk, platform, proxy.url)
  const recordIds = desk.addLicences(1, 3)
  proxy.decide(fate)
  const run = await desk.submission.submit(everything, task)
  expect(run.batches).toMatchObject([{ state: 'stopped' }])
  const { batchId } = run.batches[0]!
  const seenBefore = proxy.seen.length
  return { platform, proxy, desk, recordIds, batchId, asked: () => proxy.seen.slice(seenBefore) }
}

const refusedWith = (work: Promise<unknown>): Promise<FailureCode | null> =>
  work.then(
    () => null,
    (error: unknown) => {
      if (error instanceof FailureError) return error.failure.code
      throw error
    },
  )

test('a batch whose id the platform gives to something else is given back and its records go in a new one', async () => {
  const { platform, proxy, desk, recordIds, batchId, asked } = await startStopped((request) =>
    isOpening(request) ? { answer: refusal(409, 'manifest_conflict') } : 'pass',
  )
  proxy.decide(() => 'pass')
  expect(await desk.release.release(batchId)).toEqual({ released: 3 })
  expect(asked().map(({ method, path }) => `${method} ${path.replace(/^.*v1/, '')}`)).toEqual([
    `GET /batches/${batchId}`,
    `GET /lookup?batchId=${batchId}`,
  ])
  expect(desk.deliveries()).toEqual({ none: 3 })
  expect(desk.batchViews.detail(batchId)).toMatchObject({ state: 'unsealed' })
  expect(desk.batchViews.detail(batchId).history[0]).toMatchObject({ act: 'batch.released' })
  for (const recordId of recordIds) {
    expect(desk.records.find(recordId)).toMatchObject({ editorial: 'checked', delivery: 'none' })
    expect(desk.audit.ofRef(recordId, 1)).toMatchObject([{ act: 'batch.released', actor: '经办员' }])
  }
  expect(desk.audit.firstBroken()).toBeNull()

  desk.editing.save(recordIds[0]!, 1, { BZ: '改过' })
  const again = await desk.submission.submit(everything, task)
  expect(again.batches).toMatchObject([{ state: 'settled', counts: { accepted: 3 } }])
  expect(again.batches[0]!.batchId).not.toBe(batchId)
  expect(effectKeys(platform).sort()).toEqual(recordIds.map((id, at) => `${id}/${at === 0 ? 2 : 1}`).sort())
  expect(await refusedWith(desk.release.release(batchId))).toBe('batch.not-stopped')
})

test('records that the platform has under whatever batch are never given back', async () => {
  // The platform takes the batch and settles it, but says all along that another one stands under its id.
  const { platform, proxy, desk, batchId } = await startStopped((request) =>
    isOpening(request) ? { answer: refusal(409, 'manifest_conflict') } : 'pass',
  )
  proxy.decide(() => 'pass')
  const transport = desk.connection.transport()
  const batch = desk.database.prepare<[], { manifest_json: string }>('SELECT manifest_json FROM batch').get()!
  const part = desk.database.prepare<[], { bytes: Uint8Array }>('SELECT bytes FROM batch_part').get()!
  await transport.open(JSON.parse(batch.manifest_json) as never)
  await transport.part(batchId, 1, part.bytes)
  // All but the first answer about an item come late: one that came after the refusal would stop a batch that somebody
  // goes on with meanwhile.
  let lookUps = 0
  proxy.decide(({ path }) => (path.includes('lookup?sha256') && lookUps++ > 0 ? { lateMs: 500 } : 'pass'))
  const refuses = async (): Promise<void> => {
    expect(await refusedWith(desk.release.release(batchId))).toBe('batch.maybe-received')
    expect(proxy.unanswered()).toBe(0)
  }
  // Sent but not closed counts for nothing; closed counts, whatever has become of it by now.
  await transport.close(batchId)
  await refuses()
  await expect
    .poll(() => transport.state(batchId), { timeout: 10_000 })
    .toMatchObject({ value: { state: 'done' } })
  expect(effectKeys(platform)).toHaveLength(3)
  await refuses()
  expect(lookUps).toBe(3)
  expect(desk.deliveries()).toEqual({ sending: 3 })
  expect(desk.batchViews.view(batchId)).toMatchObject({ state: 'stopped' })
  // It holds ours under our id, whatever it said of the manifest: what cannot be given back can be gone on with.
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
  expect(desk.deliveries()).toEqual({ accepted: 3 })
})

test('a batch that was closed before it was stopped is gone on with, not given back', async () => {
  const { proxy, desk, batchId } = await startStopped(({ path }) =>
    path.endsWith('/close') ? { replace: () => '{"state":"meditating"}' } : 'pass',
  )
  proxy.decide(() => 'pass')
  expect(await refusedWith(desk.release.release(batchId))).toBe('batch.maybe-received')
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
})

test('an open batch that the platform has no whole of is given back item by item', async () => {
  const { proxy, desk, batchId, asked } = await startStopped(({ method, path }) =>
    method === 'PUT' && path.includes('/parts/') ? { answer: refusal(422, 'part_mismatch') } : 'pass',
  )
  proxy.decide(() => 'pass')
  expect(await desk.release.release(batchId)).toEqual({ released: 3 })
  expect(asked().filter(({ path }) => path.includes('/lookup?sha256='))).toHaveLength(3)
  expect((await desk.submission.submit(everything, task)).batches).toMatchObject([
    { state: 'settled', counts: { accepted: 3 } },
  ])
})

test.each([
  ['no answer', 'reset-before', 'transport.offline'],
  ['a foreign page', { answer: { status: 200, body: '<html>login</html>' } }, 'transport.captive-page'],
] as const)('%s gives nothing back', async (_, fate, code) => {
  const { proxy, desk, batchId } = await startStopped((request) =>
    isOpening(request) ? { answer: refusal(409, 'manifest_conflict') } : 'pass',
  )
  proxy.decide(() => fate)
  expect(await refusedWith(desk.release.release(batchId))).toBe(code)
  proxy.decide(({ path }) => (path.includes('/lookup') ? fate : 'pass'))
  expect(await refusedWith(desk.release.release(batchId))).toBe(code)
  expect(desk.deliveries()).toEqual({ sending: 3 })
  expect(desk.batchViews.view(batchId)).toMatchObject({ state: 'stopped' })
  proxy.decide(() => 'pass')
  expect(await desk.release.release(batchId)).toEqual({ released: 3 })
})

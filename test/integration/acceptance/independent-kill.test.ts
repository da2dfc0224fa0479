import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ended } from '@test/fixtures/command-line'
import type { CallName, FaultKind } from '@test/fixtures/independent-platform/platform-faults'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { makeIndependentDesk, reckon, scratchFolder } from './desk-under-test'
import type { IndependentDesk } from './desk-under-test'

const kills = 10
const rows = 20
const scratch = scratchFolder('independent-kill')
let made: IndependentDesk

/** A small seeded series of numbers from 0 to 1 (mulberry32). */
function series(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

beforeAll(async () => {
  made = await makeIndependentDesk(scratch.path)
  made.platform.book.settleMs = 300
})
afterAll(async () => {
  await made?.platform.stop()
  scratch.remove()
})

it('kill -9 at ten seeded moments while answers are lost: nothing lost, nothing twice', async () => {
  const { desk, platform } = made
  const next = series(20_261_116)
  const calls: readonly CallName[] = ['open', 'part', 'close', 'items', 'receipt']
  const faults: readonly FaultKind[] = ['lost', 'broken-off', 'reset']
  for (let round = 0; round < kills; round++) {
    const workbook = join(scratch.path, `licences-${round}.xlsx`)
    await writeMessyLicences(workbook, rows, 30_000 + round * 1_000)
    expect(await desk.import(workbook, 'XZXK_FR')).toMatchObject({ imported: rows })
    platform.faults.plan(calls[Math.floor(next() * calls.length)]!, faults[round % faults.length]!)
    const child = desk.start(round % 2 === 0 ? 'submit' : 'resume')
    const end = ended(child)
    await wait(250 + Math.floor(next() * 1_500))
    child.kill('SIGKILL')
    await end
  }
  platform.faults.clear()
  const resumed = await desk.run('resume')
  expect([0, 1], resumed.stderr).toContain(resumed.code)
  const rest = await desk.run('submit')
  expect([0, 1], rest.stderr).toContain(rest.code)

  const sum = await reckon(made)
  expect(sum).toMatchObject({ violations: [], redelivered: [], ledgerLines: kills * rows * 0.9 })
  expect(sum.acceptedAtDesk).toEqual(sum.inLedger)
  expect((await desk.run('resume')).json).toEqual({ batches: [], notSent: [] })
  expect(await desk.list('--delivery', 'unknown')).toEqual([])
})

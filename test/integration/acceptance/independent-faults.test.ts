import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { CallName, FaultKind } from '@test/fixtures/independent-platform/platform-faults'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { makeIndependentDesk, reckon, scratchFolder } from './desk-under-test'
import type { IndependentDesk, SubmitJson } from './desk-under-test'

const scratches: { remove(): void }[] = []
const rows = 20
const clean = rows * 0.9
const steps: readonly CallName[] = ['open', 'part', 'close', 'state', 'items', 'receipt']

interface Story extends IndependentDesk {
  readonly end: () => Promise<void>
}

/** A desk with one imported workbook at a platform of its own. */
async function story(name: string, aheadMs = 0): Promise<Story> {
  const scratch = scratchFolder(name)
  scratches.push(scratch)
  const made = await makeIndependentDesk(scratch.path, aheadMs)
  const workbook = join(scratch.path, 'licences.xlsx')
  await writeMessyLicences(workbook, rows)
  expect(await made.desk.import(workbook, 'XZXK_FR')).toMatchObject({ rows, clean })
  return { ...made, end: () => made.platform.stop() }
}

/** Nothing lost, nothing twice, no rule broken. */
async function expectAllOnce(made: IndependentDesk): Promise<void> {
  const sum = await reckon(made)
  expect(sum).toMatchObject({ violations: [], redelivered: [], ledgerLines: clean })
  expect(sum.acceptedAtDesk).toEqual(sum.inLedger)
  expect(made.platform.book.batches.size).toBe(1)
}

afterAll(() => scratches.forEach((scratch) => scratch.remove()))

describe.concurrent('every call meets a fault once', () => {
  const passing: readonly FaultKind[] = ['reset', 'lost', 'busy', 'throttled', 'login-page']
  it.each(passing)('%s: the run gets through, at the latest by resume', async (kind) => {
    const made = await story(kind)
    for (const call of ['capabilities', ...steps] as const) made.platform.faults.plan(call, kind)
    let result = await made.desk.run('submit')
    if (result.code === 4) result = await made.desk.run('resume')
    expect([0, 1], result.stderr).toContain(result.code)
    expect(result.json).toMatchObject({
      batches: [{ items: clean, accepted: clean, rejected: 0, unknown: 0 }],
    })
    expect((result.json as SubmitJson).batches[0]!.receiptNo).toMatch(/^R/)
    const met = made.platform.faults.happened.map((fault) => fault.split(' ')[1])
    expect(met).toEqual(expect.arrayContaining(['open', 'part', 'close', 'items', 'receipt']))
    await expectAllOnce(made)
    await made.end()
  })
})

describe.concurrent('a fault that stays', () => {
  const staying: readonly { kind: FaultKind; call: CallName; exit: number }[] = [
    { kind: 'reset', call: 'open', exit: 4 },
    { kind: 'lost', call: 'state', exit: 4 },
    { kind: 'busy', call: 'part', exit: 4 },
    { kind: 'gateway', call: 'open', exit: 4 },
    { kind: 'login-page', call: 'state', exit: 4 },
    { kind: 'empty', call: 'items', exit: 4 },
    { kind: 'redirect', call: 'close', exit: 3 },
    { kind: 'altered', call: 'receipt', exit: 3 },
  ]
  it.each(staying)('$kind $call: exit $exit, and resume finishes', async ({ kind, call, exit }) => {
    const made = await story(`${kind}-${call}`)
    // A close whose answer is lost as well leaves everything open.
    if (kind === 'lost') made.platform.faults.plan('close', kind)
    made.platform.faults.plan(call, kind, 1_000)
    const first = await made.desk.run('submit')
    expect(first.code, first.stdout).toBe(exit)
    const open = (first.json as SubmitJson).batches[0]!
    expect(open).toMatchObject({ items: clean, accepted: 0, rejected: 0, receiptNo: null })
    expect(await made.desk.list('--delivery', 'accepted')).toEqual([])
    if (kind === 'lost' || kind === 'altered') expect(open.unknown).toBe(clean)

    made.platform.faults.clear()
    const resumed = await made.desk.run('resume')
    expect(resumed.code, resumed.stderr).toBe(0)
    expect(resumed.json).toMatchObject({
      batches: [{ batchId: open.batchId, accepted: clean, unknown: 0 }],
      notSent: [],
    })
    await expectAllOnce(made)
    expect((await made.desk.run('resume')).json).toEqual({ batches: [], notSent: [] })
    await made.end()
  })
})

describe('clocks', () => {
  it('follows the time of a platform that is an hour ahead', async () => {
    const made = await story('skew', 3_600_000)
    const result = await made.desk.run('submit')
    expect(result.json).toMatchObject({ batches: [{ accepted: clean, unknown: 0 }] })
    await expectAllOnce(made)
    await made.end()
  })
})

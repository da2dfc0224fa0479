/**
 * The program that fault runs end: the engine of the product over a real store, driven by an order from its
 * environment. It says on standard output what it has confirmed, and only after the engine has.
 */
import { writeSync } from 'node:fs'
import { createEngine } from '@engine/compose'
import type { Engine } from '@engine/compose'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import { uuidIds } from '@engine/system-ids'
import type { RecordPage } from '@shared/contract/views/record-views'
import type { RecordFilter, RecordRow } from '@shared/contract/views/record-views'
import type { BatchView } from '@shared/contract/views/exchange-views'
import type { Clock } from '@shared/kernel/clock'
import { FailureError } from '@shared/kernel/failure'
import { licencePayload } from '@test/integration/practice/invented-items'
import { createStepWatch } from './step-watch'
import { ORDER, storeKey } from './victim-order'
import type { Inbox } from '@shared/contract/views/exchange-views'
import type { Act, Said, VictimOrder } from './victim-order'

const order = JSON.parse(process.env[ORDER] ?? '') as VictimOrder
/** Pauses are kept short: what is tested is what stands on either side of them. */
const LONGEST_PAUSE_MS = 15

const say = (said: Said): void => {
  writeSync(1, `${JSON.stringify(said)}\n`)
}

const timeout = AbortSignal.timeout.bind(AbortSignal)
AbortSignal.timeout = (ms) => timeout(Math.min(ms, order.deadlineMs))

const startedAt = Date.now()
let readings = 0
const clock: Clock = {
  now() {
    readings++
    const jumped = order.jumps.reduce((sum, jump) => (readings > jump.afterReadings ? sum + jump.ms : sum), 0)
    const now = startedAt + (Date.now() - startedAt) * order.clockRate
    return new Date(now + order.shiftMs + jumped).toISOString()
  },
}

let passedSoFar = 0
let cancelAt: { readonly step: string; readonly abort: AbortController } | null = null

const passed = (step: string): void => {
  if (order.tellSteps) say({ say: 'step', step })
  if (cancelAt?.step === step) cancelAt.abort.abort()
  if (order.dieAt?.step !== step || ++passedSoFar < order.dieAt.nth) return
  say({ say: 'step', step })
  process.kill(process.pid, 'SIGKILL')
}

const steps = createStepWatch(passed)
const watch: typeof steps = (area, part) => {
  if (area === 'waiting') {
    const pause = (ms: number, signal: AbortSignal): Promise<void> =>
      signal.aborted
        ? Promise.reject(new FailureError({ code: 'task.cancelled', params: {}, retry: { kind: 'never' } }))
        : new Promise((done) => setTimeout(done, Math.min(ms, LONGEST_PAUSE_MS)))
    return { ...part, pause }
  }
  return steps(area, part)
}

const rowsOf = async (engine: Engine, filter: RecordFilter, limit: number): Promise<readonly RecordRow[]> => {
  const page = await engine.call('records.page', { filter, limit })
  if (!page.ok) throw new FailureError(page.failure)
  return (page.value as RecordPage).rows
}

const batchesOf = async (engine: Engine): Promise<readonly BatchView[]> => {
  const page = await engine.call('batches.page', {})
  if (!page.ok) throw new FailureError(page.failure)
  return (page.value as { readonly rows: readonly BatchView[] }).rows
}

async function attend(engine: Engine, forMs: number): Promise<void> {
  engine.keepInTouch()
  for (const until = Date.now() + forMs; Date.now() < until;) {
    const batches = await batchesOf(engine)
    if (batches.every(({ state }) => state === 'settled' || state === 'unsealed')) {
      tellBatches(batches)
      return say({ say: 'drained' })
    }
    await new Promise((done) => setTimeout(done, 50))
  }
}

const tellBatches = (batches: readonly BatchView[]): void => {
  for (const { batchId, state, receiptNo } of batches)
    if (state === 'settled' && receiptNo !== null) say({ say: 'settled', batchId, receiptNo })
}

const everything = { type: null, recordIds: null, label: null } as const

async function submit(engine: Engine, signal: AbortSignal): Promise<void> {
  const task = { signal, progress: () => undefined }
  const run = await engine.services.submission.submit(everything, task)
  tellBatches(run.batches)
  if (run.failure !== null) say({ say: 'refused', act: 'submit', code: run.failure.code })
}

async function carryOut(engine: Engine, act: Act): Promise<void> {
  const { editing, submission, feedback, intake } = engine.services
  const task = { signal: new AbortController().signal, progress: () => undefined }
  switch (act.do) {
    case 'create':
      for (let number = act.from; number < act.from + act.count; number++) {
        const recordId = editing.create('XZXK_FR', licencePayload(number))
        say({ say: 'kept', recordId, revision: 1 })
      }
      return
    case 'import': {
      const place = { recordType: 'XZXK_FR', sheet: null, headerRow: null, mapping: null }
      await intake.importFile({ ...place, path: order.table, name: 'licences.csv', dryRun: false }, task)
      for (const { recordId, revision } of await rowsOf(engine, 'all', 500))
        say({ say: 'kept', recordId, revision })
      return
    }
    case 'submit':
      return submit(engine, task.signal)
    case 'resume': {
      const run = await submission.resume(task)
      tellBatches(run.batches)
      if (run.failure !== null) say({ say: 'refused', act: 'resume', code: run.failure.code })
      return
    }
    case 'pull':
      await feedback.pull(task)
      return
    case 'correct':
      for (const { recordId, revision } of await rowsOf(engine, 'accepted', act.count)) {
        // Each correction says something new: one that changes nothing makes no revision.
        const changes = { XK_NR: `准予从事食品经营（${act.mark}${revision}）` }
        editing.changeOperation({ recordId, op: 'correct', changes, reason: null })
        say({ say: 'kept', recordId, revision: revision + 1 })
      }
      return
    case 'revise':
      for (const { recordId, revision } of await rowsOf(engine, 'rejected', 50)) {
        const isSaved = editing.save(recordId, revision, { XK_NR: `准予从事食品经营（${act.mark}）` })
        if (isSaved) say({ say: 'kept', recordId, revision: revision + 1 })
      }
      return
    case 'late-reject':
      for (const { recordId } of await rowsOf(engine, 'accepted', act.count)) {
        const body = JSON.stringify({ recordId })
        await fetch(`${order.origin}/practice/late-reject`, { method: 'POST', body })
      }
      return
    case 'attend':
      return attend(engine, act.forMs)
    case 'cancel-submit': {
      const abort = new AbortController()
      cancelAt = { step: act.at, abort }
      return submit(engine, abort.signal)
    }
    case 'release': {
      for (const { batchId, state } of await batchesOf(engine))
        if (state === 'stopped') await engine.call('batches.release', { batchId })
      return
    }
    case 'let-go': {
      const inbox = await engine.call('inbox.list', {})
      const { quarantined } = (inbox as { readonly value: Inbox }).value
      const recordIds = quarantined.map(({ row }) => row.recordId)
      if (recordIds.length > 0) await engine.call('inbox.leaveQuarantine', { recordIds, to: 'release' })
    }
  }
}

const refusedBy = (error: unknown): string => {
  if (error instanceof FailureError) return error.failure.code
  throw error
}

let engine: Engine
try {
  engine = await createEngine({
    dataDir: order.dataDir,
    resourceDir: order.resourceDir,
    storeKey,
    clock,
    ids: uuidIds,
    log: { info: () => undefined, error: (event, error) => console.error(event, error) },
    files: { source: () => neverChosen(), target: () => neverChosen() },
    launchSheetChild: nodeSheetLauncher(order.sheetChild),
    mode: 'practice',
    appVersion: '0.0.0',
    practice: null,
    watch,
  })
} catch (error) {
  say({ say: 'refused', act: 'resume', code: refusedBy(error) })
  process.exit(3)
}
say({ say: 'opened' })
for (const act of order.acts) {
  try {
    await carryOut(engine, act)
    say({ say: 'did', act: act.do })
  } catch (error) {
    say({ say: 'refused', act: act.do, code: refusedBy(error) })
  }
}
try {
  await engine.close()
} catch (error) {
  say({ say: 'refused', act: 'resume', code: refusedBy(error) })
}
say({ say: 'ended' })

function neverChosen(): never {
  throw new Error('no file is chosen here')
}

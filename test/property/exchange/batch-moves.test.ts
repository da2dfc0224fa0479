import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEventBus } from '@engine/event-bus'
import { createAuditRepo } from '@engine/repos/audit-repo'
import { createBatchRepo } from '@engine/repos/batch-repo'
import { createOutboxRepo } from '@engine/repos/outbox-repo'
import { createRecordRepo } from '@engine/repos/record-repo'
import { createSubmissionJournal } from '@engine/services/submission-journal'
import { batchMoves, batchStates, canMoveBatch } from '@shared/domain/batch-status'
import type { BatchState } from '@shared/domain/batch-status'
import { canMoveDelivery } from '@shared/domain/record-status'
import type { Delivery } from '@shared/domain/record-status'
import { failure } from '@shared/kernel/failure'
import { openedStore, recordEntity, revisionEntity } from '@test/integration/engine-records/store-fixture'

const doubt = failure('transport.timeout')
const moves = ['beginSending', 'opened', 'closed', 'doubted', 'stopped', 'failed', 'progressed'] as const

/** States that each journal entry is meant for; from any other it must refuse and change nothing. */
const leadsTo: Partial<Record<(typeof moves)[number], BatchState>> = {
  beginSending: 'sending',
  closed: 'processing',
  doubted: 'unknown',
  stopped: 'stopped',
}

test('whatever happens in whatever order, batch, revisions and records move together along the tables', () => {
  const { database, store, clock } = openedStore()
  const records = createRecordRepo(database, clock)
  const batches = createBatchRepo(database)
  const outbox = createOutboxRepo(database)
  const audit = createAuditRepo(database)
  const actor = () => '经办员'
  const journal = createSubmissionJournal({
    store,
    batches,
    outbox,
    audit,
    clock,
    bus: createEventBus(),
    actor,
    secureHead: () => undefined,
  })
  let count = 0

  const sealedBatch = (): { batchId: string; recordId: string } => {
    const batchId = `b${++count}`
    const recordId = `r${count}`
    store.write(() => {
      records.insert(recordEntity({ recordId, naturalKey: recordId }))
      records.insertRevision(revisionEntity({ recordId }))
      records.moveDelivery(recordId, 1, 'sealed')
      const manifest = {
        ...{
          batchId,
          bureau: 'b',
          standard: { id: 's', version: '1' },
          itemCount: 1,
          partCount: 0,
          parts: [],
        },
        manifestSha256: 'x',
      }
      batches.insert(
        {
          ...{
            batchId,
            label: batchId,
            standardId: 's',
            standardVersion: '1',
            state: 'sealed',
            itemCount: 1,
            manifest,
          },
          ...{ sealedAt: clock.now(), receivedAt: null, settledAt: null, receiptNo: null, counts: null },
        },
        [],
        [{ itemNo: 1, recordId, revision: 1, op: 'create', sha256: 'x' }],
      )
      outbox.insert(batchId)
    })
    return { batchId, recordId }
  }

  fc.assert(
    fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 25 }), (script) => {
      const { batchId, recordId } = sealedBatch()
      const delivery = (): Delivery => records.revision(recordId, 1)!.delivery
      for (const step of script) {
        const before = { state: journal.batch(batchId).state, delivery: delivery(), audit: audit.head().seq }
        let isRefused = false
        try {
          if (step === 'opened') journal.opened(batchId, clock.now())
          else if (step === 'doubted' || step === 'stopped') journal[step](batchId, doubt)
          else if (step === 'failed') journal.failed(batchId, 1, null, doubt)
          else if (step === 'beginSending') journal.beginSending(batchId, 'http')
          else journal[step](batchId)
        } catch {
          isRefused = true
        }
        const after = { state: journal.batch(batchId).state, delivery: delivery(), audit: audit.head().seq }
        if (isRefused) expect(after).toEqual(before)
        if (after.state !== before.state) {
          expect(canMoveBatch(before.state, after.state)).toBe(true)
          expect(after.audit).toBeGreaterThan(before.audit)
        }
        if (after.delivery !== before.delivery)
          expect(canMoveDelivery(before.delivery, after.delivery)).toBe(true)
        const goal = leadsTo[step]
        if (goal !== undefined && goal !== before.state)
          expect(isRefused).toBe(!canMoveBatch(before.state, goal))
        expect(records.find(recordId)!.delivery).toBe(after.delivery)
        // Nothing that left the desk ever looks as if it had not.
        if (before.delivery !== 'sealed') expect(['none', 'sealed']).not.toContain(after.delivery)
      }
      expect(audit.firstBroken()).toBeNull()
    }),
    { numRuns: 60 },
  )
})

test('a settled or unsealed batch is at its end, and every other state can reach it', () => {
  expect(batchMoves.settled).toEqual([])
  expect(batchMoves.unsealed).toEqual([])
  const reaches = (from: BatchState, seen = new Set<BatchState>()): Set<BatchState> => {
    for (const next of batchMoves[from]) if (!seen.has(next)) reaches(next, seen.add(next))
    return seen
  }
  for (const state of batchStates) {
    if (state === 'settled' || state === 'unsealed') continue
    expect(reaches(state).has('settled')).toBe(true)
    // By time alone nothing that was sent becomes unsent.
    expect(reaches(state).has('sealed')).toBe(false)
  }
})

/**
 * A transport over a platform that takes rows. Every row is in the desk's book: in doubt from the moment before it is
 * sent, out of doubt only by a clear answer, a look-up, or a person's word. A row in doubt is never sent again, and one
 * that a look-up does not show must stay unseen for a while before it is. Nothing but a clear word makes it accepted.
 */
import type { Capabilities, ItemResult, LookupHit, OutcomeCounts, WireItem } from '@shared/domain/exchange'
import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import type { Clock } from '@shared/kernel/clock'
import { failure } from '@shared/kernel/failure'
import { itemsSha256 } from '@engine/crypto/items-digest'
import type { PlatformStatus, Refusal, Reply, Transport } from '@engine/transports/transport-port'
import type { BookedRow, RowBook, SealedBatches } from './row-book'
import type { Row, RowAnswer, RowFate, RowLayout, RowTransport } from './row-port'

export interface RowsAsBatchesDeps {
  readonly book: RowBook
  readonly sealed: SealedBatches
  readonly clock: Clock
  /** What a platform with capabilities would say of itself. */
  readonly about: () => Pick<Capabilities, 'bureau' | 'standards' | 'calendar'>
  readonly layoutOf: (recordType: string) => RowLayout
}

const ok = <T>(value: T): Reply<T> => ({ kind: 'ok', value })
const notOffered: Refusal = {
  kind: 'protocol',
  failure: failure('transport.protocol', { detail: 'rows' }, { kind: 'never' }),
}

export function createRowsAsBatches(rows: RowTransport, deps: RowsAsBatchesDeps): Transport {
  const { book, sealed, clock } = deps

  const rowOf = (item: WireItem): Row => {
    const layout = deps.layoutOf(item.recordType)
    const { itemNo, recordId, revision, payload } = item
    const docNo = layout.docNoField === null ? '' : (payload[layout.docNoField] ?? '')
    return {
      itemNo,
      recordId,
      revision,
      layout,
      docNo,
      subjectName: payload[layout.subjectField] ?? '',
      values: payload,
    }
  }

  const allRows = (batchId: string): Row[] =>
    sealed.manifest(batchId).parts.flatMap(({ no }) => sealed.items(batchId, no).map(rowOf))

  const resultOf = (row: Row, fate: Extract<RowFate, { kind: 'accepted' | 'rejected' }>): string => {
    const isAccepted = fate.kind === 'accepted'
    const errors = isAccepted ? fate.warnings : fate.errors
    const result: ItemResult = {
      itemNo: row.itemNo,
      recordId: row.recordId,
      revision: row.revision,
      outcome: isAccepted ? (errors.length > 0 ? 'warned' : 'accepted') : 'rejected',
      platformRef: isAccepted ? rows.referenceOf(row) : null,
      errors,
      duplicateOf: null,
    }
    return canonicalJson(result as unknown as Json)
  }

  const isLongAbsent = (since: string | null, at: string): boolean =>
    since !== null && Date.parse(at) - Date.parse(since) >= rows.absentForMs

  /** What the book says of a row after a fate; `sent` tells an answer to sending from a look-up. */
  const booked = (
    row: Row,
    fate: RowFate | undefined,
    before: BookedRow,
    isSent: boolean,
    at: string,
  ): BookedRow => {
    const entry = { itemNo: row.itemNo, absentSince: null, resultJson: null }
    switch (fate?.kind) {
      case undefined:
        return before
      case 'held':
        return { ...entry, state: 'held' }
      case 'absent': {
        const since = before.absentSince ?? at
        const isFree = isSent || isLongAbsent(since, at)
        return isFree ? { ...entry, state: 'fresh' } : { ...entry, state: 'doubt', absentSince: since }
      }
      case 'accepted':
      case 'rejected':
        return { ...entry, state: 'done', resultJson: resultOf(row, fate) }
    }
  }

  const take = (batchId: string, asked: readonly Row[], answer: RowAnswer, kind: 'send' | 'ask'): void => {
    const known = new Map(book.rows(batchId).map((row) => [row.itemNo, row]))
    const at = clock.now()
    const changes = asked.map((row) =>
      booked(row, answer.fates.get(row.itemNo), known.get(row.itemNo)!, kind === 'send', at),
    )
    book.note(batchId, changes, at, { kind, raw: answer.evidence })
  }

  const inState = (batchId: string, ...states: readonly BookedRow['state'][]): readonly BookedRow[] =>
    book.rows(batchId).filter(({ state }) => states.includes(state))

  const pick = (from: readonly Row[], entries: readonly BookedRow[]): Row[] => {
    const numbers = new Set(entries.map(({ itemNo }) => itemNo))
    return from.filter(({ itemNo }) => numbers.has(itemNo))
  }

  const freshParts = (batchId: string): number[] => {
    const fresh = new Set(inState(batchId, 'fresh').map(({ itemNo }) => itemNo))
    return sealed
      .manifest(batchId)
      .parts.map(({ no }) => no)
      .filter((no) => sealed.items(batchId, no).some(({ itemNo }) => fresh.has(itemNo)))
  }

  const countsOf = (batchId: string): OutcomeCounts => {
    const counts = { accepted: 0, warned: 0, rejected: 0, duplicate: 0, pending: 0 }
    for (const { resultJson } of book.rows(batchId)) {
      counts[resultJson === null ? 'pending' : (JSON.parse(resultJson) as ItemResult).outcome]++
    }
    return counts
  }

  /** Doubt that is left: somebody has to wait, or a person has to say. */
  const doubtOf = (batchId: string): Refusal | null => {
    const doubtful = inState(batchId, 'doubt')
    if (doubtful.length === 0) return null
    if (doubtful.some(({ absentSince }) => absentSince === null)) {
      return { kind: 'unknown', failure: failure('batch.person-needed'), retryAfterMs: null }
    }
    const made = failure('platform.still-processing', {}, { kind: 'auto' })
    return { kind: 'unknown', failure: made, retryAfterMs: rows.absentForMs }
  }

  const statusOf = (batchId: string): PlatformStatus => {
    const missingParts = freshParts(batchId)
    const isDone = inState(batchId, 'held').length === 0
    const state = missingParts.length > 0 ? 'open' : isDone ? 'done' : 'processing'
    return { state, receivedAt: null, counts: countsOf(batchId), missingParts }
  }

  const askAbout = async (batchId: string, signal: AbortSignal | undefined): Promise<Refusal | null> => {
    const open = inState(batchId, 'doubt', 'held')
    if (open.length === 0 || rows.ask === null) return null
    const asked = pick(allRows(batchId), open)
    for (let at = 0; at < asked.length; at += rows.limits.maxPartItems) {
      const some = asked.slice(at, at + rows.limits.maxPartItems)
      const reply = await rows.ask(some, signal)
      if (reply.kind !== 'ok') return reply
      take(batchId, some, reply.value, 'ask')
    }
    return null
  }

  const statement = (batchId: string): Uint8Array => {
    const manifest = sealed.manifest(batchId)
    const lines = book.rows(batchId).map(({ resultJson }) => resultJson ?? '')
    const evidence = book.evidence(batchId)
    const last = evidence.at(-1)?.at ?? clock.now()
    const text = canonicalJson({
      statement: {
        receiptNo: `LOCAL-${batchId.slice(-12)}`,
        batchId,
        bureau: manifest.bureau,
        manifestSha256: manifest.manifestSha256,
        receivedAt: evidence.findLast(({ kind }) => kind === 'send')?.at ?? last,
        settledAt: last,
        counts: { ...countsOf(batchId) },
        itemsSha256: itemsSha256(lines),
      },
      evidence: evidence.map((one) => ({ ...one })),
    })
    return Buffer.from(text, 'utf8')
  }

  return {
    traits: rows.traits,

    async capabilities(signal) {
      const reply = await rows.check(signal)
      if (reply.kind !== 'ok') return reply
      const serverTime = clock.now()
      return ok({
        serverTime,
        protocol: ['1'],
        ...deps.about(),
        limits: rows.limits,
        idempotencyWindowDays: 0,
      })
    },

    open(manifest) {
      book.begin(manifest.batchId, clock.now())
      const { state, missingParts } = statusOf(manifest.batchId)
      return Promise.resolve(ok({ state, receivedAt: null, missingParts }))
    },

    async part(batchId, no, _bytes, signal) {
      const fresh = inState(batchId, 'fresh')
      const waiting = pick(sealed.items(batchId, no).map(rowOf), fresh)
      if (waiting.length === 0) return ok(null)
      const entries = waiting.map(({ itemNo }) => ({ itemNo, absentSince: null, resultJson: null }))
      book.note(
        batchId,
        entries.map((entry) => ({ ...entry, state: 'doubt' as const })),
        clock.now(),
        null,
      )
      const reply = await rows.send(waiting, signal)
      if (reply.kind === 'ok') {
        take(batchId, waiting, reply.value, 'send')
        return ok(null)
      }
      if (reply.kind !== 'unknown')
        book.note(
          batchId,
          entries.map((entry) => ({ ...entry, state: 'fresh' as const })),
          clock.now(),
          null,
        )
      return reply
    },

    close(batchId) {
      const doubt = doubtOf(batchId)
      if (doubt === null || rows.ask === null) return Promise.resolve(doubt ?? ok(statusOf(batchId)))
      const made = failure('platform.still-processing', {}, { kind: 'auto' })
      return Promise.resolve({ kind: 'unknown', failure: made, retryAfterMs: null })
    },

    async state(batchId, signal) {
      if (book.rows(batchId).length === 0) return ok(null)
      const refusal = await askAbout(batchId, signal)
      if (refusal !== null) return refusal
      // What is certainly not there is sent first; the doubt about the rest keeps.
      const status = statusOf(batchId)
      return status.state === 'open' ? ok(status) : (doubtOf(batchId) ?? ok(status))
    },

    items(batchId, after, limit) {
      const done = inState(batchId, 'done').filter(({ itemNo }) => itemNo > after)
      const listed = done.slice(0, limit).map(({ resultJson }) => {
        const canonical = resultJson ?? ''
        return { result: JSON.parse(canonical) as ItemResult, canonical }
      })
      const next = done.length > limit ? (listed.at(-1)?.result.itemNo ?? null) : null
      return Promise.resolve(ok({ rows: listed, next }))
    },

    receipt: (batchId) => Promise.resolve(ok(statement(batchId))),
    /** The platform has no batches that could be looked up: the book says what may be there. */
    lookup(query) {
      const found = 'naturalKey' in query ? [] : book.perhapsThere(query)
      const hits = found.map(({ changedAt, ...row }): LookupHit => ({
        ...row,
        outcome: 'pending',
        platformRef: null,
        receivedAt: changedAt,
      }))
      return Promise.resolve(ok(hits))
    },
    feed: () => Promise.resolve(notOffered),
    standard: () => Promise.resolve(notOffered),
    answerNotice: () => Promise.resolve(notOffered),

    doubt(batchId) {
      const at = clock.now()
      book.begin(batchId, at)
      const fresh = inState(batchId, 'fresh')
      const changes = fresh.map((row): BookedRow => ({ ...row, state: 'doubt', absentSince: null }))
      if (changes.length > 0) book.note(batchId, changes, at, null)
    },

    decide(batchId, recordIds, isHeld, reason) {
      const doubtful = pick(allRows(batchId), inState(batchId, 'doubt'))
      const meant = doubtful.filter(({ recordId }) => recordIds === null || recordIds.includes(recordId))
      const changes = meant.map((row): BookedRow => ({
        itemNo: row.itemNo,
        absentSince: null,
        state: isHeld ? 'done' : 'fresh',
        resultJson: isHeld ? resultOf(row, { kind: 'accepted', warnings: [] }) : null,
      }))
      const word = canonicalJson({ isHeld, reason, items: meant.map(({ itemNo }) => itemNo) })
      if (changes.length > 0)
        book.note(batchId, changes, clock.now(), { kind: 'person', raw: Buffer.from(word, 'utf8') })
      return changes.length
    },

    skewMs: () => null,
    dispose: () => rows.dispose(),
  }
}

/**
 * Submission by hand at the platform's end: a package is opened, its batches go the way of every batch, and once they
 * are settled the receipts, outcomes and the desk's part of the feed go back in one signed file.
 */
import * as v from 'valibot'
import type { FeedEvent, ItemResult } from '@shared/domain/exchange'
import { canonicalJson } from '@shared/kernel/canonical-json'
import type { Json } from '@shared/kernel/canonical-json'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import type { Clock } from '@shared/kernel/clock'
import type { SigningKey } from '@engine/crypto/signing-key'
import type { SmProvider } from '@engine/crypto/sm-provider'
import { openEnvelope } from '@engine/envelope/envelope-reader'
import { sealEnvelope } from '@engine/envelope/envelope-writer'
import { memberNames, packageHeadSchema } from '@engine/envelope/package-layout'
import type { AnswerHead, PackageHead } from '@engine/envelope/package-layout'
import type { ZipMember } from '@engine/envelope/stored-zip'
import { readCursor, writeCursor } from '@practice/http/feed-cursor'
import { ProtocolError } from '@practice/http/protocol-error'
import type { BatchIntake } from '@practice/intake/batch-intake'
import { MAX_FEED_EVENTS } from '@practice/protocol-limits'
import type { BatchRepo } from '@practice/store/batch-repo'
import type { Desk, DeskRepo } from '@practice/store/desk-repo'
import type { FeedRepo } from '@practice/store/feed-repo'
import type { ItemRepo } from '@practice/store/item-repo'
import type { MetaRepo } from '@practice/store/meta-repo'
import type { PracticeDatabase } from '@practice/store/practice-database'

/** Takes a package and gives its answer; refuses with a `ProtocolError`. The same package may come again. */
export type AnswerPackage = (file: Uint8Array) => Promise<Buffer>

export interface PackageDeskDeps {
  readonly db: PracticeDatabase
  readonly desks: DeskRepo
  readonly intake: BatchIntake
  readonly batches: BatchRepo
  readonly items: ItemRepo
  readonly feed: FeedRepo
  readonly meta: MetaRepo
  readonly clock: Clock
  readonly provider: SmProvider
  /** Reads packages and signs answers, as `spelling` says. */
  readonly key: SigningKey
  readonly spelling: SignatureSpelling
  readonly platformId: string
  /** Resolves when everything that was closed has been settled. */
  readonly settled: () => Promise<void>
  readonly packageText: (id: string, version: string) => string | null
}

/** What one batch of the package came to at the door. */
type Admitted = { readonly batchId: string; readonly refusal: string | null }

const json = (value: unknown): Uint8Array => Buffer.from(canonicalJson(value as Json), 'utf8')
const line = (item: ItemResult): string => `${canonicalJson(item as unknown as Json)}\n`

export function createPackageDesk(deps: PackageDeskDeps): AnswerPackage {
  const { desks, intake, batches, items, feed, provider, key, spelling } = deps

  const refused = (reason: string): ProtocolError =>
    new ProtocolError(422, 'package_refused', 'the package is not taken', { reason })

  const headOf = (head: unknown): PackageHead | null => {
    const parsed = v.safeParse(packageHeadSchema, head)
    return parsed.success ? parsed.output : null
  }

  const admit = (
    desk: Desk,
    { batchId, parts }: PackageHead['batches'][number],
    member: (name: string) => Uint8Array | null,
  ): Admitted => {
    try {
      const { batch } = intake.open(desk, batchId, member(memberNames.manifest(batchId)))
      for (let no = 1; no <= parts; no++) {
        intake.part(batch, no, member(memberNames.part(batchId, no)) ?? new Uint8Array())
      }
      intake.close(batch)
      return { batchId, refusal: null }
    } catch (error) {
      if (error instanceof ProtocolError && error.status < 500) return { batchId, refusal: error.code }
      throw error
    }
  }

  const batchMembers = ({ batchId, refusal }: Admitted): ZipMember[] => {
    const state = (value: object): ZipMember => ({ name: memberNames.state(batchId), bytes: json(value) })
    const batch = batches.find(batchId)
    if (refusal !== null || batch === null) return [state({ state: 'refused', code: refusal ?? 'not_found' })]
    const { state: at, receivedAt, receiptJson } = batch
    const told = state({ state: at, receivedAt, counts: items.counts(batchId), missingParts: [] })
    if (receiptJson === null) return [told]
    const lines = Array.from(items.all(batchId), line).join('')
    return [
      told,
      { name: memberNames.items(batchId), bytes: Buffer.from(lines, 'utf8') },
      { name: memberNames.receipt(batchId), bytes: Buffer.from(receiptJson, 'utf8') },
    ]
  }

  const eventsAfter = (bureau: string, seq: number): FeedEvent[] => {
    const events: FeedEvent[] = []
    for (let after = seq; ;) {
      const page = feed.page(bureau, after, MAX_FEED_EVENTS)
      events.push(...page)
      if (page.length < MAX_FEED_EVENTS) return events
      after = page.at(-1)!.seq
    }
  }

  const standardMembers = (events: readonly FeedEvent[]): ZipMember[] =>
    events.flatMap(({ type, body }) => {
      const { id, version } = body
      if (type !== 'standard.published' || typeof id !== 'string' || typeof version !== 'string') return []
      const text = deps.packageText(id, version)
      return text === null
        ? []
        : [{ name: memberNames.standard(id, version), bytes: Buffer.from(text, 'utf8') }]
    })

  const feedMembers = (bureau: string, after: string): ZipMember[] => {
    const seq = readCursor(after, deps.platformId, feed.lastSeq())
    const events = eventsAfter(bureau, seq ?? 0)
    const cursor = writeCursor(events.at(-1)?.seq ?? seq ?? 0, deps.platformId)
    const highWater = feed.waitingSince() ?? deps.clock.now()
    const page = { after: seq === null ? '' : after, events, cursor, highWater, resyncRequired: false }
    return [{ name: memberNames.feed, bytes: json(page) }, ...standardMembers(events)]
  }

  return async (file) => {
    const opened = await openEnvelope(file, {
      format: 'xinbao-package',
      recipient: key,
      spelling,
      senderKey: ({ head }) => desks.find(headOf(head)?.clientId ?? '')?.publicKey ?? null,
      sm: provider,
    })
    if (!opened.ok) throw refused(opened.problem)
    const head = headOf(opened.manifest.head)
    const desk = desks.find(head?.clientId ?? '')
    if (head === null || desk === null || desk.bureau.code !== head.bureau) throw refused('other-sender')
    const admitted = head.batches.map((batch) => admit(desk, batch, opened.member))
    await deps.settled()
    const answerNo = deps.db.transaction(() => deps.meta.nextNumber(`answer:${desk.clientId}`)).immediate()
    const answer: AnswerHead = {
      answerNo,
      inReplyTo: head.packageId,
      clientId: desk.clientId,
      bureau: desk.bureau.code,
      batches: admitted.map(({ batchId }) => batchId),
    }
    const members = [...admitted.flatMap(batchMembers), ...feedMembers(desk.bureau.code, head.feedCursor)]
    return sealEnvelope(
      {
        format: 'xinbao-answer',
        madeAt: deps.clock.now(),
        head: answer,
        members: [...new Map(members.map((one) => [one.name, one])).values()],
      },
      { sender: key, recipientPublicKey: desk.publicKey, spelling },
      provider,
    )
  }
}

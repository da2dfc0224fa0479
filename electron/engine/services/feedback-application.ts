/**
 * What an event of the feed does at the desk; always inside the transaction that also moves the cursor. A server can
 * touch only what it names correctly: record, revision and reference must all be ours and accepted.
 */
import { canMoveEditorial, inFlight, isAccepted } from '@shared/domain/record-status'
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import { cut } from '@shared/kernel/text'
import type { CompiledStandard } from '@shared/standard/standard'
import { fill } from '@shared/texts/fill'
import { noticeTexts, noticeTitles } from '@shared/texts/zh-CN/exchange'
import type { BatchRepo } from '@engine/repos/batch-repo'
import type { FeedRepo } from '@engine/repos/feed-repo'
import type { NoticeEntity, NoticeRepo } from '@engine/repos/notice-repo'
import type { AuditRepo, RecordRepo } from '@engine/repos/repo-types'
import type { KnownEvent } from './feedback-events'
import { turnOpenChange } from './feedback-open-change'
import type { RepairService } from './repair-service'
import type { StandardsService } from './standards-service'
import { headlineOf, ownIssue, platformIssues } from './submission-platform-issues'

/** `parked`: it speaks of a batch whose verdicts are not in yet. */
export type Applied = 'applied' | 'parked' | 'unmatched'

export interface FeedApplication {
  apply(event: KnownEvent, receivedAt: string): Applied
  /** Keeps an event that could not be used as a notice, with its raw body. */
  keepAside(kind: 'unreadable' | 'unmatched', eventId: string, body: unknown, receivedAt: string): void
}

export interface FeedApplicationDeps {
  readonly records: RecordRepo
  readonly batches: BatchRepo
  readonly feed: FeedRepo
  readonly notices: NoticeRepo
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly actor: () => string
  readonly standard: () => CompiledStandard
  /** Notes an announced standard, which is fetched after the page; absent where none are installed. */
  readonly standards?: Pick<StandardsService, 'announce'>
  /** Cases of credit repair that the platform may decide; absent where there are none. */
  readonly repairs?: Pick<RepairService, 'decidedByPlatform'>
}

type Event<Type extends KnownEvent['type']> = Extract<KnownEvent, { readonly type: Type }>

const LONGEST_TITLE = 200
const LONGEST_TEXT = 2_000
const LONGEST_BODY = 100_000

export function createFeedApplication(deps: FeedApplicationDeps): FeedApplication {
  const { records, notices, audit } = deps

  const log = (act: string, ref: string | null, body: Readonly<Record<string, string | number>>): void =>
    audit.append({ at: deps.clock.now(), actor: deps.actor(), act, ref, body })

  /**
   * The platform goes on about a notice that is there already. While it is open, newer words and days take the place of
   * the older; an answer stands for the notice as a whole, at the platform too. Another matter under its id is no part
   * of it.
   */
  const renew = (known: NoticeEntity, notice: NoticeEntity): Applied => {
    const isAboutAnother =
      known.recordId !== null && notice.recordId !== null
        ? known.recordId !== notice.recordId
        : known.platformRef !== notice.platformRef
    if (known.kind !== notice.kind || isAboutAnother) return 'unmatched'
    if (known.state !== 'open' || known.bodyJson === notice.bodyJson) return 'applied'
    notices.renew(notice)
    log('notice.received', notice.recordId, { kind: notice.kind, noticeId: notice.noticeId })
    return 'applied'
  }

  const keepNotice = (
    noticeId: string,
    kind: string,
    about: {
      readonly recordId: string | null
      readonly platformRef: string | null
      readonly dueOn?: string | null
    },
    words: { readonly title?: string; readonly text: string },
    body: unknown,
    receivedAt: string,
  ): Applied => {
    const notice: NoticeEntity = {
      noticeId: cut(noticeId, LONGEST_TITLE),
      kind,
      recordId: about.recordId,
      platformRef: about.platformRef,
      title: cut(words.title ?? noticeTitles[kind] ?? kind, LONGEST_TITLE),
      text: cut(words.text, LONGEST_TEXT),
      bodyJson: cut(JSON.stringify(body), LONGEST_BODY),
      dueOn: about.dueOn?.slice(0, 10) ?? null,
      state: 'open',
      receivedAt,
    }
    const known = notices.find(notice.noticeId)
    if (known !== null) return renew(known, notice)
    notices.keep(notice)
    log('notice.received', about.recordId, { kind, noticeId: notice.noticeId })
    return 'applied'
  }

  const words = (kind: string, params: Readonly<Record<string, string | number | null>>): string =>
    fill(noticeTexts[kind] ?? '', params)

  const ownRecord = (platformRef: string | null): string | null =>
    platformRef === null ? null : (records.findByPlatformRef(platformRef)?.recordId ?? null)

  /**
   * Whom a notice is about: it may name a reference that a later acceptance has replaced. What the event does to the
   * publicity of the record goes by its present reference alone.
   */
  const addressed = (platformRef: string | null): string | null =>
    ownRecord(platformRef) ??
    (platformRef === null ? null : deps.batches.recordOfEarlierReference(platformRef))

  const rejectLate = ({ body }: Event<'item.rejected'>): Applied => {
    const record = records.find(body.recordId)
    const revision = records.revision(body.recordId, body.revision)
    if (record === null || revision === null) return 'unmatched'
    if (inFlight.includes(revision.delivery)) return 'parked'
    const given = deps.batches.referencesOf(body.recordId)
    const isNamed = given.some(
      (one) => one.revision === body.revision && one.platformRef === body.platformRef,
    )
    if (!isNamed || !isAccepted(revision.delivery)) return 'unmatched'
    const told = platformIssues(body.errors, deps.standard().types.get(record.recordType))
    const issues = told.some((issue) => issue.severity === 'error')
      ? told
      : [...told, ownIssue('platform.unexplained')]
    records.moveDelivery(body.recordId, body.revision, 'revoked')
    records.addPlatformIssues(body.recordId, body.revision, issues)
    if (record.acceptedRevision === body.revision) {
      // An earlier revision of the record may still be in force at the platform.
      const earlier = given.find(({ revision: no }) => {
        const other = no < body.revision ? records.revision(body.recordId, no) : null
        return other !== null && isAccepted(other.delivery)
      })
      records.update(body.recordId, {
        // Without one the reference of the refused item stays: a correction under way names it.
        platformRef: earlier?.platformRef ?? body.platformRef,
        acceptedRevision: earlier?.revision ?? null,
      })
      if (earlier === undefined) turnOpenChange(deps, record, body.revision, issues)
    }
    if (record.headRevision === body.revision && canMoveEditorial(record.editorial, 'draft')) {
      records.update(body.recordId, { editorial: 'draft', ...headlineOf(issues) })
    }
    log('item.revoked', body.recordId, { revision: body.revision, code: issues[0]?.code ?? '' })
    return 'applied'
  }

  const requestCorrection = ({ body }: Event<'correction.requested'>, receivedAt: string): Applied => {
    const named = body.recordId === null ? null : records.find(body.recordId)
    const recordId = addressed(body.platformRef) ?? named?.recordId ?? null
    const about = { recordId, platformRef: body.platformRef, dueOn: body.dueOn }
    return keepNotice(body.noticeId, 'correction.requested', about, { text: body.text }, body, receivedAt)
  }

  const setPublicity = (platformRef: string, publicity: 'published' | 'taken_down', on: string): Applied => {
    const recordId = ownRecord(platformRef)
    if (recordId === null) return 'unmatched'
    deps.feed.setPublicity(recordId, publicity, on.slice(0, 10))
    log(publicity === 'published' ? 'record.published' : 'record.taken-down', recordId, {})
    return 'applied'
  }

  const orderTakeDown = ({ body }: Event<'takedown.ordered'>, receivedAt: string): Applied => {
    const own = ownRecord(body.platformRef)
    if (own !== null) deps.feed.setPublicity(own, 'takedown_due', businessDate(receivedAt))
    const about = { recordId: addressed(body.platformRef), platformRef: body.platformRef, dueOn: body.dueOn }
    const text = words('takedown.ordered', { basis: body.basis, dueOn: body.dueOn })
    return keepNotice(body.noticeId, 'takedown.ordered', about, { text }, body, receivedAt)
  }

  const decideRepair = ({ body }: Event<'repair.decided'>, receivedAt: string): Applied => {
    const own = ownRecord(body.platformRef)
    if (own !== null) {
      const on = body.on?.slice(0, 10) ?? businessDate(receivedAt)
      const effect = body.effect ?? 'takeDown'
      if (body.decision === 'granted')
        deps.feed.setPublicity(own, effect === 'mark' ? 'marked' : 'repaired', on)
      deps.repairs?.decidedByPlatform(own, { decision: body.decision, effect, on })
    }
    const about = { recordId: addressed(body.platformRef), platformRef: body.platformRef }
    const text = words('repair.decided', { decision: body.decision, on: body.on })
    return keepNotice(body.noticeId, 'repair.decided', about, { text }, body, receivedAt)
  }

  const general = (
    noticeId: string,
    event: KnownEvent,
    text: string,
    receivedAt: string,
    title?: string,
  ): Applied => {
    const said = title === undefined || title === '' ? { text } : { text, title }
    return keepNotice(
      noticeId,
      event.type,
      { recordId: null, platformRef: null },
      said,
      event.body,
      receivedAt,
    )
  }

  return {
    apply(event, receivedAt) {
      switch (event.type) {
        case 'item.rejected':
          return rejectLate(event)
        case 'correction.requested':
          return requestCorrection(event, receivedAt)
        case 'record.published':
          return setPublicity(event.body.platformRef, 'published', event.body.from)
        case 'record.takenDown':
          return setPublicity(event.body.platformRef, 'taken_down', event.body.on)
        case 'takedown.ordered':
          return orderTakeDown(event, receivedAt)
        case 'repair.decided':
          return decideRepair(event, receivedAt)
        case 'standard.published': {
          const { id, version, from, sha256 } = event.body
          deps.standards?.announce({ id, version, sha256 })
          return general(
            `standard:${id}:${version}`,
            event,
            words(event.type, { id, version, from }),
            receivedAt,
          )
        }
        case 'calendar.published':
          return general(`calendar:${event.body.version}`, event, words(event.type, event.body), receivedAt)
        case 'outage.announced': {
          const { outageId, from, to, text } = event.body
          return general(`outage:${outageId}`, event, words(event.type, { from, to, text }), receivedAt)
        }
        case 'notice.posted':
          return general(event.body.noticeId, event, event.body.text, receivedAt, event.body.title)
      }
    },

    keepAside(kind, eventId, body, receivedAt) {
      const platformRef =
        typeof body === 'object' &&
        body !== null &&
        'platformRef' in body &&
        typeof body.platformRef === 'string'
          ? cut(body.platformRef, LONGEST_TITLE)
          : null
      const about = { recordId: null, platformRef }
      keepNotice(`${kind}:${eventId}`, kind, about, { text: words(kind, { platformRef }) }, body, receivedAt)
    },
  }
}

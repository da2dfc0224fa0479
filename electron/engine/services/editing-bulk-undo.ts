import type { Clock } from '@shared/kernel/clock'
import type { Ids } from '@shared/kernel/ids'
import { bulkActTexts } from '@shared/texts/zh-CN/acts'
import type { BulkAct } from '@shared/texts/zh-CN/acts'
import type { BulkUndone } from '@shared/contract/views/record-views'
import type { EventBus } from '@engine/event-bus'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { AuditRepo, RecordEntity, RecordRepo, Store } from '@engine/repos/repo-types'
import type { CheckingService } from './checking-service'
import { announceRecords } from './editing-events'
import type { EditingService } from './editing-service'

/** Takes decisions about many records back, for as long as nothing else has changed them. */
export interface BulkUndoService {
  /**
   * Carries out an act on many records and notes how those that it changed stood before. `undo` names it for `takeBack`;
   * null when nothing was changed. `code` is the rule that the act is about.
   */
  noting<Outcome extends object>(
    what: { readonly act: BulkAct; readonly recordIds: readonly string[]; readonly code?: string },
    carryOut: () => Outcome,
  ): Outcome & { readonly undo: string | null }
  /**
   * Puts the records of some acts back as they stood, the last act first. A record that was changed meanwhile is left
   * and named. An act that was taken back, or is long past, or happened before the program was started, is unknown.
   */
  takeBack(undoIds: readonly string[]): BulkUndone
}

/** What a decision sets; the rest of a record follows from the check. */
type Decided = Pick<
  RecordEntity,
  'editorial' | 'heldReason' | 'heldUntil' | 'excludedBasis' | 'excludedReason'
>

interface Noted {
  readonly recordId: string
  readonly docNo: string
  readonly before: Decided & Pick<RecordEntity, 'headRevision' | 'isDuplicate'>
  /** Fields whose warning of the rule nobody had confirmed. */
  readonly unconfirmed: readonly (string | null)[]
  /** How the act left the record. */
  readonly mark: string
}

interface NotedAct {
  readonly act: BulkAct
  readonly code: string | null
  readonly records: readonly Noted[]
}

/** So many acts are remembered, the newest. */
const MOST_ACTS = 40
/** So many records left as they are get named. */
const MOST_NAMED = 20

const decidedOf = ({
  editorial,
  heldReason,
  heldUntil,
  excludedBasis,
  excludedReason,
}: Decided): Decided => ({ editorial, heldReason, heldUntil, excludedBasis, excludedReason })

/** Any change of the record gives it another mark. */
const markOf = (record: RecordEntity): string =>
  JSON.stringify([
    record.headRevision,
    record.delivery,
    record.updatedAt,
    record.openIssues,
    decidedOf(record),
  ])

/** The way back from decisions about many records at one desk. What it knows ends with the program. */
export function createBulkUndoService(deps: {
  readonly store: Store
  readonly records: RecordRepo
  readonly lookup: RecordLookup
  readonly audit: AuditRepo
  readonly checking: CheckingService
  readonly editing: EditingService
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: EventBus
  readonly actor: () => string
}): BulkUndoService {
  const { store, records, lookup, checking } = deps
  const acts = new Map<string, NotedAct>()

  const openFields = (record: RecordEntity, code: string | undefined): readonly (string | null)[] =>
    code === undefined
      ? []
      : records
          .issues(record.recordId, record.headRevision)
          .filter((issue) => issue.code === code && issue.source === 'local' && issue.confirmedBy === null)
          .map((issue) => issue.field)

  /** Fields that are open in the list before and not in the one after, in the same revision. */
  const confirmedNow = (
    before: RecordEntity,
    after: RecordEntity,
    open: readonly (string | null)[],
    code: string | undefined,
  ): readonly (string | null)[] => {
    if (before.headRevision !== after.headRevision || open.length === 0) return []
    const still = openFields(after, code)
    return open.filter((field) => !still.includes(field))
  }

  /** Texts that the revision now at the head has otherwise than the one before. */
  const formerTexts = ({ recordId, before }: Noted): Readonly<Record<string, string>> => {
    const record = records.find(recordId)
    const now = record === null ? null : records.revision(recordId, record.headRevision)
    const then = records.revision(recordId, before.headRevision)
    if (now === null || then === null) throw new Error(`record ${recordId} has lost a revision`)
    const fields = new Set([...Object.keys(now.raw), ...Object.keys(then.raw)])
    const differing = [...fields].filter((field) => (now.raw[field] ?? '') !== (then.raw[field] ?? ''))
    return Object.fromEntries(differing.map((field) => [field, then.raw[field] ?? '']))
  }

  const again = (recordId: string): void => {
    const record = records.find(recordId)
    if (record?.delivery === 'none') checking.recheck(record)
  }

  const restoreDecision = ({ recordId, before }: Noted, record: RecordEntity): void => {
    const isBack = record.editorial === 'discarded' && before.editorial !== 'discarded'
    records.update(recordId, {
      ...decidedOf(before),
      // Until the check has looked, somebody else may own the key by now.
      ...(isBack ? { isDuplicate: true } : {}),
    })
    if (before.editorial === 'discarded' && record.naturalKey !== null && !record.isDuplicate)
      for (const waiting of lookup.duplicatesOf(record.naturalKey, record.docKey)) checking.recheck(waiting)
    if (before.editorial === 'draft' || before.editorial === 'checked') again(recordId)
  }

  const restoreOne = (noted: Noted, act: NotedAct): void => {
    const record = records.find(noted.recordId)
    if (record === null) throw new Error(`record ${noted.recordId} is gone`)
    if (act.code !== null && act.act === 'confirm') {
      for (const field of noted.unconfirmed)
        records.unconfirmIssues(noted.recordId, record.headRevision, { code: act.code, field })
      again(noted.recordId)
    } else restoreDecision(noted, record)
  }

  const log = (recordId: string, act: BulkAct): void =>
    deps.audit.append({
      at: deps.clock.now(),
      actor: deps.actor(),
      act: 'record.undone',
      ref: recordId,
      body: { what: bulkActTexts[act] },
    })

  const isAsLeft = ({ recordId, mark }: Noted): boolean => {
    const record = records.find(recordId)
    return record !== null && markOf(record) === mark
  }

  /** Puts back what can be; gives the records of which that is true. */
  const putBack = (act: NotedAct, fitting: readonly Noted[]): readonly Noted[] => {
    if (act.act !== 'fix') {
      store.write(() => {
        for (const noted of fitting) {
          restoreOne(noted, act)
          log(noted.recordId, act.act)
        }
      })
      return fitting
    }
    const texts = new Map(fitting.map((noted) => [noted.recordId, formerTexts(noted)]))
    const saved = new Set<string>()
    deps.editing.saveTexts([...texts.keys()], {
      textsOf: (recordId) => texts.get(recordId) ?? {},
      saved: (recordId) => {
        log(recordId, act.act)
        saved.add(recordId)
      },
    })
    return fitting.filter(({ recordId }) => saved.has(recordId))
  }

  const takeBackOne = (
    act: NotedAct,
  ): { readonly back: readonly Noted[]; readonly left: readonly Noted[] } => {
    // Who owned a key gets it back before those that waited for it.
    const fitting = act.records
      .filter(isAsLeft)
      .sort((one, other) => Number(one.before.isDuplicate) - Number(other.before.isDuplicate))
    const back = new Set(putBack(act, fitting))
    return { back: [...back], left: act.records.filter((noted) => !back.has(noted)) }
  }

  return {
    noting({ act, recordIds, code }, carryOut) {
      const before = new Map(
        [...new Set(recordIds)].flatMap((recordId) => {
          const record = records.find(recordId)
          return record === null ? [] : [[recordId, { record, open: openFields(record, code) }] as const]
        }),
      )
      const outcome = carryOut()
      const noted = [...before].flatMap(([recordId, { record, open }]): readonly Noted[] => {
        const after = records.find(recordId)
        if (after === null) return []
        const unconfirmed = act === 'confirm' ? confirmedNow(record, after, open, code) : []
        const isChanged =
          act === 'confirm'
            ? unconfirmed.length > 0
            : act === 'fix'
              ? after.headRevision !== record.headRevision
              : JSON.stringify(decidedOf(after)) !== JSON.stringify(decidedOf(record))
        if (!isChanged) return []
        const { headRevision, isDuplicate, docNo } = record
        const stood = { ...decidedOf(record), headRevision, isDuplicate }
        return [{ recordId, docNo, before: stood, unconfirmed, mark: markOf(after) }]
      })
      if (noted.length === 0) return { ...outcome, undo: null }
      const undo = deps.ids.next()
      acts.set(undo, { act, code: code ?? null, records: noted })
      for (const old of [...acts.keys()].slice(0, -MOST_ACTS)) acts.delete(old)
      return { ...outcome, undo }
    },

    takeBack(undoIds) {
      const known = [...undoIds].reverse().flatMap((id) => {
        const act = acts.get(id)
        acts.delete(id)
        return act === undefined ? [] : [act]
      })
      const outcomes = known.map(takeBackOne)
      const back = outcomes.flatMap((outcome) => outcome.back)
      const left = outcomes.flatMap((outcome) => outcome.left)
      announceRecords(
        deps.bus,
        back.map(({ recordId }) => recordId),
      )
      return {
        isKnown: known.length > 0,
        undone: back.length,
        left: left.length,
        named: left.slice(0, MOST_NAMED).map(({ recordId, docNo }) => ({ recordId, docNo })),
      }
    },
  }
}

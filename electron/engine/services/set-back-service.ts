/**
 * Whether the store of a desk is the one that it last worked with. An older copy that was put back knows nothing of what
 * the desk has sent since: such a desk asks the platform before it sends anything that may have left in the lost time.
 */
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import type { SetBackView } from '@shared/contract/views/desk-views'
import type { Log } from '@engine/ports'
import type { ChainedAuditRepo } from '@engine/repos/audit-repo'
import type { AuditHead, HeadMark } from '@engine/repos/head-mark'
import type { SettingRepo, Store } from '@engine/repos/repo-types'

/** What a desk knows of the last time that its store was set back. A batch that was sealed before may have left. */
export interface SetBack extends SetBackView {
  /** Whether a person has taken note of it. */
  readonly isNoted: boolean
}

const SETTING = 'restored'
const MARKED = 'headMarked'

/** What the store itself remembers of having been set back; null when it never was. */
export function setBackOf(settings: Pick<SettingRepo, 'get'>): SetBack | null {
  const stored = settings.get<Partial<SetBack> & Pick<SetBack, 'at'>>(SETTING)
  return stored === null ? null : { from: null, cause: 'backup', isNoted: false, ...stored }
}

/** Notes that a store was set back, inside the caller's transaction. */
export function noteSetBack(
  settings: SettingRepo,
  audit: ChainedAuditRepo,
  found: { readonly at: string; readonly cause: SetBackView['cause']; readonly actor: string },
): void {
  const { at, cause, actor } = found
  const from = audit.lastAt()
  settings.set(SETTING, { at, from, cause, isNoted: false } satisfies SetBack)
  const act = { backup: 'desk.restored', 'older-store': 'desk.set-back', 'mark-missing': 'desk.mark-missing' }
  audit.append({ at, actor, act: act[cause], ref: null, body: {} })
}

/** Whether a record of this legal date may have been sent in the time that the store has lost. */
export const mayBeLost = (setBack: SetBack | null, legalDate: string): boolean =>
  setBack !== null && legalDate <= businessDate(setBack.at)

export interface SetBackService {
  /** Compares store and mark; call once when the store has been opened. */
  begin(): void
  /**
   * Outside a unit of work: the mark has come as far as the store, on the disk. Refuses `storage.*`: nothing may leave
   * the desk then.
   */
  secure(): void
  /** The last time that the store was set back, while no person has taken note of it. */
  open(): SetBack | null
  /** A person has taken note. */
  note(): void
  close(): void
}

export interface SetBackDeps {
  readonly store: Store
  readonly settings: SettingRepo
  readonly audit: ChainedAuditRepo
  readonly mark: HeadMark
  readonly clock: Clock
  readonly log: Log
  readonly actor: () => string
}

/** The store with every unit of work followed by its mark, which may lag behind the store but never leads. */
export function withHeadMark(deps: SetBackDeps): { readonly store: Store; readonly setBack: SetBackService } {
  const { store, settings, audit, mark, log } = deps
  let marked: AuditHead | null = null
  let depth = 0

  const secure = (): void => {
    // Inside a unit of work the trail may still be taken back: the mark follows when the unit is over.
    if (depth > 0) return
    const head = audit.head()
    if (marked?.seq === head.seq && marked.hash === head.hash) return
    mark.write(head)
    marked = head
  }

  /** What was written is on the disk whatever becomes of the mark; the next one makes good for it. */
  const follow = (): void => {
    try {
      secure()
    } catch (error) {
      log.error('store.mark', error)
    }
  }

  const write = <T>(work: () => T): T => {
    depth++
    let result: T
    try {
      result = store.write(work)
    } finally {
      depth--
    }
    if (depth === 0) follow()
    return result
  }

  const causeNow = (): SetBackView['cause'] | null => {
    const found = mark.read()
    if (found === null) return settings.get<boolean>(MARKED) === true ? 'mark-missing' : null
    return audit.hashAt(found.seq) === found.hash || found.seq === 0 ? null : 'older-store'
  }

  return {
    store: { ...store, write },
    setBack: {
      begin() {
        const cause = causeNow()
        if (cause !== null)
          store.write(() =>
            noteSetBack(settings, audit, { at: deps.clock.now(), cause, actor: deps.actor() }),
          )
        secure()
        if (settings.get<boolean>(MARKED) !== true) store.write(() => settings.set(MARKED, true))
      },
      secure,
      open() {
        const found = setBackOf(settings)
        return found === null || found.isNoted ? null : found
      },
      note() {
        const found = setBackOf(settings)
        if (found !== null) store.write(() => settings.set(SETTING, { ...found, isNoted: true }))
      },
      close: () => mark.close(),
    },
  }
}

/** A store that was made from a backup has no mark yet. Inside the caller's transaction. */
export const forgetMark = (settings: SettingRepo): void => settings.set(MARKED, false)

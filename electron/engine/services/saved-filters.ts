import type { CallInput } from '@shared/contract/calls'
import type { SavedFilter } from '@shared/contract/views/record-views'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { Ids } from '@shared/kernel/ids'
import { foldForKey } from '@shared/kernel/text'
import type { AuditRepo, SettingRepo, Store } from '@engine/repos/repo-types'

const KEY = 'savedFilters'
/** More names than this nobody finds his way in. */
export const MOST_FILTERS = 50

/** The named selections of records of one desk, in the order in which they were first saved. */
export interface SavedFilters {
  list(): readonly SavedFilter[]
  /**
   * Saves a selection under a name; with the id of a known one, in its place. Refuses `filter.name-taken` and
   * `filter.too-many`.
   */
  put(filter: CallInput<'filters.put'>): readonly SavedFilter[]
  /** Nothing happens to an unknown one. */
  remove(filterId: string): readonly SavedFilter[]
}

/** The saved selections in the store of one desk. */
export function createSavedFilters(deps: {
  readonly store: Store
  readonly settings: SettingRepo
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly ids: Ids
  readonly actor: () => string
}): SavedFilters {
  const { store, settings } = deps
  const list = (): readonly SavedFilter[] => settings.get<readonly SavedFilter[]>(KEY) ?? []

  const change = (work: (now: readonly SavedFilter[]) => readonly SavedFilter[]): readonly SavedFilter[] =>
    store.write(() => {
      const next = work(list())
      settings.set(KEY, next)
      const entry = { at: deps.clock.now(), actor: deps.actor(), act: 'settings.changed' }
      deps.audit.append({ ...entry, ref: null, body: { settings: KEY } })
      return next
    })

  return {
    list,

    put: ({ filterId, name, query }) =>
      change((now) => {
        const others = now.filter((one) => one.filterId !== filterId)
        if (others.some((one) => foldForKey(one.name) === foldForKey(name)))
          refuse('filter.name-taken', { name })
        const isKnown = others.length < now.length
        if (!isKnown && now.length >= MOST_FILTERS) refuse('filter.too-many', { most: MOST_FILTERS })
        const saved = { filterId: filterId ?? deps.ids.next(), name, query }
        return isKnown ? now.map((one) => (one.filterId === filterId ? saved : one)) : [...now, saved]
      }),

    remove: (filterId) => change((now) => now.filter((one) => one.filterId !== filterId)),
  }
}

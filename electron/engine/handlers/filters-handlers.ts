import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { SavedFilters } from '@engine/services/saved-filters'

type Names = Extract<EngineCallName, `filters.${string}`>

/** The named selections of the records screen. */
export function filtersHandlers({
  filters,
}: {
  readonly filters: SavedFilters
}): Pick<Handlers<EngineCallName>, Names> {
  return {
    'filters.list': () => filters.list(),
    'filters.put': (filter) => filters.put(filter),
    'filters.remove': ({ filterId }) => filters.remove(filterId),
  }
}

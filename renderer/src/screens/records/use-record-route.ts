import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { clockStates, deliveryStates } from '@shared/domain/record-status'
import { recordFilters, recordSorts } from '@shared/contract/views/record-views'
import { useFiltersStore } from '@renderer/stores/filters-store'
import { everyUnsent } from '@renderer/stores/records-store'
import type { RecordQuery } from '@renderer/stores/records-store'

const text = (query: LocationQuery, name: string): string | null => {
  const value = query[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** The text when it is one of a closed list. */
const oneOf = <Value extends string>(list: readonly Value[], value: string | null): Value | null =>
  list.find((one) => one === value) ?? null

/** Only what differs from the plain selection goes into the address; the filter is always said. */
function toAddress(query: RecordQuery): LocationQueryRaw {
  const changed = Object.entries(query).filter(
    ([name, value]) =>
      value !== null && (name === 'filter' || value !== everyUnsent[name as keyof RecordQuery]),
  )
  return Object.fromEntries(changed)
}

/** What the address asks for: the selection of records, and the panel over it. */
export interface RecordRoute {
  readonly query: ComputedRef<RecordQuery>
  /** The record shown in the panel. */
  readonly recordId: ComputedRef<string | null>
  /** `''` while the type of a new record is still to be chosen, its type after that, null when none is made. */
  readonly creating: ComputedRef<string | null>
  readonly wantsSearch: ComputedRef<boolean>
  /** Changes part of the selection; the record in the panel stays. */
  readonly select: (part: Partial<RecordQuery>) => Promise<unknown>
  readonly open: (recordId: string | null) => Promise<unknown>
  readonly create: (type: string | null) => Promise<unknown>
}

/** The records screen keeps its state in the address, so that back, links from the desk and reloads work. */
export function useRecordRoute(): RecordRoute {
  const route = useRoute()
  const router = useRouter()
  const filters = useFiltersStore()

  const fromAddress = (): RecordQuery => ({
    type: text(route.query, 'type'),
    filter: oneOf(recordFilters, text(route.query, 'filter')) ?? everyUnsent.filter,
    search: text(route.query, 'search') ?? '',
    clock: oneOf(clockStates, text(route.query, 'clock')),
    delivery: oneOf(deliveryStates, text(route.query, 'delivery')),
    sort: oneOf(recordSorts, text(route.query, 'sort')) ?? everyUnsent.sort,
  })
  /** An address that asks for nothing, as that of the navigation, means what was last asked for. */
  const query = computed<RecordQuery>(() =>
    Object.keys(everyUnsent).some((name) => text(route.query, name) !== null)
      ? fromAddress()
      : (filters.chosen ?? everyUnsent),
  )
  const recordId = computed(() => text(route.query, 'record'))
  const creating = computed(() => {
    const wanted = text(route.query, 'create')
    return wanted === '1' ? '' : wanted
  })
  const wantsSearch = computed(() => text(route.query, 'find') !== null)

  function select(part: Partial<RecordQuery>): Promise<unknown> {
    const panel = recordId.value === null ? {} : { record: recordId.value }
    filters.chosen = { ...query.value, ...part }
    return router.replace({ name: 'records', query: { ...toAddress({ ...query.value, ...part }), ...panel } })
  }

  const go = (panel: LocationQueryRaw): Promise<unknown> =>
    router.push({ name: 'records', query: { ...toAddress(query.value), ...panel } })
  const open = (id: string | null): Promise<unknown> => go(id === null ? {} : { record: id })
  const create = (type: string | null): Promise<unknown> => go({ create: type ?? '1' })

  return { query, recordId, creating, wantsSearch, select, open, create }
}

import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { recordFilters, recordSorts } from '@shared/contract/views/record-views'
import type { RecordFilter, RecordSort } from '@shared/contract/views/record-views'
import type { RecordQuery } from '@renderer/stores/records-store'

const text = (query: LocationQuery, name: string): string | null => {
  const value = query[name]
  return typeof value === 'string' && value !== '' ? value : null
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

  const query = computed<RecordQuery>(() => {
    const filter = text(route.query, 'filter')
    const sort = text(route.query, 'sort')
    return {
      type: text(route.query, 'type'),
      filter: recordFilters.includes(filter as RecordFilter) ? (filter as RecordFilter) : 'unsent',
      search: text(route.query, 'search') ?? '',
      sort: recordSorts.includes(sort as RecordSort) ? (sort as RecordSort) : 'danger',
    }
  })
  const recordId = computed(() => text(route.query, 'record'))
  const creating = computed(() => {
    const wanted = text(route.query, 'create')
    return wanted === '1' ? '' : wanted
  })
  const wantsSearch = computed(() => text(route.query, 'find') !== null)

  const selection = (): LocationQueryRaw => ({
    ...(query.value.type === null ? {} : { type: query.value.type }),
    filter: query.value.filter,
    ...(query.value.search === '' ? {} : { search: query.value.search }),
    ...(query.value.sort === 'danger' ? {} : { sort: query.value.sort }),
  })

  function select(part: Partial<RecordQuery>): Promise<unknown> {
    const next = { ...query.value, ...part }
    const panel = recordId.value === null ? {} : { record: recordId.value }
    return router.replace({
      name: 'records',
      query: {
        ...(next.type === null ? {} : { type: next.type }),
        filter: next.filter,
        ...(next.search === '' ? {} : { search: next.search }),
        ...(next.sort === 'danger' ? {} : { sort: next.sort }),
        ...panel,
      },
    })
  }

  const open = (id: string | null): Promise<unknown> =>
    router.push({ name: 'records', query: { ...selection(), ...(id === null ? {} : { record: id }) } })

  const create = (type: string | null): Promise<unknown> =>
    router.push({ name: 'records', query: { ...selection(), create: type ?? '1' } })

  return { query, recordId, creating, wantsSearch, select, open, create }
}

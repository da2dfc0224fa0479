import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CallInput, CallName, CallOutput } from '@shared/contract/calls'
import type {
  LegalEventView,
  PublicityDetail,
  PublicityFilter,
  PublicityOverview,
  PublicityRow,
} from '@shared/contract/views/publicity-views'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'
import { coalesce } from '@renderer/composables/coalesce'
import { useEvent } from '@renderer/composables/use-event'
import { useNotices } from '@renderer/composables/use-notices'

const PAGE = 100

/** What is on public display, one part of it at a time, and the record that is open at the side. */
export const usePublicityStore = defineStore('publicity', () => {
  const notices = useNotices()
  const overview = shallowRef<PublicityOverview | null>(null)
  const filter = shallowRef<PublicityFilter>('due')
  const search = shallowRef('')
  const rows = shallowRef<readonly PublicityRow[]>([])
  const next = shallowRef<string | null>(null)
  const total = shallowRef(0)
  const isLoaded = shallowRef(false)
  const isBusy = shallowRef(false)
  const failure = shallowRef<Failure | null>(null)
  const detail = shallowRef<PublicityDetail | null>(null)
  const detailFailure = shallowRef<Failure | null>(null)
  const events = shallowRef<readonly LegalEventView[]>([])
  let openId: string | null = null
  let turn = 0

  async function fetchRows(after: string | null): Promise<void> {
    const mine = ++turn
    const page = await callBridge('publicity.page', {
      ...{ filter: filter.value, search: search.value, after, limit: PAGE },
    })
    if (mine !== turn) return
    failure.value = page.ok ? null : page.failure
    isLoaded.value = true
    if (!page.ok) return
    rows.value = after === null ? page.value.rows : [...rows.value, ...page.value.rows]
    next.value = page.value.next
    total.value = page.value.total
  }

  const load = coalesce(async () => {
    const [summary, changes] = await Promise.all([
      callBridge('publicity.overview', {}),
      callBridge('decisions.list', {}),
      fetchRows(null),
    ])
    if (summary.ok) overview.value = summary.value
    else failure.value = summary.failure
    if (changes.ok) events.value = changes.value
  })

  /** Lists another part, or what a search finds in it. */
  async function list(wanted: PublicityFilter, words: string): Promise<void> {
    filter.value = wanted
    search.value = words
    await fetchRows(null)
  }

  const more = (): Promise<void> => (next.value === null ? Promise.resolve() : fetchRows(next.value))

  async function show(recordId: string): Promise<void> {
    if (openId !== recordId) close()
    openId = recordId
    const answer = await callBridge('publicity.get', { recordId })
    if (openId !== recordId) return
    detailFailure.value = answer.ok ? null : answer.failure
    if (answer.ok) detail.value = answer.value
  }

  function close(): void {
    openId = null
    detail.value = null
    detailFailure.value = null
  }

  async function refresh(): Promise<void> {
    await load()
    if (openId !== null) await show(openId)
  }

  /** Does something and shows what became of it; what is refused is said. Null when refused. */
  async function act<Name extends CallName>(
    name: Name,
    input: CallInput<Name>,
  ): Promise<CallOutput<Name> | null> {
    isBusy.value = true
    const answer = await callBridge(name, input)
    isBusy.value = false
    if (!answer.ok) {
      notices.refused(answer.failure)
      return null
    }
    await refresh()
    return answer.value
  }

  useEvent('records.changed', () => void (isLoaded.value && refresh()))
  useEvent('engine.restarted', () => void (isLoaded.value && refresh()))

  return {
    ...{ overview, filter, search, rows, next, total, isLoaded, isBusy, failure },
    ...{ detail, detailFailure, events, load, list, more, show, close, act },
  }
})

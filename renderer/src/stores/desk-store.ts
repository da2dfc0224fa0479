import { defineStore } from 'pinia'
import { useCall } from '@renderer/composables/use-call'
import { useEvent } from '@renderer/composables/use-event'

/** Events come in bursts while an import or a submission runs; the desk is asked again at most this often. */
const REFETCH_MS = 400

/** What the desk shows. A projection: refetched whenever records, batches, notices or the desk itself change. */
export const useDeskStore = defineStore('desk', () => {
  const { data: overview, failure, isLoading, run } = useCall('desk.overview')
  let timer: ReturnType<typeof setTimeout> | undefined

  const load = (): Promise<unknown> => run({})

  function refetch(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void load()
    }, REFETCH_MS)
  }

  useEvent('records.changed', refetch)
  useEvent('batches.changed', refetch)
  useEvent('inbox.changed', refetch)
  useEvent('desk.changed', refetch)
  useEvent('engine.restarted', refetch)

  return { overview, failure, isLoading, load }
})

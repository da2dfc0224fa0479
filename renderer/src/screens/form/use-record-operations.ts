import { ref } from 'vue'
import type { Ref } from 'vue'
import { callBridge } from '@renderer/bridge'
import { useNotices } from '@renderer/composables/use-notices'
import { askQuestion } from '@renderer/composables/use-question'
import { texts } from '@renderer/texts/zh-CN'

/** What the platform can be asked to do with an accepted record besides correcting it. */
export type RecordOperation = 'withdraw' | 'takeDown' | 'repairMark'

export interface RecordOperations {
  /** The operation whose reason is asked for; null when none is. */
  readonly asking: Ref<RecordOperation | null>
  readonly isBusy: Ref<boolean>
  /** Drafts the operation that was asked about. */
  readonly operate: (recordId: string, reason: string) => Promise<void>
  /** Gives up the open change, after a question. */
  readonly cancel: (recordId: string) => Promise<void>
}

/** Operations on an accepted record, and the way back from a change that is not sealed. */
export function useRecordOperations(): RecordOperations {
  const words = texts.form.operations
  const notices = useNotices()
  const asking = ref<RecordOperation | null>(null)
  const isBusy = ref(false)

  return {
    asking,
    isBusy,
    async operate(recordId, reason) {
      const op = asking.value
      if (op === null) return
      isBusy.value = true
      const answer = await callBridge('records.operate', { recordId, op, reason })
      isBusy.value = false
      asking.value = null
      if (answer.ok) notices.done(words.drafted[op])
      else notices.refused(answer.failure)
    },
    async cancel(recordId) {
      if (!(await askQuestion(words.cancelQuestion))) return
      isBusy.value = true
      const answer = await callBridge('records.cancelChange', { recordId })
      isBusy.value = false
      if (answer.ok) notices.done(words.cancelled)
      else notices.refused(answer.failure)
    },
  }
}

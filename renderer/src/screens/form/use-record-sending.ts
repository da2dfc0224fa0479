import { ref } from 'vue'
import type { Ref } from 'vue'
import type { RecordDetail } from '@shared/contract/views/record-views'
import { callBridge } from '@renderer/bridge'
import { useNotices } from '@renderer/composables/use-notices'
import { useTasksStore } from '@renderer/stores/tasks-store'
import { texts } from '@renderer/texts/zh-CN'
import type { RecordEditor } from './use-record-editor'

export interface RecordSending {
  readonly isSubmitting: Ref<boolean>
  /** Saves and says so; null when refused. Who `goesOn` wants to see another record next. */
  readonly save: (goesOn?: boolean) => Promise<RecordDetail | null>
  /** Saves, then submits this one record if nothing stands against it. */
  readonly submit: () => Promise<void>
}

/** Saving and submitting the record of the panel, with their messages. */
export function useRecordSending(
  editor: RecordEditor,
  on: {
    /** The record is stored; it may have just been made. Who `goesOn` leaves it at once. */
    readonly saved: (record: RecordDetail, goesOn: boolean) => void
    /** It cannot be sent: this field asks for attention first. */
    readonly stopped: (field: string) => void
  },
): RecordSending {
  const words = texts.form
  const tasks = useTasksStore()
  const { done, refused, say } = useNotices()
  const isSubmitting = ref(false)

  async function store(isAnother: boolean, goesOn = false): Promise<RecordDetail | null> {
    const saved = await editor.save(isAnother)
    if (saved === null) return null
    const open = saved.issueList.filter((issue) => issue.confirmed === null && issue.severity !== 'hint')
    if (open.length > 0) say(words.savedWithIssues(open.length))
    else if (!isAnother) done(words.saved)
    on.saved(saved, goesOn)
    return saved
  }

  async function start(record: RecordDetail): Promise<void> {
    const task = await callBridge('submission.start', {
      type: null,
      recordIds: [record.recordId],
      label: null,
    })
    if (!task.ok) return refused(task.failure)
    tasks.put(task.value)
    done(words.submitting)
  }

  async function submit(): Promise<void> {
    isSubmitting.value = true
    const saved = await store(true)
    const first = saved?.issueList.find((issue) => issue.confirmed === null && issue.field !== null)
    if (saved?.quality === 'clean') await start(saved)
    else if (first?.field) on.stopped(first.field)
    isSubmitting.value = false
  }

  return { isSubmitting, save: (goesOn) => store(false, goesOn), submit }
}

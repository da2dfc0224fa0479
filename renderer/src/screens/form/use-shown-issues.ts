import { computed, ref } from 'vue'
import type { ComputedRef } from 'vue'
import type { IssueView } from '@shared/contract/views/record-views'
import type { RecordEditor } from './use-record-editor'

/** Which issues of the record the panel shows. */
export interface ShownIssues {
  readonly shown: ComputedRef<readonly IssueView[]>
  /** Required fields of a new form that nobody has come to yet. */
  readonly missing: ComputedRef<number>
  /** From now on everything is shown. */
  readonly showAll: () => void
  /** A new form begins. */
  readonly begin: () => void
}

/** A new form does not shout about what nobody has come to yet: only fields already touched, until the first save. */
export function useShownIssues(editor: RecordEditor, isNew: () => boolean): ShownIssues {
  const wantsAll = ref(false)
  const isShy = computed(() => isNew() && !wantsAll.value)
  return {
    shown: computed(() =>
      isShy.value
        ? editor.issues.value.filter((one) => one.field !== null && one.field in editor.edits.value)
        : editor.issues.value,
    ),
    missing: computed(() =>
      isShy.value ? editor.issues.value.filter((issue) => issue.code === 'field.required').length : 0,
    ),
    showAll: () => (wantsAll.value = true),
    begin: () => (wantsAll.value = false),
  }
}

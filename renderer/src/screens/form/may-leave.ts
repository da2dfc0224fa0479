import type { LeaveAnswer } from './leave-answer'
import type { RecordEditor } from './use-record-editor'

/** Whether a form may go: asks when there are unsaved edits, and saves them when told so. */
export async function mayLeaveForm(editor: RecordEditor, ask: () => Promise<LeaveAnswer>): Promise<boolean> {
  if (!editor.isDirty.value || editor.isSaving.value) return true
  const answer = await ask()
  if (answer === 'stay') return false
  if (answer === 'save') return (await editor.save()) !== null
  editor.revert()
  return true
}

import type { RecordActions } from '@renderer/composables/use-record-actions'
import { isPressed } from '@renderer/shortcuts/pressed'
import type { PanelAction } from './panel-action'
import type { RecordEditor } from './use-record-editor'
import type { RecordOperations } from './use-record-operations'
import type { RecordSending } from './use-record-sending'

/** What the buttons and the keys of the record panel do. */
export interface PanelActions {
  readonly act: (action: PanelAction) => void
  readonly onKey: (event: KeyboardEvent) => void
}

/** Sorts the actions of the panel to those who carry them out. */
export function usePanelActions(panel: {
  readonly editor: RecordEditor
  readonly sending: RecordSending
  readonly actions: RecordActions
  readonly operations: RecordOperations
  /** Whether what spares typing has taken the key. */
  readonly aided: (event: KeyboardEvent) => boolean
  readonly close: () => void
  /** Goes to what comes after the record that was just saved. */
  readonly goOn: () => void
}): PanelActions {
  const { editor, sending, actions, operations } = panel

  async function saveNext(): Promise<void> {
    if ((await sending.save(true)) !== null) panel.goOn()
  }

  function act(action: PanelAction): void {
    const ids = editor.detail.value === null ? [] : [editor.detail.value.recordId]
    switch (action) {
      case 'save':
        return void sending.save()
      case 'saveNext':
        return void saveNext()
      case 'submit':
        return void sending.submit()
      case 'revert':
        return editor.revert()
      case 'release':
        return void actions.release(ids)
      case 'restore':
        return void actions.restore(ids)
      case 'cancelChange':
        return void operations.cancel(ids[0] ?? '')
      case 'withdraw':
      case 'takeDown':
      case 'repairMark':
        operations.asking.value = action
        return
      case 'hold':
      case 'discard':
      case 'exclude':
      case 'include':
        return actions.ask(action, ids)
    }
  }

  function onKey(event: KeyboardEvent): void {
    if (isPressed(event, 'form.save')) {
      if (editor.isDirty.value) act('save')
    } else if (isPressed(event, 'form.saveNext')) {
      if (!editor.isSaving.value) act('saveNext')
    } else if (isPressed(event, 'form.close') && !event.defaultPrevented) panel.close()
    else if (!panel.aided(event)) return
    event.preventDefault()
  }

  return { act, onKey }
}

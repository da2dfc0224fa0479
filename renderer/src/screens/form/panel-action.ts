import type { RecordOperation } from './use-record-operations'

/** What the buttons of the record panel may ask for. */
export type PanelAction =
  | 'save'
  | 'saveNext'
  | 'submit'
  | 'revert'
  | 'hold'
  | 'release'
  | 'discard'
  | 'restore'
  | 'exclude'
  | 'include'
  | 'cancelChange'
  | RecordOperation

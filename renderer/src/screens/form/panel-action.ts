/** What the buttons of the record panel may ask for. */
export type PanelAction =
  'save' | 'submit' | 'revert' | 'hold' | 'release' | 'discard' | 'restore' | 'exclude' | 'include'

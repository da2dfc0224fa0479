/** What becomes of unsaved edits when the clerk goes elsewhere. */
export type LeaveAnswer = 'save' | 'drop' | 'stay'

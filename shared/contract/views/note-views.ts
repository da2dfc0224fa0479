/** The most characters of a note. */
export const NOTE_LENGTH = 300

/** A note that waits for the present operator. */
export interface NoteView {
  readonly noteId: string
  readonly recordId: string
  readonly docNo: string
  readonly author: string
  readonly text: string
  /** Instant. */
  readonly at: string
}

/** The notes that the present operator has not read. */
export interface NotesView {
  readonly total: number
  /** The newest ones. */
  readonly notes: readonly NoteView[]
}

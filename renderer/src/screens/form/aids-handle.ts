/** What the aids of the form let its panel do. */
export interface AidsHandle {
  onPaste(event: ClipboardEvent): void
  /** Whether the key was one of theirs. */
  onKey(event: KeyboardEvent): boolean
}

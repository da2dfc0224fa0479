/** How much of a file the readers accept. Every figure is a setting; these are the defaults. */
export interface SheetLimits {
  readonly fileBytes: number
  /** Sum over all members that are read. */
  readonly inflatedBytes: number
  /** Inflated to packed, checked once a member has given `ratioFromBytes`. */
  readonly ratio: number
  readonly ratioFromBytes: number
  readonly members: number
  /** Rows that hold something, per sheet. */
  readonly rows: number
  readonly columns: number
  /** UTF-16 units, as Excel counts them. */
  readonly cellChars: number
  /** Rows of a preview, per sheet. */
  readonly previewRows: number
  /** Time the child may work, the time of the consumer not counted. */
  readonly timeoutMs: number
  /** Heap of the child. */
  readonly memoryMb: number
}

export const defaultSheetLimits: SheetLimits = {
  fileBytes: 50 * 1024 * 1024,
  inflatedBytes: 600 * 1024 * 1024,
  ratio: 150,
  ratioFromBytes: 8 * 1024 * 1024,
  members: 2_000,
  rows: 200_000,
  columns: 1_000,
  cellChars: 32_767,
  previewRows: 30,
  timeoutMs: 60_000,
  memoryMb: 512,
}

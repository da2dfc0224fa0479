/** What parent and child say to each other. One child serves one file: a look at it, its rows, or both. */
import type { Failure } from '@shared/kernel/failure'
import type { ReadingOrder, ReadRows } from './reading-order'
import type { WireRows } from './row-wire'
import type { SheetLimits } from './sheet-limits'
import type { FileInspection, SheetEnd } from './sheet-types'

/** The request: look at a file, or read one sheet of it (`sheet: null` is the first visible one). */
export type ChildRequest = {
  readonly path: string
  /** What the user calls the file: failures name it so, and its extension says what it claims to be. */
  readonly name: string
  readonly limits: SheetLimits
} & (
  | { readonly operation: 'inspect' }
  | {
      readonly operation: 'rows'
      readonly sheet: string | null
      /** Hash of the file as it was inspected; another one is refused. */
      readonly expectedSha256: string | null
      /** What to make of the rows; null gives them as they are. */
      readonly order: ReadingOrder | null
    }
)

/** Parent to child. `ack` lets the child go on; it stays at most `LOTS_AHEAD` lots ahead. */
export type ParentMessage =
  { readonly type: 'start'; readonly request: ChildRequest } | { readonly type: 'ack' }

/** Child to parent. `rows` are those of `encodeRows`, under an order its data rows and what was read of them; `info`, `end` and `failure` are the last message. */
export type ChildMessage =
  | { readonly type: 'info'; readonly info: FileInspection }
  | { readonly type: 'rows'; readonly rows: WireRows; readonly read: ReadRows | null }
  | { readonly type: 'end'; readonly end: SheetEnd }
  | { readonly type: 'failure'; readonly failure: Failure }

/** Rows that travel together. */
export const ROWS_PER_LOT = 1_000

/** Texts that travel together at most, in UTF-16 units: rows of long texts go in smaller lots. */
export const CHARS_PER_LOT = 4 * 1024 * 1024

/** Lots that may be under way unacknowledged: while one transaction of an import is stored, the next is read. */
export const LOTS_AHEAD = 6

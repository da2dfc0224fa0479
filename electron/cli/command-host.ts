import type { LaunchSheetChild } from '@engine/sheets/sheet-types'
import type { DeskKeys } from '@web/desk-key'

/** What the command line needs of the program that it runs in: Node, or a process of the desktop client. */
export interface CommandHost {
  /** The result, and nothing else. */
  readonly out: (text: string) => void
  /** Progress, messages, logs. */
  readonly err: (text: string) => void
  /** Folder with `standards/`, `calendars/` and the like. */
  readonly resourceDir: string
  /** Folder of the built pages. */
  readonly rendererDir: string
  readonly launchSheetChild: LaunchSheetChild
  readonly keys: DeskKeys
}

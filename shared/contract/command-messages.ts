/**
 * What the desktop shell and a command line in a process of it say to each other: the installed client answers to the
 * same arguments as the command line of a checkout. Only the shell can write to its terminal, unwrap keys and start
 * processes.
 */
import type { FromSheets, ToSheets } from './engine-messages'
import type { Result } from '@shared/kernel/result'

/** Shell to command. `start` comes first and once. */
export type ToCommand =
  | {
      readonly kind: 'start'
      /** The command and what follows it. */
      readonly words: readonly string[]
      /** Folder with `standards/`, `calendars/` and the like. */
      readonly resourceDir: string
    }
  /** Answers `key`: 64 hex digits, or null where the shell has none and makes none. */
  | { readonly kind: 'key'; readonly id: number; readonly result: Result<string | null> }
  | { readonly kind: 'interrupt' }
  | ToSheets

/** Command to shell. `end` is the last message. */
export type FromCommand =
  | { readonly kind: 'output'; readonly to: 'stdout' | 'stderr'; readonly text: string }
  /** Asks for the key of a data folder; with `make` for that of one that is about to be made. */
  | { readonly kind: 'key'; readonly id: number; readonly dataDir: string; readonly make: boolean }
  | { readonly kind: 'end'; readonly code: number }
  | FromSheets

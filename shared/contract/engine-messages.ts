/**
 * What the desktop shell and its engine process say to each other over their one port. Everything is plain data; the
 * engine answers each `call` with one `reply`, in any order.
 */
import type { Bureau } from './desk-mode'
import type { PracticeAddress } from './practice-messages'
import type { Failure } from '@shared/kernel/failure'
import type { Result } from '@shared/kernel/result'

/** What the engine needs that only data can carry; ports are made on its side. */
export interface EngineStart {
  readonly dataDir: string
  /** Whose desk to make when the folder holds none; null: it must hold one. */
  readonly bureau: Bureau | null
  readonly resourceDir: string
  /** 64 hex digits. */
  readonly storeKey: string
  readonly mode: 'practice' | 'live'
  readonly appVersion: string
  readonly practice: PracticeAddress | null
  /** The backup put ready that is to take the place of the data first; null: none. */
  readonly restore: string | null
  /** Folder of the shell's log files. */
  readonly logFolder: string | null
}

/** A file the user chose: pages know the token, the engine the path. */
export interface RegisteredFile {
  readonly role: 'source' | 'target'
  readonly token: string
  readonly path: string
  readonly name: string
}

/** Allow-listed values of a log line: codes, counts, ids. */
export type LogDetail = Readonly<Record<string, string | number | boolean | null>>

/**
 * About the children that read workbooks. Only the shell can start processes, so an engine asks it for them and speaks
 * to them through it; `child` numbers are the engine's.
 */
export type FromSheets =
  | { readonly kind: 'sheet-launch'; readonly child: number; readonly memoryMb: number }
  | { readonly kind: 'sheet-send'; readonly child: number; readonly message: unknown }
  | { readonly kind: 'sheet-kill'; readonly child: number }

/** What those children say, and their end. */
export type ToSheets =
  | { readonly kind: 'sheet-message'; readonly child: number; readonly message: unknown }
  | { readonly kind: 'sheet-exit'; readonly child: number; readonly code: number | null }

/** Shell to engine. `start` comes first and once, `close` last. */
export type ToEngine =
  | { readonly kind: 'start'; readonly start: EngineStart }
  | { readonly kind: 'register-file'; readonly file: RegisteredFile }
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | ToSheets
  | { readonly kind: 'close' }

/** Engine to shell. */
export type FromEngine =
  | { readonly kind: 'started' }
  | { readonly kind: 'start-failed'; readonly failure: Failure }
  | { readonly kind: 'reply'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'event'; readonly name: string; readonly payload: unknown }
  | {
      readonly kind: 'log'
      readonly event: string
      readonly detail: LogDetail
      readonly error: string | null
    }
  | FromSheets

/** What the engine needs from outside; every host (utility process, command line, loopback host, test) gives its own. */
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import type { Clock } from '@shared/kernel/clock'
import type { Ids } from '@shared/kernel/ids'
import type { SigningKeyProvider } from '@engine/crypto/signing-key'
import type { LaunchSheetChild } from '@engine/sheets/sheet-types'

/** Writes to the log of the host. Arguments are allow-listed values: codes, counts, ids; never field values. */
export interface Log {
  info(event: string, detail?: Readonly<Record<string, string | number | boolean | null>>): void
  error(
    event: string,
    error: unknown,
    detail?: Readonly<Record<string, string | number | boolean | null>>,
  ): void
}

/** Files that the user chose, known to pages only by token. */
export interface Files {
  /** Path of a chosen input file; throws `input.missing-file` for an unknown token. */
  source(token: string): { readonly path: string; readonly name: string }
  /** Path of a chosen output; throws `output.not-writable` for an unknown token. */
  target(token: string): { readonly path: string; readonly name: string }
}

/** A practice platform that the host has started beside this desk. */
export interface PracticeLink {
  readonly url: string
  readonly origin: string
  readonly clientId: string
  readonly platformPublicKey: string
  /** Default: as the exchange protocol prescribes. */
  readonly spelling?: SignatureSpelling
}

/**
 * Sees each part of an engine (`store`, `batches`, `platform`, ...) as it is put in and gives it back, as it is or wrapped.
 * Fault runs end the process at the calls that they see this way; the product's hosts watch nothing.
 */
export type Watch = <Part extends object>(area: string, part: Part) => Part

/** Watches nothing. */
export const unwatched: Watch = (_area, part) => part

export interface EnginePorts {
  /** The desk's data folder; made by `initialiseDesk`, owned by one engine at a time. */
  readonly dataDir: string
  /** Folder with `standards/`, `calendars/`, `publicity/`. */
  readonly resourceDir: string
  /** Key of the store, 64 hex digits. */
  readonly storeKey: string
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly files: Files
  readonly launchSheetChild: LaunchSheetChild
  readonly mode: 'practice' | 'live'
  readonly appVersion: string
  /** Practice desks enrol with and connect to this platform at start. */
  readonly practice: PracticeLink | null
  /** Folder of the log files that the host keeps; none where it keeps none. */
  readonly logFolder?: string | null
  readonly watch?: Watch
  /** Who holds the desk's key, a USB key for one; default: software, with the key in the desk's own store. */
  readonly keys?: SigningKeyProvider
}

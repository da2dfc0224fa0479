import type { ScenarioName } from '@shared/domain/practice-scenario'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import type { Clock } from '@shared/kernel/clock'
import type { FrontDbPlace } from './rows/front-db-watch'

/** How to run a practice platform. */
export interface PracticeOptions {
  /** Folder of the platform's own database, keys and (by default) ledger; made when missing. */
  readonly dataDir: string
  /** Folder with `standards/`: the same resource folder that the desk uses. */
  readonly standardDir: string
  readonly clock: Clock
  /** 0 or absent: any free port. */
  readonly port?: number | undefined
  /** Default `clean`. */
  readonly scenario?: ScenarioName | undefined
  /** Everything that looks random is derived from this; default 1. */
  readonly seed?: number | undefined
  /** Default `ledger.ndjson` in the data folder. */
  readonly ledgerFile?: string | undefined
  /** Pause between the closing of a batch and its settling, in milliseconds; default 200. */
  readonly settleDelayMs?: number | undefined
  /** A front-end database to look into for rows; none when absent. */
  readonly frontDb?: FrontDbPlace | undefined
  /** How requests, packages and receipts are signed; default: as the exchange protocol prescribes. */
  readonly spelling?: SignatureSpelling | undefined
  /** Hears of our own mistakes (a request that threw, a batch that could not be settled); default: standard error. */
  readonly onDefect?: ((error: unknown) => void) | undefined
}

/** A running practice platform. */
export interface PracticeServer {
  /** Base address of the protocol, ends in `/api/v1`. */
  readonly url: string
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string
  /** The client id under which a desk should enrol; the same for the life of the data folder. */
  readonly clientId: string
  /** 130 hex digits. */
  readonly platformPublicKey: string
  /** Takes a package that a desk gave out, settles it and gives the file for the way back; throws a `ProtocolError`. */
  answerPackage(file: Uint8Array): Promise<Uint8Array>
  /** Stops taking requests, finishes the write that is under way and closes the files. Batches go on at the next start. */
  close(): Promise<void>
}

/** One thing that a program under test does at its desk. */
export type Act =
  /** Makes flawless licences of the numbers `from` .. `from + count - 1`, one after the other. */
  | { readonly do: 'create'; readonly from: number; readonly count: number }
  /** Imports the table that every run has: flawless licences and some with a wrong code. */
  | { readonly do: 'import' }
  | { readonly do: 'submit' | 'resume' | 'pull' }
  /** Changes the content of so many accepted records, which makes corrections of them. */
  | { readonly do: 'correct'; readonly count: number; readonly mark: string }
  /** Puts records right that the platform refused or revoked. */
  | { readonly do: 'revise'; readonly mark: string }
  /** Lets the platform revoke so many accepted records, over its controls. */
  | { readonly do: 'late-reject'; readonly count: number }
  /** Leaves the desk to itself, as an open client, until every batch is at its end or the time is over. */
  | { readonly do: 'attend'; readonly forMs: number }
  /** Submits and asks for the end of it as soon as a step has been passed. */
  | { readonly do: 'cancel-submit'; readonly at: string }
  /** Gives back the records of every stopped batch. */
  | { readonly do: 'release' }
  /** The clerk lets go again what was set aside, as it is. */
  | { readonly do: 'let-go' }

/** Where a program under test ends itself. */
export interface DeathPlan {
  readonly step: string
  /** At the so-manieth time that the step is passed, from 1. */
  readonly nth: number
}

/** What a program under test is told, as JSON in its environment. */
export interface VictimOrder {
  readonly dataDir: string
  readonly resourceDir: string
  readonly sheetChild: string
  /** The table for imports. */
  readonly table: string
  /** Origin of the practice platform's controls. */
  readonly origin: string
  readonly acts: readonly Act[]
  readonly dieAt: DeathPlan | null
  /** Tells every step that is passed. */
  readonly tellSteps: boolean
  /** Desk time minus machine time, in milliseconds. */
  readonly shiftMs: number
  /** Jumps of the desk's clock: after so many readings it is so much further on. */
  readonly jumps: readonly { readonly afterReadings: number; readonly ms: number }[]
  /** How much faster than the machine's the desk's time runs. */
  readonly clockRate: number
  /** For one whole request with its answer. */
  readonly deadlineMs: number
}

/** What a program under test says, one JSON document a line. */
export type Said =
  | { readonly say: 'opened' }
  | { readonly say: 'step'; readonly step: string }
  /** Confirmed to the clerk: this revision is kept. */
  | { readonly say: 'kept'; readonly recordId: string; readonly revision: number }
  /** Confirmed to the clerk: this batch is settled. */
  | { readonly say: 'settled'; readonly batchId: string; readonly receiptNo: string }
  | { readonly say: 'refused'; readonly act: Act['do']; readonly code: string }
  | { readonly say: 'did'; readonly act: Act['do'] }
  /** Left to itself, the desk came to its end. */
  | { readonly say: 'drained' }
  | { readonly say: 'ended' }

/** Name of the variable that carries the order. */
export const ORDER = 'XINBAO_FAULT_ORDER'
/** Key of every store of the harness. */
export const storeKey = '0f'.repeat(32)

/** Where a practice platform listens, and what a desk needs to enrol there. */
export interface PracticeAddress {
  /** Ends in `/api/v1`. */
  readonly url: string
  readonly origin: string
  readonly clientId: string
  /** 130 hex digits. */
  readonly platformPublicKey: string
}

/** Where a practice platform keeps its data, where it finds the standards, and how it behaves. */
export interface PracticePlace {
  readonly dataDir: string
  readonly standardDir: string
  readonly scenario: 'strict'
}

/** Shell to practice process. */
export type ToPractice =
  { readonly type: 'start'; readonly options: PracticePlace } | { readonly type: 'stop' }

/** Practice process to shell. */
export type FromPractice =
  | ({ readonly type: 'started' } & PracticeAddress)
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'stopped' }

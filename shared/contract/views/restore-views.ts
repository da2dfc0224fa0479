/** What a backup holds and what putting it in the place of the present data would mean. */
export interface RestoreView {
  /** Names the backup that was proved and put ready. */
  readonly id: string
  readonly file: string
  /** The last thing that the backup remembers, an instant. */
  readonly madeAt: string
  readonly bureauCode: string
  readonly bureauName: string
  readonly records: number
  readonly batches: number
  readonly documents: number
  /** Whether it was written by another desk of the same bureau. */
  readonly isOtherDesk: boolean
  /** What the present data has that the backup has not. */
  readonly newer: {
    /** Records that were made or changed since. */
    readonly records: number
    /** Batches that were sealed since. */
    readonly batches: number
    /** Batches of the present data, of whatever time, that are not at their end. */
    readonly openBatches: number
  }
}

/** Data that a restored backup has taken the place of; it is kept. */
export interface FormerDesk {
  /** Name of its folder. */
  readonly name: string
  /** When it was put there, an instant. */
  readonly at: string
  readonly path: string
}

/** The name of a folder of former data: date and time of day in China. */
export const formerNamePattern = /^\d{4}-\d{2}-\d{2}-\d{6}$/

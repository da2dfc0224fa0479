import type { Verdict } from './verdict'
import type { Workplace } from './workplace'

/** What one run came to. */
export interface RunReport {
  readonly verdict: Verdict
  /** How many faults of each sort took place, for the figures: `kills`, `power cuts`, ... */
  readonly faults: Readonly<Record<string, number>>
}

/** One kind of fault. A run is made from its seed alone. */
export interface Kind {
  readonly name: string
  /** What is counted towards the goal: a member of `faults`, or `runs`. */
  readonly counts: string
  readonly whole: number
  readonly slice: number
  /** Runs at the same time; kinds that use something of the machine as a whole run alone. */
  readonly lanes?: number
  /** Why it cannot take place on this machine, or null. */
  readonly unavailable?: () => string | null
  run(workplace: Workplace, seed: number): Promise<RunReport>
}

/** One line of the figures: what was done, what it took, and what that is beside floors of the same run. */
export interface Figure {
  readonly what: string
  readonly wallMs: number
  /** Processor time of the process and those it started; null where the system does not tell. */
  readonly cpuMs?: number | null
  /** Largest resident memory of the process and those it started. */
  readonly peakMb?: number | null
  /** Ratios of wall times by the name of the floor. */
  readonly beside?: Readonly<Record<string, number>>
}

const seconds = (ms: number | null | undefined): string =>
  ms === null || ms === undefined ? '' : (ms / 1000).toFixed(2)

const ratios = (beside: Figure['beside'] = {}): string =>
  Object.entries(beside)
    .map(([floor, ratio]) => `${ratio.toFixed(2)} x ${floor}`)
    .join(', ')

const line = (what: string, wall: string, cpu: string, peak: string, beside: string): string =>
  `  ${what.padEnd(52)} ${wall.padStart(8)} ${cpu.padStart(8)} ${peak.padStart(8)}  ${beside}`.trimEnd()

/** Prints the figures under a title, one line each. */
export function printFigures(title: string, figures: readonly Figure[]): void {
  console.log(`\n${title}\n${line('', 'wall s', 'cpu s', 'peak MB', 'wall time beside')}`)
  for (const { what, wallMs, cpuMs, peakMb, beside } of figures) {
    const peak = peakMb === null || peakMb === undefined ? '' : String(Math.round(peakMb))
    console.log(line(what, seconds(wallMs), seconds(cpuMs), peak, ratios(beside)))
  }
}

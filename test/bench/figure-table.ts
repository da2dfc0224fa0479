/** One line of the figures: what was done, how long it took, and what that is beside a floor. */
export interface Figure {
  readonly what: string
  readonly wallMs: number
  readonly peakMb?: number | null
  /** Ratios to floors of the same run, by the floor's name. */
  readonly ratios?: Readonly<Record<string, number>>
}

const ratioText = (ratios: Figure['ratios'] = {}): string =>
  Object.entries(ratios)
    .map(([floor, ratio]) => `${ratio.toFixed(2)} x ${floor}`)
    .join(', ')

/** Prints the figures under a title, one line each. */
export function printFigures(title: string, figures: readonly Figure[]): void {
  console.log(`\n${title}`)
  for (const { what, wallMs, peakMb, ratios } of figures) {
    const memory = peakMb === undefined || peakMb === null ? '' : `${Math.round(peakMb)} MB`
    console.log(
      `  ${what.padEnd(46)} ${(wallMs / 1000).toFixed(2).padStart(8)} s ${memory.padStart(9)}  ${ratioText(ratios)}`.trimEnd(),
    )
  }
}

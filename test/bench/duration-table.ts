/** One question asked many times: how much processor time the answers took, ms. */
export interface Durations {
  readonly what: string
  /** First answers, with nothing of the store in memory. */
  readonly cold: readonly number[]
  /** The same questions asked again at once. */
  readonly warm: readonly number[]
}

const NEAR_ALL = 0.95

/** The value below which the share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

const median = (values: readonly number[]): number => quantile(values, 0.5)

const row = (what: string, cells: readonly string[]): string =>
  `  ${what.padEnd(56)} ${cells.map((cell) => cell.padStart(9)).join('')}`

/** Prints the questions under a title, one line each, and what nearly all answers of all of them stay below. */
export function printDurations(title: string, lines: readonly Durations[]): void {
  console.log(`\n${title}`)
  console.log(row('processor ms', ['cold p50', 'cold p95', 'warm p50', 'warm p95', 'ratio']))
  const all: Durations = {
    what: 'all of these',
    cold: lines.flatMap(({ cold }) => cold),
    warm: lines.flatMap(({ warm }) => warm),
  }
  for (const { what, cold, warm } of [...lines, all]) {
    const figures = [median(cold), quantile(cold, NEAR_ALL), median(warm), quantile(warm, NEAR_ALL)]
    const ratio = median(cold) / median(warm)
    console.log(row(what, [...figures.map((ms) => ms.toFixed(1)), `${ratio.toFixed(1)} x`]))
  }
}

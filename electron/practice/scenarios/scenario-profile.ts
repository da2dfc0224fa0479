import type { ScenarioName } from '@shared/domain/practice-scenario'

/** What a scenario does; every share is a probability in [0, 1]. */
export interface ScenarioProfile {
  /** Share of new records refused for what only the platform knows (subject register and the like). */
  readonly rejectedShare: number
  /** Shares of accepted records that come back later through the feed. */
  readonly lateRejectedShare: number
  readonly correctionShare: number
  readonly takeDownShare: number
  /** Share of requests answered 429 or 503 before they are read. */
  readonly busyShare: number
  /** Share of requests whose answer is lost after the commit. */
  readonly lostAnswerShare: number
  /** Longest delay of an answer, in milliseconds. */
  readonly slowestAnswerMs: number
  /** Factor on the pause before settling. */
  readonly settleFactor: number
  /** Out of service for `downMs` in every `everyMs`; null: never. */
  readonly outage: { readonly everyMs: number; readonly downMs: number } | null
}

const clean: ScenarioProfile = {
  rejectedShare: 0,
  lateRejectedShare: 0,
  correctionShare: 0,
  takeDownShare: 0,
  busyShare: 0,
  lostAnswerShare: 0,
  slowestAnswerMs: 0,
  settleFactor: 1,
  outage: null,
}

/** The scenarios of protocol section 7. */
export const scenarioProfiles: Readonly<Record<ScenarioName, ScenarioProfile>> = {
  clean,
  strict: { ...clean, rejectedShare: 0.08 },
  busy: { ...clean, busyShare: 0.3 },
  lossy: { ...clean, lostAnswerShare: 0.25 },
  slow: { ...clean, slowestAnswerMs: 1_500, settleFactor: 10 },
  outage: { ...clean, outage: { everyMs: 20_000, downMs: 8_000 } },
  corrections: { ...clean, lateRejectedShare: 0.03, correctionShare: 0.04, takeDownShare: 0.02 },
}

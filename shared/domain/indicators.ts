/**
 * The rates by which bureaus are scored. Each says where its definition was read; a rate of nothing is null, never 100 %.
 */

/** A rate with what it was counted from. */
export interface Rate {
  readonly part: number
  readonly whole: number
  readonly rate: number | null
}

/** Builds a rate. */
export const rateOf = (part: number, whole: number): Rate => ({
  part,
  whole,
  rate: whole === 0 ? null : part / whole,
})

/** The counts of one span that the rates are made of. */
export interface IndicatorCounts {
  /** Rows that arrived and were stored, and all rows with a verdict that stores or refuses. */
  readonly stored: number
  readonly judgedRows: number
  /** Records whose accepted item arrived in the span, and those of them that came after their last day. */
  readonly received: number
  readonly late: number
  /** Decisions of the span, those that reached the platform, and those that it holds. */
  readonly produced: number
  readonly reported: number
  readonly held: number
  /** Decisions that are to be sent, and those of them with a required value missing. */
  readonly asked: number
  readonly incomplete: number
  /** Decisions with a verdict, and those that were refused at least once. */
  readonly judged: number
  readonly faulty: number
}

/**
 * - compliance 合规率: rows cleaned and stored / rows reported (青海省发展改革委双公示通报 2024-02).
 * - late 迟报率: rows reported more than seven working days after the decision / rows reported (same).
 * - timely 及时率: 1 - late (usual reading; no source gives another).
 * - reporting 上报率: reported / produced in the period (monthly form of a city platform, KPI list).
 * - storage 有效入库率: held / reported of the same decisions (same KPI list; full score from 95 %).
 * - completeness 完整率: decisions without a missing required value / decisions to be sent (KPI list names it without a
 *   formula; this is the desk's reading).
 * - accuracy 准确率: decisions never refused / decisions with a verdict (named without a formula; the desk's reading).
 */
export function indicatorsOf(counts: IndicatorCounts) {
  return {
    compliance: rateOf(counts.stored, counts.judgedRows),
    late: rateOf(counts.late, counts.received),
    timely: rateOf(counts.received - counts.late, counts.received),
    reporting: rateOf(counts.reported, counts.produced),
    storage: rateOf(counts.held, counts.reported),
    completeness: rateOf(counts.asked - counts.incomplete, counts.asked),
    accuracy: rateOf(counts.judged - counts.faulty, counts.judged),
  }
}

/** From this rate on a line of the KPI list scores in full. */
export const FULL_SCORE_FROM = 0.95

/**
 * Points of a line: in full from 95 % (KPI list of a city platform); below that the list gives no scale, so a share is
 * estimated in proportion. Rounded to a tenth; null with nothing to count.
 */
export function pointsOf(rate: number | null, points: number): number | null {
  if (rate === null) return null
  if (rate >= FULL_SCORE_FROM) return points
  return Math.round((rate / FULL_SCORE_FROM) * points * 10) / 10
}

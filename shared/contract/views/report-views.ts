import type { RecordRow, TimelineEntry } from './record-views'
import type { SeriesGap } from './problem-views'

/** A rate with what it was counted from; `rate` is null when there was nothing to count. */
export interface RateView {
  readonly part: number
  readonly whole: number
  readonly rate: number | null
}

/** The rates by which bureaus are scored, in the order of the reports. */
export const indicatorIds = [
  'compliance',
  'late',
  'timely',
  'reporting',
  'storage',
  'completeness',
  'accuracy',
] as const
export type IndicatorId = (typeof indicatorIds)[number]
export type Indicators = Readonly<Record<IndicatorId, RateView>>

/** How the monthly table puts record types together. */
export type ReportGroup = 'licence' | 'penalty' | 'honour' | 'other'

/** One line of the monthly table: what was decided in the month and what became of it. */
export interface MonthlyLine {
  readonly type: string
  readonly title: string
  readonly group: ReportGroup
  /** 产生数: decisions of the month. */
  readonly produced: number
  /** 报送数: those that reached the platform. */
  readonly reported: number
  /** 未报送数. */
  readonly unreported: number
  /** 未报送依据: unreported ones by the basis on which they lawfully never go. */
  readonly classified: number
  readonly simpleProcedure: number
  readonly notPublic: number
  /** Unreported without a basis. */
  readonly withoutBasis: number
  /** 有效入库数. */
  readonly stored: number
  /** 市级网站公示数, as far as the platform has said so. */
  readonly published: number
}

export interface MonthReport {
  readonly month: string
  readonly bureauName: string
  readonly bureauCode: string
  readonly today: string
  /** The table is due on this day (the tenth of the next month). */
  readonly dueOn: string
  /** The month is not over yet. */
  readonly isRunning: boolean
  readonly lines: readonly MonthlyLine[]
  readonly total: Omit<MonthlyLine, 'type' | 'title' | 'group'>
  /** Groups of which nothing was decided: they ask for a nil report. */
  readonly nil: readonly ReportGroup[]
  readonly indicators: Indicators
  readonly before: Indicators
}

/** One cause of rejection over the months of a trend. */
export interface CauseLine {
  readonly code: string
  readonly meaning: string
  /** Rejections in each month, in the order of the months. */
  readonly counts: readonly number[]
  readonly total: number
}

export interface ReportTrends {
  readonly months: readonly string[]
  readonly indicators: readonly Indicators[]
  readonly causes: readonly CauseLine[]
  /** Decisions of each month, and of the same month a year before. */
  readonly produced: readonly number[]
  readonly lastYear: readonly number[]
}

/** A record type of which far fewer decisions are here than a year before. */
export interface VolumeDrop {
  readonly type: string
  readonly title: string
  readonly now: number
  readonly lastYear: number
}

/** What a spot check would ask about. */
export interface ConcealmentRisk {
  readonly year: number
  /** Numbers of series without a record or an explanation. */
  readonly missing: number
  readonly series: number
  readonly gaps: readonly SeriesGap[]
  /** Up to the month asked for, since January. */
  readonly drops: readonly VolumeDrop[]
  /** Decisions past their term that have not reached the platform and have no basis for it. */
  readonly overdue: number
}

/** One line of the self-appraisal. */
export interface AppraisalLine {
  readonly id: 'completeness' | 'accuracy' | 'storage' | 'timely-double' | 'timely-other'
  readonly rate: RateView
  readonly points: number
  /** Points by the rule (full from 95 per cent) with a proportional estimate below; null with nothing to count. */
  readonly earned: number | null
}

export interface Appraisal {
  /** First and last month. */
  readonly from: string
  readonly to: string
  readonly isRunning: boolean
  readonly lines: readonly AppraisalLine[]
  readonly earned: number
  readonly points: number
  readonly indicators: Indicators
}

export interface RecordHistory {
  readonly record: RecordRow
  readonly platformRef: string | null
  readonly entries: readonly TimelineEntry[]
  /** Hash of the last line of the trail, which proves the lines before it. */
  readonly trailHash: string
  readonly bureauName: string
  readonly today: string
}

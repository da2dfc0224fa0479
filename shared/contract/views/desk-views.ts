import type { RecordRow } from './record-views'

/** State of the link to the platform as last seen; `checkedAt` null when never tried. */
export interface LinkView {
  readonly state: 'none' | 'ok' | 'offline' | 'auth' | 'skew' | 'refused'
  readonly checkedAt: string | null
  readonly skewSeconds: number | null
  readonly platformUrl: string | null
  readonly failureCode: string | null
}

export interface DeskInfo {
  readonly mode: 'practice' | 'live'
  readonly bureauCode: string
  readonly bureauName: string
  readonly operator: string
  readonly standard: { readonly id: string; readonly version: string; readonly title: string }
  readonly calendarVersion: string
  readonly today: string
  readonly appVersion: string
  readonly dataDir: string
}

/** Records that are due by now and not sent, at the time of day when a desk reminds of them. */
export interface ReminderView {
  /** The business date, YYYY-MM-DD. */
  readonly date: string
  /** Due today or before. */
  readonly count: number
}

/** The store was found to be older than what the desk had worked with, and nobody has taken note of it yet. */
export interface SetBackView {
  readonly at: string
  /** The last thing that the store remembers; null where that is not known. */
  readonly from: string | null
  /**
   * `backup`: made from one by the program; `older-store`: behind its mark, or gone on from an older state of itself;
   * `mark-missing`: the mark that it has had is gone, so nobody can tell.
   */
  readonly cause: 'backup' | 'older-store' | 'mark-missing'
}

export interface DayLoad {
  readonly date: string
  readonly due: number
  /** The bar that stands for everything already late. */
  readonly overdue: boolean
  readonly today: boolean
}

export interface MonthRates {
  /** Stored / reported, 0..1; null when nothing was reported. */
  readonly complianceRate: number | null
  /** Reported late / reported, 0..1; null when nothing was reported. */
  readonly lateRate: number | null
}

export interface NewsItem {
  readonly at: string
  /** Key of the texts, e.g. `batch.settled`, `item.rejected`, `notice.posted`. */
  readonly kind: string
  readonly params: Readonly<Record<string, string | number>>
  readonly batchId: string | null
  readonly recordId: string | null
}

/** What the desk screen shows: danger first. */
export interface DeskOverview {
  readonly info: DeskInfo
  readonly setBack: SetBackView | null
  readonly link: LinkView
  readonly counts: {
    readonly overdue: number
    readonly dueToday: number
    readonly dueSoon: number
    readonly rejected: number
    readonly waitingReview: number
    readonly ready: number
    readonly blocked: number
    readonly unconfirmed: number
    readonly inFlight: number
    readonly unsent: number
    readonly total: number
  }
  readonly readyByType: readonly { readonly type: string; readonly count: number }[]
  readonly forecast: {
    readonly sendable: number
    readonly likelyAccepted: number
    readonly likelyRejected: number
    readonly inTime: number
  }
  readonly danger: readonly RecordRow[]
  readonly days: readonly DayLoad[]
  readonly thisMonth: MonthRates
  readonly lastMonth: MonthRates
  readonly news: readonly NewsItem[]
}

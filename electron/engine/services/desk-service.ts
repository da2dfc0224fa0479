import { instantsOfMonths, shiftMonth } from '@shared/calendar/month'
import type {
  DeskInfo,
  DeskOverview,
  LinkView,
  MonthRates,
  NewsItem,
} from '@shared/contract/views/desk-views'
import type { RecordRow } from '@shared/contract/views/record-views'
import { addDays } from '@shared/kernel/calendar-date'
import type { CompiledStandard } from '@shared/standard/standard'
import type { ChainedAuditRepo } from '@engine/repos/audit-repo'
import type { DeskQuery, TypeLaneCount } from '@engine/repos/desk-query'
import type { Lane } from '@engine/repos/record-tally'
import type { SettingRepo } from '@engine/repos/repo-types'
import { DEFAULT_OPERATOR } from './desk-initialiser'
import type { RecordViews } from './desk-record-views'
import type { DeadlinesService } from './deadlines-service'
import type { SetBackService } from './set-back-service'

/** Days on the strip of the desk. */
const STRIP_DAYS = 10
/** Working days within which a record is due soon. */
const SOON_DAYS = 2
const DANGER_ROWS = 12
/** Rows that the danger list of the command line carries. */
const LIST_ROWS = 500
const NEWS_ITEMS = 12
/** A batch with a thousand rejections is one piece of news, not a thousand. */
const NEWS_PER_KIND = 3
/** Months of verdicts from which the forecast learns how much comes back. */
const HISTORY_DAYS = 90

/** Acts that are news to a clerk. */
const newsActs = [
  'import.finished',
  'batch.sealed',
  'batch.settled',
  'batch.stopped',
  'item.rejected',
  'item.revoked',
  'notice.received',
  'reconciliation.found',
  'feed.applied',
  'desk.restored',
  'desk.set-back',
  'desk.mark-missing',
] as const

/** The danger list of the command line. */
export interface DangerList {
  readonly overdue: number
  readonly dueToday: number
  readonly dueSoon: number
  readonly records: readonly RecordRow[]
}

/** What the desk screen answers: am I late, what came back, what can go now. */
export interface DeskService {
  info(): DeskInfo
  overview(): DeskOverview
  /** Unmet records due within so many working days, the most urgent first. */
  dangerList(days: number): DangerList
}

interface DeskSetting {
  readonly deskId: string
  readonly bureauCode: string
  readonly bureauName: string
}

const noLink: LinkView = {
  state: 'none',
  checkedAt: null,
  skewSeconds: null,
  platformUrl: null,
  failureCode: null,
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** The desk of one store. */
export function createDeskService(deps: {
  readonly query: DeskQuery
  readonly settings: SettingRepo
  readonly audit: ChainedAuditRepo
  readonly views: RecordViews
  readonly deadlines: DeadlinesService
  readonly setBack: Pick<SetBackService, 'open'>
  readonly standard: () => CompiledStandard
  readonly calendarVersion: string
  readonly mode: DeskInfo['mode']
  readonly appVersion: string
  readonly dataDir: string
}): DeskService {
  const { query, settings, deadlines } = deps

  const info = (): DeskInfo => {
    const desk = settings.get<DeskSetting>('desk')
    const { pack } = deps.standard()
    return {
      mode: deps.mode,
      bureauCode: desk?.bureauCode ?? '',
      bureauName: desk?.bureauName ?? '',
      operator: settings.get<string>('operator') ?? DEFAULT_OPERATOR,
      standard: { id: pack.id, version: pack.version, title: pack.title },
      calendarVersion: deps.calendarVersion,
      today: deadlines.today(),
      appVersion: deps.appVersion,
      dataDir: deps.dataDir,
    }
  }

  const rates = (offset: number): MonthRates => {
    const month = shiftMonth(deadlines.today().slice(0, 7), offset)
    const { from, to } = instantsOfMonths(month, month)
    const verdicts = query.verdicts(from, to)
    const arrivals = query.arrivals(from, to)
    return {
      complianceRate: share(verdicts.stored, verdicts.reported),
      lateRate: share(arrivals.late, arrivals.received),
    }
  }

  const setBackView = (): DeskOverview['setBack'] => {
    const found = deps.setBack.open()
    return found === null ? null : { at: found.at, from: found.from, cause: found.cause }
  }

  const countOf = (counts: readonly TypeLaneCount[], ...lanes: readonly Lane[]): number =>
    counts.reduce((sum, { lane, count }) => (lanes.includes(lane) ? sum + count : sum), 0)

  /** Of what is ready, the share that came back lately is expected to come back again. */
  const forecast = (ready: number): DeskOverview['forecast'] => {
    const today = deadlines.today()
    const { stored, reported } = query.verdicts(
      `${addDays(today, -HISTORY_DAYS)}T00:00:00.000Z`,
      `${addDays(today, 1)}T00:00:00.000Z`,
    )
    const likelyRejected = reported === 0 ? 0 : Math.round(ready * (1 - stored / reported))
    return {
      sendable: ready,
      likelyAccepted: ready - likelyRejected,
      likelyRejected,
      inTime: query.readyInTime(today),
    }
  }

  const news = (): readonly NewsItem[] =>
    deps.audit.recent(newsActs, NEWS_ITEMS * 4).reduce<NewsItem[]>((items, { at, act, ref, body }) => {
      const isBatch = act.startsWith('batch.')
      // Sealing writes a row for every record too; the batch alone is news.
      const isOfRecord = isBatch && body['batchId'] !== undefined
      const isOften = items.filter(({ kind }) => kind === act).length === NEWS_PER_KIND
      if (items.length === NEWS_ITEMS || isOfRecord || isOften) return items
      items.push({
        at,
        kind: act,
        params: body,
        batchId: isBatch ? ref : null,
        recordId: act.startsWith('item.') ? ref : null,
      })
      return items
    }, [])

  const dueCounts = (days: number) => {
    const today = deadlines.today()
    const byDay = query.dueByDay(today, deadlines.workingDaysAhead(days))
    const dueToday = byDay.get(today) ?? 0
    const all = [...byDay.values()].reduce((sum, count) => sum + count, 0)
    return { overdue: query.dueBefore(today), dueToday, dueSoon: all - dueToday }
  }

  /** Days off carry what is due on them to the bar of the next working day; only hand-set dates fall there. */
  const strip = (): DeskOverview['days'] => {
    const today = deadlines.today()
    const days = deadlines.comingDays(STRIP_DAYS)
    const byDay = query.dueByDay(today, days.at(-1) ?? today)
    return [
      { date: today, due: query.dueBefore(today), overdue: true, today: false },
      ...days.map((date) => ({ date, due: byDay.get(date) ?? 0, overdue: false, today: date === today })),
    ]
  }

  return {
    info,

    overview() {
      const counts = query.byTypeAndLane()
      const ready = countOf(counts, 'ready')
      const rejected = countOf(counts, 'rejected')
      const blocked = countOf(counts, 'blocked')
      const unconfirmed = countOf(counts, 'unconfirmed')
      const waitingReview = countOf(counts, 'in_review')
      return {
        info: info(),
        setBack: setBackView(),
        link: settings.get<LinkView>('link') ?? noLink,
        counts: {
          ...dueCounts(SOON_DAYS),
          rejected,
          waitingReview,
          ready,
          blocked,
          unconfirmed,
          inFlight: countOf(counts, 'in_flight'),
          unsent: ready + rejected + blocked + unconfirmed + waitingReview + countOf(counts, 'held'),
          total: counts.reduce((sum, { lane, count }) => (lane === 'discarded' ? sum : sum + count), 0),
        },
        readyByType: counts
          .filter(({ lane }) => lane === 'ready')
          .map(({ type, count }) => ({ type, count })),
        forecast: forecast(ready),
        danger: query.mostUrgent(DANGER_ROWS).map((record) => deps.views.row(record)),
        days: strip(),
        thisMonth: rates(0),
        lastMonth: rates(-1),
        news: news(),
      }
    },

    dangerList(days) {
      const until = deadlines.workingDaysAhead(days)
      const urgent = query.mostUrgent(LIST_ROWS).filter(({ dueOn }) => dueOn !== null && dueOn <= until)
      return { ...dueCounts(days), records: urgent.map((record) => deps.views.row(record)) }
    },
  }
}

/**
 * The monthly table, the rates of the bulletins, causes of rejection, what a spot check would ask about and the
 * self-appraisal, all counted from the records when asked. Decisions belong to the month of their legal date, verdicts
 * and arrivals to the month in which the platform received them (time zone of China).
 */
import { setImmediate as letOthersIn } from 'node:timers/promises'
import type {
  Appraisal,
  AppraisalLine,
  ConcealmentRisk,
  Indicators,
  MonthlyLine,
  MonthReport,
  RecordHistory,
  ReportGroup,
  ReportTrends,
} from '@shared/contract/views/report-views'
import { daysOfMonths, instantsOfMonths, monthsFrom, shiftMonth } from '@shared/calendar/month'
import { indicatorsOf, pointsOf, rateOf } from '@shared/domain/indicators'
import type { IndicatorCounts } from '@shared/domain/indicators'
import type { PublicityTable } from '@shared/publicity/publicity-schema'
import type { CompiledStandard } from '@shared/standard/standard'
import { platformSentence } from '@shared/texts/zh-CN/platform-codes'
import type { ArrivalLine, CohortLine, ReportQuery } from '@engine/repos/report-query'
import type { SettingRepo } from '@engine/repos/repo-types'
import type { RecordHistoryService } from './record-history-service'
import type { DeadlinesService } from './deadlines-service'
import { displayOf } from './publicity-counting'
import type { SeriesGapsService } from './series-gaps-service'

export interface ReportsService {
  /** The table and the rates of one month, with the rates of the month before. */
  month(month: string): MonthReport
  /** Twelve months up to and with one; lets other work in between the months. */
  trends(until: string): Promise<ReportTrends>
  /** Gaps in numbers and volume against last year, for the year of a month. */
  risk(month: string): ConcealmentRisk
  /** The quarter that begins with a month, scored as the KPI list does. */
  appraisal(quarter: string): Appraisal
  history(recordId: string): RecordHistory
}

const MONTHS = 12
const CAUSES = 8
const GAPS = 20
/** The table of a month is due on the tenth of the next (monthly form of a city platform). */
const DUE_DAY = '10'
/** Fewer than half of last year's decisions are asked about, once there were enough to compare (the desk's choice). */
const DROP_SHARE = 0.5
const ENOUGH = 5
const QUARTER = 3

/** Functions of rules that find a value missing. */
const presenceFunctions = new Set(['required', 'oneOfRequired', 'requiredWithCode'])
const impliedPresence = 'field.required'

const groups: readonly ReportGroup[] = ['licence', 'penalty', 'honour', 'other']
const asked: readonly ReportGroup[] = ['licence', 'penalty', 'honour']

const sumOf = <Line>(lines: readonly Line[], value: (line: Line) => number): number =>
  lines.reduce((sum, line) => sum + value(line), 0)

export function createReportsService(deps: {
  readonly query: ReportQuery
  readonly gaps: Pick<SeriesGapsService, 'list'>
  readonly settings: SettingRepo
  readonly deadlines: Pick<DeadlinesService, 'today'>
  readonly standard: () => CompiledStandard
  readonly table: PublicityTable
  /** Counts displays first: what the platform has published is in the table. */
  readonly bringUpToDate: () => void
  readonly histories: RecordHistoryService
}): ReportsService {
  const { query, deadlines } = deps

  const groupOf = (type: string): ReportGroup => {
    const display = displayOf(deps.table, type)
    if (display !== null) return display.rule
    return deps.standard().types.get(type)?.spec.policyClass === 'honour' ? 'honour' : 'other'
  }

  const missingCodes = (): readonly string[] => {
    const rules = Object.values(deps.standard().pack.rules).flat()
    const own = rules.filter((rule) => presenceFunctions.has(rule.function)).map(({ id }) => id)
    return [...new Set([impliedPresence, ...own])]
  }

  const cohortOf = (first: string, last: string): readonly CohortLine[] =>
    query.cohort(daysOfMonths(first, last), missingCodes())

  const countsOf = (
    first: string,
    last: string,
    cohort: readonly CohortLine[] = cohortOf(first, last),
  ): IndicatorCounts => {
    const instants = instantsOfMonths(first, last)
    const verdicts = query.verdicts(instants)
    const arrivals = query.arrivals(instants)
    return {
      stored: sumOf(verdicts, (line) => line.stored),
      judgedRows: sumOf(verdicts, (line) => line.reported),
      received: sumOf(arrivals, (line) => line.received),
      late: sumOf(arrivals, (line) => line.late),
      produced: sumOf(cohort, (line) => line.produced),
      reported: sumOf(cohort, (line) => line.reported),
      held: sumOf(cohort, (line) => line.stored),
      asked: sumOf(cohort, (line) => line.asked),
      incomplete: sumOf(cohort, (line) => line.incomplete),
      judged: sumOf(cohort, (line) => line.judged),
      faulty: sumOf(cohort, (line) => line.faulty),
    }
  }

  const indicators = (first: string, last: string): Indicators => indicatorsOf(countsOf(first, last))

  const lineOf = (line: CohortLine): MonthlyLine => {
    const { produced, reported, classified, simpleProcedure, notPublic, stored, published } = line
    const unreported = produced - reported
    return {
      type: line.type,
      title: deps.standard().types.get(line.type)?.spec.title ?? line.type,
      group: groupOf(line.type),
      ...{ produced, reported, unreported, classified, simpleProcedure, notPublic, stored, published },
      withoutBasis: unreported - classified - simpleProcedure - notPublic,
    }
  }

  const byGroup = (left: MonthlyLine, right: MonthlyLine): number =>
    groups.indexOf(left.group) - groups.indexOf(right.group) || (left.type < right.type ? -1 : 1)

  const totalOf = (lines: readonly MonthlyLine[]): MonthReport['total'] => ({
    produced: sumOf(lines, (line) => line.produced),
    reported: sumOf(lines, (line) => line.reported),
    unreported: sumOf(lines, (line) => line.unreported),
    classified: sumOf(lines, (line) => line.classified),
    simpleProcedure: sumOf(lines, (line) => line.simpleProcedure),
    notPublic: sumOf(lines, (line) => line.notPublic),
    withoutBasis: sumOf(lines, (line) => line.withoutBasis),
    stored: sumOf(lines, (line) => line.stored),
    published: sumOf(lines, (line) => line.published),
  })

  const isRunning = (last: string): boolean => deadlines.today().slice(0, 7) <= last

  const timely = (arrivals: readonly ArrivalLine[], isDouble: boolean) => {
    const lines = arrivals.filter(({ type }) => ['licence', 'penalty'].includes(groupOf(type)) === isDouble)
    const received = sumOf(lines, (line) => line.received)
    return rateOf(received - sumOf(lines, (line) => line.late), received)
  }

  return {
    month(month) {
      deps.bringUpToDate()
      const desk = deps.settings.get<{ readonly bureauName: string; readonly bureauCode: string }>('desk')
      const cohort = cohortOf(month, month)
      const lines = cohort.map(lineOf).sort(byGroup)
      const previous = shiftMonth(month, -1)
      return {
        month,
        bureauName: desk?.bureauName ?? '',
        bureauCode: desk?.bureauCode ?? '',
        today: deadlines.today(),
        dueOn: `${shiftMonth(month, 1)}-${DUE_DAY}`,
        isRunning: isRunning(month),
        lines,
        total: totalOf(lines),
        nil: asked.filter((group) => !lines.some((line) => line.group === group)),
        indicators: indicatorsOf(countsOf(month, month, cohort)),
        before: indicators(previous, previous),
      }
    },

    async trends(until) {
      const months = monthsFrom(shiftMonth(until, 1 - MONTHS), MONTHS)
      const first = months[0]!
      const found = query.causes(instantsOfMonths(first, until))
      const codes = [...new Set(found.map(({ code }) => code))]
      const causes = codes
        .map((code) => {
          const counts = months.map((month) =>
            sumOf(found, (one) => (one.code === code && one.month === month ? one.count : 0)),
          )
          return { code, meaning: platformSentence(code), counts, total: sumOf(counts, (count) => count) }
        })
        .sort((left, right) => right.total - left.total || (left.code < right.code ? -1 : 1))
      const produced = query.producedByMonth(daysOfMonths(shiftMonth(first, -MONTHS), until))
      const inMonth = (wanted: string): number =>
        sumOf(produced, (one) => (one.month === wanted ? one.count : 0))
      const rates: Indicators[] = []
      for (const month of months) {
        await letOthersIn()
        rates.push(indicators(month, month))
      }
      return {
        months,
        indicators: rates,
        causes: causes.slice(0, CAUSES),
        produced: months.map(inMonth),
        lastYear: months.map((month) => inMonth(shiftMonth(month, -MONTHS))),
      }
    },

    risk(month) {
      const year = Number(month.slice(0, 4))
      const { missing, series, gaps } = deps.gaps.list(year)
      const january = `${year}-01`
      const now = query.producedByMonth(daysOfMonths(january, month))
      const before = query.producedByMonth(
        daysOfMonths(shiftMonth(january, -MONTHS), shiftMonth(month, -MONTHS)),
      )
      const of = (lines: typeof now, type: string): number =>
        sumOf(lines, (line) => (line.type === type ? line.count : 0))
      const drops = [...new Set(before.map(({ type }) => type))]
        .map((type) => ({
          type,
          title: deps.standard().types.get(type)?.spec.title ?? type,
          now: of(now, type),
          lastYear: of(before, type),
        }))
        .filter((line) => line.lastYear >= ENOUGH && line.now < line.lastYear * DROP_SHARE)
      return {
        ...{ year, missing, series },
        gaps: gaps.filter(({ explained }) => explained === null).slice(0, GAPS),
        drops,
        overdue: query.overdueIn(daysOfMonths(january, month), deadlines.today()),
      }
    },

    appraisal(quarter) {
      const last = shiftMonth(quarter, QUARTER - 1)
      const all = indicators(quarter, last)
      const arrivals = query.arrivals(instantsOfMonths(quarter, last))
      const line = (id: AppraisalLine['id'], rate: AppraisalLine['rate'], points: number): AppraisalLine => ({
        ...{ id, rate, points },
        earned: pointsOf(rate.rate, points),
      })
      // Points: KPI list of a city platform (规范性 3 + 3, 有效入库率 6, 时效 3 + 3); the way of delivery (2 points) is not
      // the desk's to judge.
      const lines = [
        line('completeness', all.completeness, 3),
        line('accuracy', all.accuracy, 3),
        line('storage', all.storage, 6),
        line('timely-double', timely(arrivals, true), 3),
        line('timely-other', timely(arrivals, false), 3),
      ]
      const counted = lines.filter(({ earned }) => earned !== null)
      return {
        from: quarter,
        to: last,
        isRunning: isRunning(last),
        lines,
        earned: Math.round(sumOf(counted, ({ earned }) => earned ?? 0) * 10) / 10,
        points: sumOf(counted, ({ points }) => points),
        indicators: all,
      }
    },

    history: (recordId) => deps.histories.of(recordId),
  }
}

import { timeLeft, usualWorkHours } from '@shared/calendar/lateness'
import { clockOf, dueDate, DUE_SOON_WORKING_DAYS } from '@shared/calendar/deadline'
import type { WorkingCalendar } from '@shared/calendar/working-days'
import type { ClockView, DueDay, LatenessView } from '@shared/contract/views/record-views'
import { addDays, isCalendarDate } from '@shared/kernel/calendar-date'
import { businessDate, businessTime } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import type { RecordTypeSpec } from '@shared/standard/pack'
import type { ClockDays } from '@engine/repos/record-stretches'
import type { RecordEntity } from '@engine/repos/repo-types'

/** Days ahead that the filter "due this week" covers. */
const WEEK_DAYS = 7
/** A legal date outside these years is a typing error; no deadline is counted from it. */
const FIRST_YEAR = '1949'
const LAST_YEAR = '2099'

type Deadline = RecordTypeSpec['deadline']

/** Everything that is counted in working days. */
export interface DeadlinesService {
  today(): string
  /** Last day in time; null while the legal date is missing, malformed or out of all reason. */
  dueOn(legalDate: string, deadline: Deadline): string | null
  /** The clock of a record as it stands now, computed, never stored. */
  clock(record: Pick<RecordEntity, 'legalDate' | 'dueOn' | 'firstReceivedAt'>, deadline: Deadline): ClockView
  /** The arithmetic behind a due date, day by day. */
  dueDays(legalDate: string, deadline: Deadline): readonly DueDay[]
  /** Today and the next working days, `count` in all; today is the first even when nobody works. */
  comingDays(count: number): readonly string[]
  /** Last due date that lies within so many working days from today. */
  workingDaysAhead(count: number): string
  clockDays(): ClockDays
  /** Everything about whether a record will be late, at this moment; `cutOff` is the desk's closing time. */
  lateness(
    record: Pick<RecordEntity, 'legalDate' | 'dueOn' | 'firstReceivedAt'>,
    deadline: Deadline,
    cutOff: string,
  ): LatenessView
}

/** Deadlines by one calendar and one clock. */
export function createDeadlinesService(deps: {
  readonly clock: Clock
  readonly calendar: WorkingCalendar
}): DeadlinesService {
  const { clock, calendar } = deps
  const today = (): string => businessDate(clock.now())
  /** One entry per legal date and term; an import asks the same few hundred dates over and over. */
  const known = new Map<string, ReturnType<typeof dueDate>>()

  const due = (legalDate: string, deadline: Deadline): ReturnType<typeof dueDate> | null => {
    if (!isCalendarDate(legalDate) || legalDate < FIRST_YEAR || legalDate > `${LAST_YEAR}-12-31`) return null
    const key = `${legalDate}/${deadline.days}/${deadline.start}`
    const found = known.get(key) ?? dueDate(legalDate, deadline, calendar)
    known.set(key, found)
    return found
  }

  const clockOfRecord: DeadlinesService['clock'] = (record, deadline) => {
    const found = due(record.legalDate, deadline)
    const receivedOn = record.firstReceivedAt === null ? null : businessDate(record.firstReceivedAt)
    if (found === null) {
      return { state: receivedOn === null ? 'on_time' : 'met', dueOn: null, days: 0, provisional: false }
    }
    const reading = clockOf({ dueOn: found.dueOn, today: today(), receivedOn }, calendar)
    return { ...reading, dueOn: found.dueOn, provisional: found.provisional }
  }

  const workingDaysAhead = (count: number): string =>
    count === 0 ? today() : calendar.addWorkingDays(today(), count).date

  return {
    today,
    workingDaysAhead,
    dueOn: (legalDate, deadline) => due(legalDate, deadline)?.dueOn ?? null,
    clock: clockOfRecord,
    dueDays: (legalDate, deadline) =>
      (due(legalDate, deadline)?.days ?? []).map(({ date, kind, count }) => ({
        date,
        working: count !== null,
        count: count ?? 0,
        kind,
      })),
    comingDays(count) {
      const days = [today()]
      for (let day = today(); days.length < count;) {
        day = calendar.addWorkingDays(day, 1).date
        days.push(day)
      }
      return days
    },
    clockDays: () => ({
      today: today(),
      soonUntil: workingDaysAhead(DUE_SOON_WORKING_DAYS),
      weekUntil: addDays(today(), WEEK_DAYS),
    }),
    lateness(record, deadline, cutOff) {
      const found = due(record.legalDate, deadline)
      const now = clock.now()
      const moment = { date: businessDate(now), time: businessTime(now) }
      const isOpen = found !== null && record.firstReceivedAt === null
      const left = timeLeft(moment, found?.dueOn ?? '', { cutOff, hours: usualWorkHours }, calendar)
      return {
        legalDate: record.legalDate,
        dueOn: found?.dueOn ?? null,
        term: deadline.days,
        provisional: found?.provisional ?? false,
        days: found?.days ?? [],
        clock: clockOfRecord(record, deadline),
        cutOff,
        isInTimeNow: isOpen ? left.isInTimeNow : null,
        minutesToCutOff: left.minutesToCutOff,
        workMinutes: isOpen ? left.workMinutes : 0,
        workDays: isOpen ? left.workDays : 0,
      }
    },
  }
}

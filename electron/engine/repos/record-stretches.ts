/** What a filter of the grid selects, as stretches of the indexes of records. */
import type { RecordFilter } from '@shared/contract/views/record-views'
import type { ClockState, Delivery } from '@shared/domain/record-status'
import { addDays } from '@shared/kernel/calendar-date'
import type { Lane, TallyLine } from './record-tally'

/** Days (YYYY-MM-DD) against which the clock of a record is read. */
export interface ClockDays {
  readonly today: string
  /** Last due date that is due soon. */
  readonly soonUntil: string
  /** Last due date that is due this week. */
  readonly weekUntil: string
}

/** A filter of the grid; null lets everything through. */
export interface Filter {
  readonly type: string | null
  readonly filter: RecordFilter
  readonly delivery: Delivery | null
  readonly clock: ClockState | null
  readonly days: ClockDays
}

/**
 * Records of one type at one place whose `danger` lies within bounds, both included: one piece of every index of the
 * grid. Records of one stretch stand in no other.
 */
export interface Stretch {
  readonly type: string
  readonly place: string
  readonly from: string
  readonly to: string
}

/** Stretches of a selection and the number of records in them. */
export interface Stretches {
  readonly all: readonly Stretch[]
  readonly total: number
}

/** Lanes behind each filter; null = not told by lanes. */
const lanesOf: Readonly<Record<RecordFilter, readonly Lane[] | null>> = {
  unsent: ['blocked', 'unconfirmed', 'ready', 'rejected', 'in_review', 'held'],
  ready: ['ready'],
  problems: ['blocked', 'unconfirmed'],
  rejected: ['rejected'],
  due_week: null,
  in_flight: ['in_flight'],
  accepted: ['accepted'],
  held: ['held'],
  all: null,
}

/** As the schema writes that there is no due date. */
const NO_DATE = '9999-99-99'

/** First and last due date of those that have not arrived and whose clock stands so; null where no date decides. */
function dueBetween(
  clock: ClockState | null,
  { today, soonUntil }: ClockDays,
): readonly [string, string] | null {
  switch (clock) {
    case 'overdue':
      return ['', addDays(today, -1)]
    case 'due_today':
      return [today, today]
    case 'due_soon':
      return [addDays(today, 1), soonUntil]
    case 'on_time':
      return [addDays(soonUntil, 1), NO_DATE]
    case 'met':
    case 'met_late':
    case null:
      return null
  }
}

const arrivalOf = (clock: ClockState | null): TallyLine['arrival'] | null => {
  if (clock === null) return null
  if (clock === 'met') return 'met'
  return clock === 'met_late' ? 'late' : 'open'
}

/** The stretches that a filter selects, by the counts of the store; the total is exact. */
export function stretchesOf(lines: readonly TallyLine[], wanted: Filter): Stretches {
  const lanes = lanesOf[wanted.filter]
  const arrival = arrivalOf(wanted.clock)
  const due = dueBetween(wanted.clock, wanted.days)
  const week = wanted.filter === 'due_week' ? wanted.days.weekUntil : null
  const found = new Map<string, Stretch>()
  let total = 0
  for (const line of lines) {
    const rank = line.danger.slice(0, 1)
    const date = line.danger.slice(1)
    if (line.lane === 'discarded' || (lanes !== null && !lanes.includes(line.lane))) continue
    if (wanted.type !== null && line.type !== wanted.type) continue
    if (wanted.delivery !== null && line.delivery !== wanted.delivery) continue
    if (arrival !== null && line.arrival !== arrival) continue
    if (due !== null && (date < due[0] || date > due[1])) continue
    if (week !== null && (rank !== '0' || date > week)) continue
    total += line.count
    const [from, to] = due ?? ['', week ?? '~']
    found.set(`${line.type} ${line.place} ${rank}`, {
      ...{ type: line.type, place: line.place },
      ...{ from: `${rank}${from}`, to: `${rank}${to}` },
    })
  }
  return { all: [...found.values()], total }
}

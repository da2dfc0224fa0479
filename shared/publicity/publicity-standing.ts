import { addDays } from '@shared/kernel/calendar-date'
import type { Delivery, Operation, Publicity } from '@shared/domain/record-status'

/** Days before the last day of display on which it is called to mind; the longest decides what counts as expiring. */
export const REMINDER_DAYS = [60, 30, 7] as const

/** What is known of a record's display: the platform's last word, the term, and what the desk has asked for. */
export interface DisplayFacts {
  /** The platform's last word. */
  readonly publicity: Publicity
  /** Operation and delivery of the head revision. */
  readonly op: Operation
  readonly delivery: Delivery
  /** Last day of display; null while no term is known. */
  readonly endsOn: string | null
  /** From this day on it must not be displayed: the day after the last, or the day of an order; null when never. */
  readonly offFrom: string | null
  readonly isPublished: boolean
  readonly takenDownOn: string | null
  readonly hasOpenRepair: boolean
}

const failed: readonly Delivery[] = ['rejected', 'revoked', 'duplicate']

/**
 * Where the display of a record stands on a day, for people: the state of axis C. The end of a term is found by the
 * calendar, so nothing has to run at midnight for a take-down to fall due; it stays due until the platform (or a person
 * who looked) says that the display is gone.
 */
export function publicityStanding(facts: DisplayFacts, today: string): Publicity {
  const { publicity, op, delivery } = facts
  if (facts.takenDownOn !== null) return 'taken_down'
  if ((op === 'takeDown' || op === 'withdraw') && !failed.includes(delivery)) return 'takedown_requested'
  const isShown = facts.isPublished || publicity !== 'none'
  if (isShown && facts.offFrom !== null && facts.offFrom <= today) return 'takedown_due'
  if (publicity === 'suspended' || publicity === 'marked') return publicity
  if (facts.hasOpenRepair) return 'repair_applied'
  if (!isShown) return 'none'
  const soon = addDays(today, REMINDER_DAYS[0])
  if (facts.endsOn !== null && facts.endsOn >= today && facts.endsOn <= soon) return 'expiring'
  return publicity === 'none' ? 'none' : 'published'
}

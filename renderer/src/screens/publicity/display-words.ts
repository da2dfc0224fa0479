import type { PublicityRow } from '@shared/contract/views/publicity-views'
import type { Publicity } from '@shared/domain/record-status'
import { daysBetween, isCalendarDate } from '@shared/kernel/calendar-date'
import type { Tone } from '@renderer/components/tone'
import { texts } from '@renderer/texts/zh-CN'

const tones: Readonly<Partial<Record<Publicity, Tone>>> = {
  takedown_due: 'late',
  takedown_requested: 'info',
  expiring: 'soon',
  published: 'good',
  repair_applied: 'info',
  repaired: 'good',
  marked: 'good',
}

/** How a standing is coloured. */
export const standingTone = (standing: Publicity): Tone => tones[standing] ?? 'plain'

/** Days to the end of display, or past the day on which it should have come down; blank when there is nothing to say. */
export function endText(
  { standing, endsOn, offFrom }: Pick<PublicityRow, 'standing' | 'endsOn' | 'offFrom'>,
  today: string,
): string {
  if (!isCalendarDate(today)) return ''
  // Of a display that its own term would still allow, the platform has ordered the end.
  if (standing === 'takedown_due' && offFrom !== null && (endsOn === null || offFrom <= endsOn))
    return texts.publicity.ordered
  if (standing === 'takedown_due' && offFrom !== null)
    return texts.publicity.daysOver(daysBetween(offFrom, today) + 1)
  if (standing === 'expiring' && endsOn !== null) return texts.publicity.daysLeft(daysBetween(today, endsOn))
  return ''
}

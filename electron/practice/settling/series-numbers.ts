import { businessDate } from '@shared/kernel/clock'

const compactDate = (instant: string): string => businessDate(instant).replaceAll('-', '')

/** A receipt number such as `R20260302-000123`: the business date and a number that runs on for ever. */
export function receiptNumber(instant: string, running: number): string {
  return `R${compactDate(instant)}-${String(running).padStart(6, '0')}`
}

/** The platform's reference of a record such as `PX-20260302-0000001`. */
export function platformReference(instant: string, running: number): string {
  return `PX-${compactDate(instant)}-${String(running).padStart(7, '0')}`
}

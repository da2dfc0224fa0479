/**
 * 零报告: a type of which a day has nothing is said to have nothing, so that nobody takes silence for an omission. The
 * exchange has no message for it; the desk prints a sheet and keeps an entry in its audit trail.
 */
import { businessDate, businessDayStart } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { NilQuery } from '@engine/repos/nil-query'
import type { AuditRepo, RecordRepo, Store } from '@engine/repos/repo-types'

export interface NilService {
  /** Types in use of which the platform has received nothing today and nothing waits, in the order of the standard. */
  types(): readonly string[]
  /** Whether nothing of any type in use can be sent, waits to be mended, or has arrived today. */
  isNilDay(): boolean
  /** Notes that the day had nothing at all. Refuses `submission.not-nil` when it had. */
  report(): { readonly types: readonly string[] }
}

export function createNilService(deps: {
  readonly nil: NilQuery
  readonly records: Pick<RecordRepo, 'sealableIds'>
  /** Codes of every record type of the standard, in its order. */
  readonly typeCodes: () => readonly string[]
  readonly store: Store
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly actor: () => string
}): NilService {
  const inUse = (): readonly string[] => deps.typeCodes().filter((code) => deps.nil.isInUse(code))

  const types = (): readonly string[] => {
    const since = businessDayStart(businessDate(deps.clock.now()))
    return inUse().filter((code) => !deps.nil.hasArrivedSince(code, since) && !deps.nil.hasWaiting(code))
  }

  const isNilDay = (): boolean => {
    const found = types()
    return (
      found.length > 0 &&
      found.length === inUse().length &&
      deps.records.sealableIds({ type: null, recordIds: null }).length === 0
    )
  }

  return {
    types,
    isNilDay,
    report() {
      const found = types()
      if (!isNilDay()) refuse('submission.not-nil')
      const entry = { at: deps.clock.now(), actor: deps.actor(), act: 'day.nil-reported', ref: null }
      deps.store.write(() => deps.audit.append({ ...entry, body: { types: found.length } }))
      return { types: found }
    },
  }
}

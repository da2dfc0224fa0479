import type { PublicityFilter } from '@shared/contract/views/publicity-views'

const isLeaving =
  "(r.op IN ('takeDown', 'withdraw') AND r.delivery NOT IN ('rejected', 'revoked', 'duplicate'))"
const isShown = "(e.is_published = 1 OR r.publicity <> 'none')"
const openCase = "c.state IN ('collecting', 'approved', 'applied', 'granted')"
/** Whether credit repair of record `r` is under way. */
export const openRepair = `EXISTS (SELECT 1 FROM repair_case c WHERE c.record_id = r.record_id AND ${openCase})`

/** Last day of display of entry `e`; displays without one come last. */
const endKey = "coalesce(e.ends_on, '9999-12-31')"
const shownFrom = 'publicity_entry e INDEXED BY publicity_shown'
const shownDays = `e.taken_down_on IS NULL AND ${endKey} >= @today`
const withRecord = 'JOIN record r ON r.record_id = e.record_id'

export interface PublicityPart {
  readonly where: string
  readonly key: string
  readonly from: string
  /** Counts the whole part where it can be large and an index alone tells. */
  readonly counted?: string
}

/** The condition and the order of each part; `@today` and `@soonUntil` are bound. */
export const publicityParts: Readonly<Record<PublicityFilter, PublicityPart>> = {
  due: {
    where: `e.taken_down_on IS NULL AND e.off_from IS NOT NULL AND e.off_from <= @today AND ${isShown} AND NOT ${isLeaving}`,
    key: 'e.off_from',
    from: `publicity_entry e INDEXED BY publicity_off ${withRecord}`,
  },
  requested: {
    where: `r.op IN ('takeDown', 'withdraw') AND ${isLeaving} AND e.taken_down_on IS NULL`,
    key: "coalesce(e.off_from, '9999-12-31')",
    from: 'record r INDEXED BY record_leaving JOIN publicity_entry e ON e.record_id = r.record_id',
  },
  expiring: {
    where: `e.taken_down_on IS NULL AND e.ends_on >= @today AND e.ends_on <= @soonUntil AND ${isShown} AND NOT ${isLeaving}`,
    key: 'e.ends_on',
    from: `publicity_entry e INDEXED BY publicity_end ${withRecord}`,
  },
  shown: {
    where: `${shownDays} AND ${isShown}`,
    key: endKey,
    from: `${shownFrom} ${withRecord}`,
    counted: `SELECT (SELECT count(*) FROM ${shownFrom} WHERE ${shownDays} AND e.is_published = 1)
      + (SELECT count(*) FROM ${shownFrom} ${withRecord}
         WHERE ${shownDays} AND e.is_published = 0 AND r.publicity <> 'none')`,
  },
  repair: {
    where: openCase,
    key: endKey,
    from: `repair_case c INDEXED BY repair_open JOIN publicity_entry e ON e.record_id = c.record_id ${withRecord}`,
  },
  gone: {
    where: 'e.taken_down_on IS NOT NULL',
    key: 'e.taken_down_on',
    from: `publicity_entry e INDEXED BY publicity_gone ${withRecord}`,
    counted:
      'SELECT count(*) FROM publicity_entry e INDEXED BY publicity_gone WHERE e.taken_down_on IS NOT NULL',
  },
}

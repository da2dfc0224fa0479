/**
 * The records beside the rows of one lot. Hardly any row has a neighbour, so the store is asked once which natural keys
 * and document numbers of the lot it knows at all; only for those is it asked row by row.
 */
import type { Assessment } from '@engine/reading/assessment'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { RecordRepo } from '@engine/repos/repo-types'
import type { Neighbours } from './checking-service'

type Keys = Pick<Assessment, 'naturalKey' | 'columns'>

/** The neighbours of a lot: asked about a row of it, by the keys that the row itself says. */
export interface LotNeighbours extends Neighbours {
  /** A row was written: it may be a neighbour of those that follow. */
  note(row: Keys): void
}

/** The neighbours of some rows; `settle` brings to the store what was written of them so far. */
export function createLotNeighbours(
  deps: { readonly records: RecordRepo; readonly lookup: RecordLookup; readonly settle: () => void },
  rows: readonly { readonly assessment: Keys }[],
): LotNeighbours {
  const { records, lookup, settle } = deps
  const naturalKeys = new Set(
    lookup.knownNaturalKeys(rows.flatMap(({ assessment }) => assessment.naturalKey ?? [])),
  )
  const docKeys = new Set(lookup.knownDocKeys(rows.map(({ assessment }) => assessment.columns.docKey)))
  return {
    findByNaturalKey(naturalKey) {
      if (!naturalKeys.has(naturalKey)) return null
      settle()
      return records.findByNaturalKey(naturalKey)
    },
    findOtherSubject(record) {
      if (!docKeys.has(record.docKey)) return null
      settle()
      return lookup.findOtherSubject(record)
    },
    note({ naturalKey, columns: { docKey } }) {
      if (naturalKey !== null) naturalKeys.add(naturalKey)
      if (docKey !== '') docKeys.add(docKey)
    },
  }
}

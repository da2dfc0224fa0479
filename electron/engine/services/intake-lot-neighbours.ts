/**
 * The records beside the rows of one lot. Hardly any row has a neighbour, so the store is asked once which natural keys
 * and document numbers of the lot it knows at all; only for those is it asked row by row.
 */
import type { Assessment } from '@engine/reading/assessment'
import type { RecordLookup } from '@engine/repos/record-lookup'
import type { RecordRepo } from '@engine/repos/repo-types'
import type { Neighbours } from './checking-service'

type Keys = Pick<Assessment, 'naturalKey' | 'columns'>

/** The neighbours of a lot. */
export interface LotNeighbours extends Neighbours {
  /** A row was written: it may be a neighbour of those that follow. */
  note(row: Keys): void
}

/** Texts of which some are known to occur in the store. */
class KnownTexts {
  private readonly asked: ReadonlySet<string>
  private readonly known: Set<string>

  constructor(texts: Iterable<string>, find: (texts: readonly string[]) => readonly string[]) {
    this.asked = new Set(texts)
    this.known = new Set(find([...this.asked]))
  }

  add(text: string): void {
    this.known.add(text)
  }

  /** Whether the store may have it; what nobody asked about it may. */
  mayHave(text: string): boolean {
    return this.known.has(text) || !this.asked.has(text)
  }
}

/** The neighbours of some rows; `settle` brings to the store what was written of them so far. */
export function createLotNeighbours(
  deps: { readonly records: RecordRepo; readonly lookup: RecordLookup; readonly settle: () => void },
  rows: readonly { readonly assessment: Keys }[],
): LotNeighbours {
  const { records, lookup, settle } = deps
  const naturalKeys = new KnownTexts(
    rows.flatMap(({ assessment }) => assessment.naturalKey ?? []),
    lookup.knownNaturalKeys,
  )
  const docKeys = new KnownTexts(
    rows.map(({ assessment }) => assessment.columns.docKey),
    lookup.knownDocKeys,
  )
  return {
    findByNaturalKey(naturalKey) {
      if (!naturalKeys.mayHave(naturalKey)) return null
      settle()
      return records.findByNaturalKey(naturalKey)
    },
    findOtherSubject(record) {
      if (!docKeys.mayHave(record.docKey)) return null
      settle()
      return lookup.findOtherSubject(record)
    },
    note({ naturalKey, columns }) {
      if (naturalKey !== null) naturalKeys.add(naturalKey)
      docKeys.add(columns.docKey)
    },
  }
}

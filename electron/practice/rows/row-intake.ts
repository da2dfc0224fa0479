/** Rows that arrive without any batch of a desk: they are made one, so that they are judged and entered like all. */
import { uuidv7 } from 'uuidv7'
import type { ItemResult, Manifest, WireItem } from '@shared/domain/exchange'
import type { Operation } from '@shared/domain/record-status'
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import { canonicalSha256 } from '@engine/crypto/digest'
import { manifestSha256 } from '@engine/crypto/manifest-digest'
import type { StandardShelf } from '@practice/settling/standard-shelf'
import type { BatchRepo } from '@practice/store/batch-repo'
import type { ItemRepo } from '@practice/store/item-repo'
import type { PracticeDatabase } from '@practice/store/practice-database'

/** A row with the record that it is taken for. */
export interface ArrivedRow {
  readonly recordId: string
  readonly revision: number
  readonly op: Operation
  readonly platformRef: string | null
  readonly values: Readonly<Record<string, string>>
}

export interface RowIntake {
  /** Whether rows of this record type are taken today. */
  takes(recordType: string): boolean
  /** The platform's key of a row, and what the platform would call it. */
  keyOf(recordType: string, values: Readonly<Record<string, string>>): string | null
  /** Enters rows as one batch and gives their outcomes, in order, once they are settled. */
  settle(bureau: string, recordType: string, rows: readonly ArrivedRow[]): Promise<readonly ItemResult[]>
}

export function createRowIntake(deps: {
  readonly db: PracticeDatabase
  readonly batches: BatchRepo
  readonly items: ItemRepo
  readonly shelf: StandardShelf
  readonly clock: Clock
  readonly wake: () => void
  /** Resolves when everything that was closed has been settled. */
  readonly settled: () => Promise<void>
}): RowIntake {
  const { batches, items, shelf } = deps
  const today = (): string => businessDate(deps.clock.now())
  const standardOf = (recordType: string) =>
    shelf.inForce(today()).find((standard) => shelf.find(standard, recordType, today()) !== null) ?? null

  const keyOf: RowIntake['keyOf'] = (recordType, values) => {
    const standard = standardOf(recordType)
    const shelved = standard === null ? null : shelf.find(standard, recordType, today())
    return shelved?.check(values, today()).naturalKey ?? null
  }

  return {
    takes: (recordType) => standardOf(recordType) !== null,
    keyOf,

    async settle(bureau, recordType, rows) {
      const taken = standardOf(recordType)
      if (taken === null) throw new Error(`rows of ${recordType} are not taken`)
      const { id, version } = taken
      const batchId = uuidv7()
      const part = {
        no: 1,
        items: rows.length,
        bytes: 1,
        sha256: canonicalSha256(rows.map(({ values }) => values)),
      }
      const content = {
        ...{ batchId, bureau, standard: { id, version } },
        ...{ itemCount: rows.length, partCount: 1, parts: [part] },
      }
      const manifest: Manifest = { ...content, manifestSha256: manifestSha256(content) }
      const itemOf = ({ values, ...named }: ArrivedRow, index: number): WireItem => ({
        ...named,
        itemNo: index + 1,
        recordType,
        standard: { id, version },
        naturalKey: keyOf(recordType, values) ?? '',
        legalDate: today(),
        inReplyTo: null,
        reason: null,
        sha256: canonicalSha256(values),
        payload: values,
      })
      deps.db
        .transaction(() => {
          batches.insert({ manifest, manifestSha256: manifest.manifestSha256, receivedAt: deps.clock.now() })
          for (const [index, row] of rows.entries()) items.insert(batchId, bureau, itemOf(row, index))
          batches.insertPart(batchId, 1)
          batches.close(batchId)
        })
        .immediate()
      deps.wake()
      await deps.settled()
      return items.page(batchId, 0, rows.length)
    },
  }
}

import type { ItemError, ItemResult, WireItem } from '@shared/domain/exchange'
import type { Decision } from './item-repo'
import type { PracticeDatabase } from './practice-database'

export type HoldingState = 'live' | 'revoked' | 'withdrawn' | 'takenDown'

/** What the platform holds under one reference: the last accepted revision and whether it still counts. */
export interface Holding {
  readonly platformRef: string
  readonly bureau: string
  /** The record that changed it last; a desk may have adopted the reference for another record of its own. */
  readonly recordId: string
  /** The platform's own folded key; null when the standard gives none. */
  readonly naturalKey: string | null
  readonly state: HoldingState
  readonly revision: number
  readonly sha256: string
  /** The delivery by which it stands. */
  readonly source: { readonly batchId: string; readonly itemNo: number }
}

/** One business effect: a line of the ledger, in this order of members. */
export interface Effect {
  readonly seq: number
  readonly at: string
  readonly bureau: string
  readonly batchId: string
  readonly itemNo: number
  readonly recordId: string
  readonly revision: number
  readonly op: string
  readonly recordType: string
  readonly sha256: string
  readonly outcome: string
  readonly platformRef: string
}

/** An earlier decision about a revision and the content it was about. */
export interface EarlierVerdict extends Decision {
  readonly op: string
  readonly sha256: string
}

/** Verdicts, holdings and effects: the business memory of the platform. */
export interface RegisterRepo {
  verdict(bureau: string, recordId: string, revision: number): EarlierVerdict | null
  /** Whether any revision of the record was ever decided about. */
  hasVerdict(bureau: string, recordId: string): boolean
  insertVerdict(bureau: string, item: WireItem, decision: Decision): void
  /** The latest holding of a record. */
  holdingOf(bureau: string, recordId: string): Holding | null
  holdingUnder(platformRef: string): Holding | null
  /** The item by which a holding stands. */
  itemOf(holding: Holding): WireItem
  /** The holding of any bureau, other than the one under a reference, that occupies a natural key. */
  occupant(naturalKey: string, exceptRef: string | null): Holding | null
  saveHolding(holding: Holding): void
  /** Loses every delivery, verdict and holding of a record, as a platform does that was restored from a backup. */
  forget(bureau: string, recordId: string): void
  /** Adds an effect under the next number; throws when the revision already has one. */
  insertEffect(effect: Omit<Effect, 'seq'>): void
  /** Effects above a number, in order. */
  effectsAfter(seq: number, limit: number): Effect[]
  countEffects(): {
    readonly total: number
    readonly byOp: Record<string, number>
    readonly byOutcome: Record<string, number>
  }
}

interface HoldingRow {
  readonly platform_ref: string
  readonly bureau: string
  readonly record_id: string
  readonly natural_key: string | null
  readonly state: HoldingState
  readonly revision: number
  readonly sha256: string
  readonly batch_id: string
  readonly item_no: number
}

const toHolding = (row: HoldingRow | undefined): Holding | null =>
  row === undefined
    ? null
    : {
        platformRef: row.platform_ref,
        bureau: row.bureau,
        recordId: row.record_id,
        naturalKey: row.natural_key,
        state: row.state,
        revision: row.revision,
        sha256: row.sha256,
        source: { batchId: row.batch_id, itemNo: row.item_no },
      }

interface VerdictRow {
  readonly op: string
  readonly sha256: string
  readonly outcome: ItemResult['outcome']
  readonly platform_ref: string | null
  readonly errors_json: string
  readonly duplicate_json: string
}

/**
 * @param lowestSeq effects are numbered above this: the last number of a ledger file that outlived an older database.
 */
export function createRegisterRepo(db: PracticeDatabase, lowestSeq: number): RegisterRepo {
  const verdict = db.prepare<[string, string, number], VerdictRow>(
    'SELECT * FROM verdict WHERE bureau = ? AND record_id = ? AND revision = ?',
  )
  const anyVerdict = db.prepare<[string, string]>(
    'SELECT 1 FROM verdict WHERE bureau = ? AND record_id = ? LIMIT 1',
  )
  const insertVerdict = db.prepare(`
    INSERT INTO verdict (bureau, record_id, revision, op, sha256, outcome, platform_ref, errors_json, duplicate_json)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const holdingOf = db.prepare<[string, string], HoldingRow>(
    'SELECT * FROM holding WHERE bureau = ? AND record_id = ? ORDER BY holding_id DESC LIMIT 1',
  )
  const holdingUnder = db.prepare<[string], HoldingRow>('SELECT * FROM holding WHERE platform_ref = ?')
  const occupant = db.prepare<[string, string | null], HoldingRow>(`
    SELECT * FROM holding WHERE natural_key = ? AND platform_ref IS NOT ? AND state IN ('live', 'takenDown')
    ORDER BY holding_id LIMIT 1`)
  const saveHolding = db.prepare(`
    INSERT INTO holding (platform_ref, bureau, record_id, natural_key, state, revision, sha256, batch_id, item_no)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (platform_ref) DO UPDATE SET record_id = excluded.record_id, natural_key = excluded.natural_key,
      state = excluded.state, revision = excluded.revision, sha256 = excluded.sha256,
      batch_id = excluded.batch_id, item_no = excluded.item_no`)
  const losses = ['item', 'verdict', 'holding'].map((table) =>
    db.prepare<[string, string]>(`DELETE FROM ${table} WHERE bureau = ? AND record_id = ?`),
  )
  const itemOf = db.prepare<[string, number], { item_json: string }>(
    'SELECT item_json FROM item WHERE batch_id = ? AND item_no = ?',
  )
  const insertEffect = db.prepare(`
    INSERT INTO effect (seq, at, bureau, batch_id, item_no, record_id, revision, op, record_type, sha256, outcome,
      platform_ref)
    VALUES ((SELECT max(?, coalesce((SELECT max(seq) FROM effect), 0)) + 1),
      @at, @bureau, @batchId, @itemNo, @recordId, @revision, @op, @recordType, @sha256, @outcome, @platformRef)`)
  const effectsAfter = db.prepare<[number, number], Effect>(`
    SELECT seq, at, bureau, batch_id AS batchId, item_no AS itemNo, record_id AS recordId, revision, op,
      record_type AS recordType, sha256, outcome, platform_ref AS platformRef
    FROM effect WHERE seq > ? ORDER BY seq LIMIT ?`)
  const countBy = (column: 'op' | 'outcome') => {
    const count = db.prepare<[], { name: string; n: number }>(
      `SELECT ${column} AS name, count(*) AS n FROM effect GROUP BY ${column} ORDER BY ${column}`,
    )
    return () => Object.fromEntries(count.all().map((row) => [row.name, row.n]))
  }
  const countByOp = countBy('op')
  const countByOutcome = countBy('outcome')
  const total = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM effect')
  return {
    verdict(bureau, recordId, revision) {
      const row = verdict.get(bureau, recordId, revision)
      if (row === undefined) return null
      return {
        op: row.op,
        sha256: row.sha256,
        outcome: row.outcome,
        platformRef: row.platform_ref,
        errors: JSON.parse(row.errors_json) as readonly ItemError[],
        duplicateOf: JSON.parse(row.duplicate_json) as ItemResult['duplicateOf'],
      }
    },
    hasVerdict: (bureau, recordId) => anyVerdict.get(bureau, recordId) !== undefined,
    insertVerdict(bureau, item, decision) {
      const errors = JSON.stringify(decision.errors)
      const duplicate = JSON.stringify(decision.duplicateOf)
      const { recordId, revision, op, sha256 } = item
      insertVerdict.run(
        bureau,
        recordId,
        revision,
        op,
        sha256,
        decision.outcome,
        decision.platformRef,
        errors,
        duplicate,
      )
    },
    holdingOf: (bureau, recordId) => toHolding(holdingOf.get(bureau, recordId)),
    holdingUnder: (platformRef) => toHolding(holdingUnder.get(platformRef)),
    occupant: (naturalKey, exceptRef) => toHolding(occupant.get(naturalKey, exceptRef)),
    itemOf: ({ source }) => JSON.parse(itemOf.get(source.batchId, source.itemNo)!.item_json) as WireItem,
    saveHolding({ platformRef, bureau, recordId, naturalKey, state, revision, sha256, source }) {
      const { batchId, itemNo } = source
      saveHolding.run(platformRef, bureau, recordId, naturalKey, state, revision, sha256, batchId, itemNo)
    },
    forget(bureau, recordId) {
      for (const loss of losses) loss.run(bureau, recordId)
    },
    insertEffect: (effect) => void insertEffect.run(lowestSeq, effect),
    effectsAfter: (seq, limit) => effectsAfter.all(seq, limit),
    countEffects: () => ({ total: total.get()!.n, byOp: countByOp(), byOutcome: countByOutcome() }),
  }
}

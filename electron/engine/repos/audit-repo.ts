import { canonicalJson } from '@shared/kernel/canonical-json'
import { sha256Hex } from '@engine/crypto/digest'
import { createBulkInsert, type Stored } from './bulk-insert'
import type { Database } from './database'
import type { AuditRepo } from './repo-types'

/** What the first row is chained to. */
const GENESIS = '0'.repeat(64)

interface AuditLine {
  readonly seq: number
  readonly at: string
  readonly actor: string
  readonly act: string
  readonly ref: string | null
  readonly body_json: string
  readonly prev_hash: string
  readonly hash: string
}

/** The hash of a row covers its place, its content and the row before it. */
const hashOf = (line: Omit<AuditLine, 'hash'>): string =>
  sha256Hex(
    JSON.stringify([line.seq, line.at, line.actor, line.act, line.ref, line.body_json, line.prev_hash]),
  )

const bodyOf = (json: string): Readonly<Record<string, string | number>> =>
  JSON.parse(json) as Record<string, string | number>

/**
 * The audit trail: rows chained by SHA-256, so that a row changed, removed, inserted or moved breaks the chain.
 * `seq` runs without gaps. A tail that was cut off is found against an anchor kept elsewhere (`head`).
 */
export interface ChainedAuditRepo extends AuditRepo {
  /** Number and hash of the newest row; `{ seq: 0 }` when there is none. */
  head(): { readonly seq: number; readonly hash: string }
  /** The hash of one row; null when there is none of that number. */
  hashAt(seq: number): string | null
  /** When the newest row was written; null when there is none. */
  lastAt(): string | null
  /** The newest rows of some acts (never of `record.imported`, of which there are too many), newest first. */
  recent(acts: readonly string[], limit: number): readonly AuditEntry[]
  /** Rows older than `before` (null: from the newest), newest first; of some acts, or of all where `acts` is null. */
  page(acts: readonly string[] | null, before: number | null, limit: number): readonly NumberedAuditEntry[]
}

export interface AuditEntry {
  readonly at: string
  readonly actor: string
  readonly act: string
  readonly ref: string | null
  readonly body: Readonly<Record<string, string | number>>
}

/** An entry with its place in the trail. */
export interface NumberedAuditEntry extends AuditEntry {
  readonly seq: number
}

const entryOf = ({ seq, at, actor, act, ref, body_json }: AuditLine): NumberedAuditEntry => ({
  ...{ seq, at, actor, act, ref },
  body: bodyOf(body_json),
})

/** The trail of one store. */
export function createAuditRepo(database: Database): ChainedAuditRepo {
  const newest = database.prepare<[], { seq: number; hash: string }>(
    'SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1',
  )
  const insert = createBulkInsert(database, 'audit', [
    ...['seq', 'at', 'actor', 'act', 'ref', 'body_json', 'prev_hash', 'hash'],
  ])
  const byRef = database.prepare<[string, number], AuditLine>(
    'SELECT * FROM audit WHERE ref = ? ORDER BY seq DESC LIMIT ?',
  )
  const all = database.prepare<[], AuditLine>('SELECT * FROM audit ORDER BY seq')
  const hashAt = database.prepare<[number], string>('SELECT hash FROM audit WHERE seq = ?').pluck()
  const lastAt = database.prepare<[], string>('SELECT at FROM audit ORDER BY seq DESC LIMIT 1').pluck()
  const byAct = database.prepare<[string, number], AuditLine>(
    "SELECT * FROM audit WHERE act = ? AND act <> 'record.imported' ORDER BY seq DESC LIMIT ?",
  )

  const before = database.prepare<[number, number], AuditLine>(
    'SELECT * FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?',
  )
  const beforeOfActs = database.prepare<[string, number, number], AuditLine>(
    `SELECT * FROM audit WHERE act IN (SELECT value FROM json_each(?)) AND act <> 'record.imported' AND seq < ?
     ORDER BY seq DESC LIMIT ?`,
  )

  const head = (): { readonly seq: number; readonly hash: string } =>
    newest.get() ?? { seq: 0, hash: GENESIS }

  const appendAll: AuditRepo['appendAll'] = (notes) => {
    if (!database.inTransaction) throw new Error('audit rows outside a transaction')
    let { seq, hash } = head()
    const rows: Stored[][] = []
    for (const { at, actor, act, ref, body } of notes) {
      seq++
      const body_json = canonicalJson(body)
      const prev_hash = hash
      hash = hashOf({ seq, at, actor, act, ref, body_json, prev_hash })
      rows.push([seq, at, actor, act, ref, body_json, prev_hash, hash])
    }
    insert(rows)
  }

  return {
    head,
    hashAt: (seq) => hashAt.get(seq) ?? null,
    lastAt: () => lastAt.get() ?? null,
    append: (note) => appendAll([note]),
    appendAll,
    ofRef: (ref, limit) =>
      byRef
        .all(ref, limit)
        .map(({ at, actor, act, body_json }) => ({ at, actor, act, body: bodyOf(body_json) })),
    recent: (acts, limit) =>
      acts
        .flatMap((act) => byAct.all(act, limit))
        .sort((left, right) => right.seq - left.seq)
        .slice(0, limit)
        .map(({ at, actor, act, ref, body_json }) => ({ at, actor, act, ref, body: bodyOf(body_json) })),
    page: (acts, from, limit) => {
      const end = from ?? Number.MAX_SAFE_INTEGER
      const lines =
        acts === null ? before.all(end, limit) : beforeOfActs.all(JSON.stringify(acts), end, limit)
      return lines.map(entryOf)
    },
    firstBroken() {
      let seq = 0
      let hash = GENESIS
      for (const line of all.iterate()) {
        seq++
        if (line.seq !== seq || line.prev_hash !== hash || hashOf(line) !== line.hash) return seq
        hash = line.hash
      }
      return null
    },
  }
}

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
  /** The newest rows of some acts (never of `record.imported`, of which there are too many), newest first. */
  recent(acts: readonly string[], limit: number): readonly AuditEntry[]
}

export interface AuditEntry {
  readonly at: string
  readonly actor: string
  readonly act: string
  readonly ref: string | null
  readonly body: Readonly<Record<string, string | number>>
}

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
  const byAct = database.prepare<[string, number], AuditLine>(
    "SELECT * FROM audit WHERE act = ? AND act <> 'record.imported' ORDER BY seq DESC LIMIT ?",
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

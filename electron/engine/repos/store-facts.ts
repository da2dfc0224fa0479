import type { Database } from './database'

/** How much a store holds. */
export interface StoreFacts {
  readonly records: number
  readonly batches: number
  readonly documents: number
}

/** Counts for judging a copy against the store that it is to take the place of. */
export interface StoreFactsQuery {
  facts(): StoreFacts
  /** Records changed, and batches sealed, after an instant. */
  since(at: string): { readonly records: number; readonly batches: number }
}

export function createStoreFactsQuery(database: Database): StoreFactsQuery {
  const count = (table: string): number =>
    database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
  const after = (table: string, column: string, at: string): number =>
    database.prepare<[string], number>(`SELECT count(*) FROM ${table} WHERE ${column} > ?`).pluck().get(at) ??
    0
  return {
    facts: () => ({ records: count('record'), batches: count('batch'), documents: count('attachment') }),
    since: (at) => ({ records: after('record', 'updated_at', at), batches: after('batch', 'sealed_at', at) }),
  }
}

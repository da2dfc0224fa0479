import type { PracticeDatabase } from './practice-database'

/** Small facts of one platform: its keys, its id, its running numbers. */
export interface MetaRepo {
  /** The stored value, or the one that `make` gives, stored from now on. */
  getOrSet(key: string, make: () => string): string
  /** The next running number of a series, from 1. Call inside the transaction that uses the number. */
  nextNumber(series: string): number
}

export function createMetaRepo(db: PracticeDatabase): MetaRepo {
  const read = db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?')
  const write = db.prepare<[string, string]>(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  return {
    getOrSet(key, make) {
      const stored = read.get(key)
      if (stored !== undefined) return stored.value
      const value = make()
      write.run(key, value)
      return value
    },
    nextNumber(series) {
      const next = Number(read.get(`series:${series}`)?.value ?? '0') + 1
      write.run(`series:${series}`, String(next))
      return next
    },
  }
}

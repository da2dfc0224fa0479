import type { Database } from './database'
import type { SettingRepo } from './repo-types'

/** Settings as JSON by key. */
export function createSettingRepo(database: Database): SettingRepo {
  const select = database.prepare<[string], string>('SELECT value_json FROM setting WHERE key = ?').pluck()
  const upsert = database.prepare<[string, string]>(
    'INSERT INTO setting (key, value_json) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value_json = excluded.value_json',
  )
  return {
    get<T>(key: string): T | null {
      const json = select.get(key)
      return json === undefined ? null : (JSON.parse(json) as T)
    },
    set(key, value) {
      upsert.run(key, JSON.stringify(value))
    },
  }
}

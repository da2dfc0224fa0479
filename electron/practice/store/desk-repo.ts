import type { PracticeDatabase } from './practice-database'

/** A desk that may talk to the platform, and the bureau for which it speaks. */
export interface Desk {
  readonly clientId: string
  readonly publicKey: string
  readonly bureau: { readonly code: string; readonly name: string }
}

/** The enrolled desks and the nonces that they used lately. */
export interface DeskRepo {
  find(clientId: string): Desk | null
  save(desk: Desk, at: string): void
  list(): readonly Desk[]
  /**
   * Remembers a nonce at an instant and forgets those seen before `forgetBefore`; false when it was seen since then.
   */
  rememberNonce(clientId: string, nonce: string, at: string, forgetBefore: string): boolean
}

interface DeskRow {
  readonly client_id: string
  readonly public_key: string
  readonly bureau_code: string
  readonly bureau_name: string
}

const toDesk = (row: DeskRow): Desk => ({
  clientId: row.client_id,
  publicKey: row.public_key,
  bureau: { code: row.bureau_code, name: row.bureau_name },
})

export function createDeskRepo(db: PracticeDatabase): DeskRepo {
  const find = db.prepare<[string], DeskRow>('SELECT * FROM desk WHERE client_id = ?')
  const list = db.prepare<[], DeskRow>('SELECT * FROM desk ORDER BY client_id')
  const save = db.prepare(`
    INSERT INTO desk (client_id, public_key, bureau_code, bureau_name, enrolled_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (client_id) DO UPDATE SET public_key = excluded.public_key,
      bureau_code = excluded.bureau_code, bureau_name = excluded.bureau_name`)
  const forget = db.prepare('DELETE FROM nonce WHERE seen_at < ?')
  const remember = db.prepare('INSERT OR IGNORE INTO nonce (client_id, nonce, seen_at) VALUES (?, ?, ?)')
  const rememberOnce = db.transaction((clientId: string, nonce: string, at: string, forgetBefore: string) => {
    forget.run(forgetBefore)
    return remember.run(clientId, nonce, at).changes === 1
  })
  return {
    find(clientId) {
      const row = find.get(clientId)
      return row === undefined ? null : toDesk(row)
    },
    list: () => list.all().map(toDesk),
    save(desk, at) {
      save.run(desk.clientId, desk.publicKey, desk.bureau.code, desk.bureau.name, at)
    },
    rememberNonce: (clientId, nonce, at, forgetBefore) =>
      rememberOnce.immediate(clientId, nonce, at, forgetBefore),
  }
}

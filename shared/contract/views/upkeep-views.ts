/** The fewest characters of a password that a copy may have: it leaves the machine, anybody may try at leisure. */
export const BACKUP_PASSWORD_LENGTH = 10

/** What can be wrong with a store; the keys of the sentences. */
export type StoreProblemCode =
  'pages' | 'references' | 'audit' | 'manifest' | 'part' | 'receipt' | 'receipt-signature' | 'attachment'

/** One thing that does not hold, with what its sentence names. */
export interface StoreProblem {
  readonly code: StoreProblemCode
  readonly params: Readonly<Record<string, string | number>>
}

/** Parts of the audit trail that are looked at by themselves. */
export const auditScopes = ['all', 'desk', 'records', 'exchange', 'personal'] as const
export type AuditScope = (typeof auditScopes)[number]

/** One act of the audit trail. */
export interface AuditRow {
  /** Its place in the trail, from 1 without gaps. */
  readonly seq: number
  /** Instant, RFC 3339 UTC. */
  readonly at: string
  readonly actor: string
  /** Key of the sentences of acts, filled with `params`. */
  readonly act: string
  readonly params: Readonly<Record<string, string | number>>
  /** The record (by its document number) or the batch (by its label) that it is about. */
  readonly about: { readonly kind: 'record' | 'batch'; readonly id: string; readonly name: string } | null
}

/** A page of the trail, newest first. */
export interface AuditPage {
  readonly rows: readonly AuditRow[]
  /** Where the next page begins; null at the end. */
  readonly next: number | null
}

import { isSensitive } from '@shared/standard/mask'
import type { RecordTypeSpec } from '@shared/standard/pack'

/** Edits that are not saved yet, kept against a crash. */
export interface LocalDraft {
  /** Revision that the edits were made on; 0 for a new record. */
  readonly revision: number
  readonly values: Readonly<Record<string, string>>
  /** Whether personal values were edited too; they are never kept here. */
  readonly hadPersonal: boolean
}

const PREFIX = 'xinbao.draft.'

/**
 * Drafts live in the page's own storage and hold only fields that the standard publishes anyway: personal values
 * never leave the engine's encrypted store. They are not saved through the engine because every save is a permanent
 * revision, and a half-typed value must never become the head of a record that the next closing may send.
 */
export function writeDraft(
  key: string,
  revision: number,
  edits: Readonly<Record<string, string>>,
  spec: RecordTypeSpec,
): void {
  const fields = new Map(spec.fields.map((field) => [field.code, field]))
  const kept = Object.entries(edits).filter(([code]) => {
    const field = fields.get(code)
    return field !== undefined && !isSensitive(field)
  })
  const draft: LocalDraft = {
    revision,
    values: Object.fromEntries(kept),
    hadPersonal: kept.length < Object.keys(edits).length,
  }
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(draft))
  } catch {
    // Storage that is full or switched off costs the safety net, never the edit itself.
  }
}

const isTexts = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string')

/** The draft of a record, or null when there is none that can be read. */
export function readDraft(key: string): LocalDraft | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null')
    if (typeof stored !== 'object' || stored === null) return null
    const { revision, values, hadPersonal } = stored as Partial<Record<keyof LocalDraft, unknown>>
    if (typeof revision !== 'number' || !isTexts(values)) return null
    if (Object.keys(values).length === 0) return null
    return { revision, values, hadPersonal: hadPersonal === true }
  } catch {
    return null
  }
}

/** Forgets the draft of a record. */
export function dropDraft(key: string): void {
  localStorage.removeItem(PREFIX + key)
}

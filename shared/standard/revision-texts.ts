import type { FieldValues } from './pack'
import type { Normalisation } from './standard'

/** The content of a revision as it is kept: three JSON texts, made once where a record is read. */
export interface RevisionTexts {
  /** Field -> raw text, of the fields whose value is another. */
  readonly raw: string
  /** Field -> normalised value. */
  readonly values: string
  /** What normalising changed. */
  readonly changes: string
}

/** The raw texts that differ from the value of their field: all that is kept of them. */
export function rawDifference(raw: FieldValues, values: FieldValues): FieldValues {
  const differing: Record<string, string> = {}
  for (const field in raw) if (values[field] !== raw[field]) differing[field] = raw[field]!
  return differing
}

/** The raw texts behind some values: those that differ, else the value itself. */
export const rawBehind = (values: FieldValues, differing: FieldValues): FieldValues => ({
  ...values,
  ...differing,
})

/** The texts of a content; `raw` may be whole or only what differs. */
export const revisionTexts = (
  raw: FieldValues,
  { values, changes }: { readonly values: FieldValues; readonly changes: readonly Normalisation[] },
): RevisionTexts => ({
  raw: JSON.stringify(rawDifference(raw, values)),
  values: JSON.stringify(values),
  changes: JSON.stringify(changes),
})

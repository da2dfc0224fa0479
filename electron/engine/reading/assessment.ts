import { foldForKey } from '@shared/kernel/text'
import type { Issue } from '@shared/standard/issue'
import type { FieldValues } from '@shared/standard/pack'
import type { CompiledType, Normalisation, RawValue } from '@shared/standard/standard'
import { sha256Hex } from '@engine/crypto/digest'
import { searchText } from './search-text'

/** A record read and checked by itself, before anything is known of its neighbours. */
export interface Assessment {
  readonly values: FieldValues
  readonly changes: readonly Normalisation[]
  readonly issues: readonly Issue[]
  readonly naturalKey: string | null
  /** SHA-256 of the canonical payload. */
  readonly sha256: string
  readonly columns: SearchColumns
}

/** The same with other issues. */
export const withIssues = (
  { values, changes, naturalKey, sha256, columns }: Assessment,
  issues: readonly Issue[],
): Assessment => ({ values, changes, issues, naturalKey, sha256, columns })

/** The searchable columns of a record; blank where the field is absent. */
export interface SearchColumns {
  readonly docNo: string
  readonly docKey: string
  readonly subjectName: string
  readonly subjectCode: string
  readonly legalDate: string
  readonly searchText: string
}

/** Whether only the cells of a row could show an issue, so that no check of values finds it again. */
export const isOfReading = ({ code }: Pick<Issue, 'code'>): boolean => code.startsWith('import.')

/** A field that could not be read is not also missing: one cause, one issue. */
export function withoutEchoes(reading: readonly Issue[], checked: readonly Issue[]): readonly Issue[] {
  if (reading.length === 0) return checked
  const unread = new Set(reading.filter((issue) => issue.severity === 'error').map((issue) => issue.field))
  return [
    ...reading,
    ...checked.filter((issue) => issue.code !== 'field.required' || !unread.has(issue.field)),
  ]
}

function searchColumns(type: CompiledType, values: FieldValues): SearchColumns {
  const found = type.searchValues(values)
  const docNo = found.docNo ?? ''
  const subjectName = found.subjectName ?? ''
  const subjectCode = found.subjectCode ?? ''
  return {
    docNo,
    docKey: foldForKey(docNo),
    subjectName,
    subjectCode,
    legalDate: found.legalDate ?? '',
    searchText: searchText(docNo, subjectName, subjectCode),
  }
}

/**
 * Every issue of values that were normalised before. `reading` are issues that only the raw cells could show; they stay
 * until their field is entered anew.
 */
export const issuesOf = (
  type: CompiledType,
  values: FieldValues,
  reading: readonly Issue[],
  today: string,
): readonly Issue[] => withoutEchoes(reading.filter(isOfReading), type.check(values, { today }))

/**
 * Checks values that were normalised before. `reading` are issues that only the raw cells could show; they stay until
 * their field is entered anew.
 */
export function assessValues(
  type: CompiledType,
  values: FieldValues,
  reading: readonly Issue[],
  changes: readonly Normalisation[],
  today: string,
): Assessment {
  return {
    values,
    changes,
    issues: issuesOf(type, values, reading, today),
    naturalKey: type.naturalKey(values),
    sha256: sha256Hex(type.payloadText(values)),
    columns: searchColumns(type, values),
  }
}

/** Normalises and checks raw values. */
export function assessRaw(
  type: CompiledType,
  raw: Readonly<Record<string, RawValue>>,
  today: string,
): Assessment {
  const { values, changes, issues } = type.normalise(raw)
  return assessValues(type, values, issues, changes, today)
}

/** Puts typed values over stored ones: only what was typed is normalised, issues of its cells are gone. */
export function assessEdit(
  type: CompiledType,
  stored: {
    readonly values: FieldValues
    readonly changes: readonly Normalisation[]
    readonly issues: readonly Issue[]
  },
  typed: Readonly<Record<string, string>>,
  today: string,
): Assessment {
  const isTyped = (field: string | null): boolean => field !== null && Object.hasOwn(typed, field)
  const kept = Object.fromEntries(Object.entries(stored.values).filter(([field]) => !isTyped(field)))
  const entered = type.normalise(
    Object.fromEntries(
      Object.entries(typed).map(([field, text]) => [field, { text, kind: 'text' as const }]),
    ),
  )
  return assessValues(
    type,
    { ...kept, ...entered.values },
    [...stored.issues.filter((issue) => !isTyped(issue.field)), ...entered.issues],
    [...stored.changes.filter((change) => !isTyped(change.field)), ...entered.changes],
    today,
  )
}

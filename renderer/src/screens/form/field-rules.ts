import type { RecordDetail } from '@shared/contract/views/record-views'
import type { Clause, CodeList, FieldSpec, FieldValues, RecordTypeSpec } from '@shared/standard/pack'
import { hasPart, MULTI_CODE_SEPARATOR } from '@shared/standard/multi-code'

export interface FieldGroup {
  readonly title: string
  readonly fields: readonly FieldSpec[]
}

/** The fields of the form under their headings, in the order of the pack; envelope fields are the platform's. */
export function fieldGroups(spec: RecordTypeSpec): readonly FieldGroup[] {
  const groups = new Map<string, FieldSpec[]>()
  for (const field of spec.fields) {
    if (field.envelope === true) continue
    const group = groups.get(field.group)
    if (group === undefined) groups.set(field.group, [field])
    else group.push(field)
  }
  return [...groups].map(([title, fields]) => ({ title, fields }))
}

function holds(clause: Clause, values: FieldValues): boolean {
  const value = values[clause.field] ?? ''
  if (clause.empty !== undefined && (value === '') !== clause.empty) return false
  return clause.in === undefined || clause.in.some((wanted) => value === wanted || hasPart(value, wanted))
}

/**
 * Whether the form marks a field as required right now. Clauses with a pattern are left to the engine's checks:
 * the mark is a hint, the check decides.
 */
export function isRequired(field: FieldSpec, values: FieldValues): boolean {
  if (typeof field.required === 'string') return field.required === 'always'
  return field.required.when.every((clause) => clause.matches === undefined && holds(clause, values))
}

/** What a new record starts with: every authority field pair (`X` the name, `XDM` its code) names this bureau. */
export function bureauDefaults(
  spec: RecordTypeSpec,
  bureau: { readonly name: string; readonly code: string },
): FieldValues {
  const codes = new Set(spec.fields.filter((field) => field.envelope !== true).map((field) => field.code))
  const values: Record<string, string> = {}
  for (const field of spec.fields) {
    const name = field.code.replace(/DM$/u, '')
    const isPair = field.format === 'uscc' && name !== field.code && codes.has(name) && codes.has(field.code)
    if (!isPair || field.code === spec.search.subjectCode) continue
    values[name] = bureau.name
    values[field.code] = bureau.code
  }
  return values
}

/** The parts of a `multiCode` value; full-width separators are read as well. */
export const splitCodes = (value: string): string[] =>
  value
    .split(/[;；]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** The parts joined as the standard wants them. */
export const joinCodes = (parts: readonly string[]): string => parts.join(MULTI_CODE_SEPARATOR)

/** What a stored code stands for; an unlisted one stands for itself. */
export const codeLabel = (list: CodeList | null, value: string): string =>
  list?.items.find((item) => item.value === value)?.label ?? value

/** A value as text to read: codes by their labels. */
export function readableValue(field: FieldSpec, list: CodeList | null, value: string): string {
  if (field.type === 'code') return codeLabel(list, value)
  if (field.type === 'multiCode')
    return splitCodes(value)
      .map((part) => codeLabel(list, part))
      .join('、')
  return value
}

/** Whether the head asks the platform to do something with what it holds, whose content stays as it is. */
export const isOperation = (detail: Pick<RecordDetail, 'op' | 'delivery'>): boolean =>
  detail.delivery === 'none' && detail.op !== 'create' && detail.op !== 'correct'

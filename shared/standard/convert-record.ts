/**
 * Makes a draft of this standard from a record of an older one. A value moves only between fields of one meaning: the
 * conversion is data, and its compilation refuses to pair an identifier, a date or an amount with a field of another
 * kind. What cannot be derived stays blank and becomes an issue.
 */
import { compileCondition, type Condition } from './conditions'
import type { Conversion, ConversionTarget, FieldConversion } from './conversion'
import { compileConversionLayout, type ConversionLayout } from './conversion-layout'
import { refuseBrokenConversion } from './conversion-references'
import type { Issue } from './issue'
import { maskValue } from './mask'
import { MULTI_CODE_SEPARATOR } from './multi-code'
import type { CodeList, FieldSpec, FieldValues, StandardPack } from './pack'
import type { CompiledStandard, CompiledType, Normalisation, Normalised } from './standard'

/** A draft made from an old record; changes and issues stand under the new fields. */
export interface ConvertedRecord {
  readonly type: CompiledType
  readonly values: FieldValues
  readonly changes: readonly Normalisation[]
  /** Of the old cells, and what could not be derived. */
  readonly issues: readonly Issue[]
  /** Old fields by the new field that they gave a value or an issue to. */
  readonly sources: ReadonlyMap<string, readonly string[]>
}

/** One old record type that can be read. */
export interface CompiledConversion {
  readonly conversion: Conversion
  /** The old fields, and behind them the new ones that no old field gives: by it files are read and normalised. */
  readonly source: CompiledType
  readonly layout: ConversionLayout
  /** The standard of the old layout. */
  readonly older: StandardPack
  convert(old: Normalised): ConvertedRecord
}

interface Step extends FieldConversion {
  readonly holds: Condition | null
}

interface Target {
  readonly type: CompiledType
  readonly holds: Condition | null
  /** New fields that the file itself may hold. */
  readonly own: readonly string[]
  readonly steps: readonly Step[]
  /** New field by old field. */
  readonly newFieldOf: ReadonlyMap<string, string>
  readonly sources: ReadonlyMap<string, readonly string[]>
}

function compileTarget(type: CompiledType, target: ConversionTarget, layout: ConversionLayout): Target {
  const own = type.fields.filter(({ code }) => layout.supplements.has(code)).map(({ code }) => code)
  const newFieldOf = new Map(own.map((code) => [code, code]))
  const sources = new Map<string, readonly string[]>(own.map((code) => [code, [code]]))
  for (const { to, from = [] } of target.fields) {
    if (from.length > 0) sources.set(to, from)
    for (const old of from) if (!newFieldOf.has(old)) newFieldOf.set(old, to)
  }
  const steps = target.fields.map((field) => ({ ...field, holds: compileCondition(field.when) }))
  return { type, holds: compileCondition(target.when), own, steps, newFieldOf, sources }
}

/** The old value in its own words: the label of a code, stars for what is personal. */
function shownValue(field: FieldSpec, list: CodeList | undefined, value: string): string {
  return list?.items.find((item) => item.value === value)?.label ?? maskValue(field, value)
}

/**
 * Compiles the conversion of one old record type. Refuses `pack.invalid` with the place in `conversions.<code>` when it
 * names what is not there, leaves an old field unaccounted for, or pairs fields of different kinds.
 */
export function compileConversion(
  conversion: Conversion,
  older: CompiledStandard,
  standard: CompiledStandard,
): CompiledConversion {
  const old = refuseBrokenConversion(conversion, older, standard)
  const layout = compileConversionLayout(conversion, old, older, standard)
  const { type: source, codeLists } = layout
  const targets = conversion.targets.map((target) =>
    compileTarget(standard.types.get(target.recordType)!, target, layout),
  )
  const fieldOf = new Map(source.fields.map((field) => [field.code, field]))
  const notices = conversion.notices.map((notice) => ({ ...notice, holds: compileCondition(notice.when) }))

  const shown = (code: string, value: string): string => {
    const field = fieldOf.get(code)!
    return shownValue(field, codeLists[field.codeList ?? ''], value)
  }

  /** The new value of one step; null when an old code has no equivalent, '' when there is nothing to take over. */
  const valueOf = (step: Step, old: FieldValues): string | null => {
    if (step.value !== undefined) return step.value
    const parts = new Set<string>()
    for (const code of step.from!) {
      const value = old[code]
      if (value === undefined) continue
      const mapped = step.codes?.[value]
      if (mapped === null) return null
      parts.add(mapped ?? value)
    }
    return [...parts].join(MULTI_CODE_SEPARATOR)
  }

  const noEquivalent = ({ to, from }: Step, old: FieldValues): Issue => {
    const code = from!.find((one) => old[one] !== undefined)!
    return {
      code: 'import.no-equivalent',
      severity: 'error',
      field: to,
      value: null,
      params: { oldLabel: fieldOf.get(code)!.label, oldValue: shown(code, old[code]!) },
    }
  }

  const leftBehind = (old: FieldValues): readonly Issue[] => {
    const said = conversion.withoutEquivalent.flatMap((code) =>
      old[code] === undefined ? [] : [`“${fieldOf.get(code)!.label}”（${shown(code, old[code])}）`],
    )
    if (said.length === 0) return []
    const base = { severity: 'hint', field: conversion.remarks, value: null } as const
    return [{ ...base, code: 'import.without-equivalent', params: { said: said.join('、') } }]
  }

  const noticed = (old: FieldValues): readonly Issue[] =>
    notices
      .filter(({ holds }) => holds?.(old))
      .map(({ id, severity, field }) => ({
        code: id,
        severity,
        field,
        value: old[field] ?? null,
        params: {},
      }))

  return {
    conversion,
    source,
    layout,
    older: older.pack,
    convert(old) {
      const { type, own, steps, newFieldOf, sources } = targets.find(
        ({ holds }) => holds === null || holds(old.values),
      )!
      const values: Record<string, string> = {}
      const issues: Issue[] = []
      const done = new Set<string>()
      for (const code of own) {
        const value = old.values[code]
        if (value === undefined) continue
        values[code] = value
        done.add(code)
      }
      for (const step of steps) {
        if (done.has(step.to) || (step.holds !== null && !step.holds(old.values))) continue
        done.add(step.to)
        const value = valueOf(step, old.values)
        if (value === null) issues.push(noEquivalent(step, old.values))
        else if (value !== '') values[step.to] = value
      }
      const underNew = <Of extends { readonly field: string | null }>(one: Of): readonly Of[] => {
        const field = one.field === null ? undefined : newFieldOf.get(one.field)
        return field === undefined ? [] : [{ ...one, field }]
      }
      return {
        type,
        values,
        changes: old.changes.flatMap(underNew),
        issues: [
          ...old.issues.flatMap(underNew),
          ...issues,
          ...leftBehind(old.values),
          ...noticed(old.values),
        ],
        sources,
      }
    },
  }
}

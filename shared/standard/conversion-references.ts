/** What the conversion of an old record type may not do. */
import type { Conversion, ConversionTarget, FieldConversion } from './conversion'
import type { Clause, FieldSpec } from './pack'
import { refusePack } from './pack-refusal'
import type { CompiledStandard, CompiledType } from './standard'

type Fields = ReadonlyMap<string, FieldSpec>

const fieldsOf = (type: CompiledType): Fields => new Map(type.fields.map((field) => [field.code, field]))

/** Texts of one line or many, and codes into free text, are of one kind; nothing else is. */
const kindOf = ({ type }: FieldSpec): string =>
  ['text', 'longText'].includes(type) ? 'text' : ['code', 'multiCode'].includes(type) ? 'code' : type

/** Why a value of one field may not stand in another; undefined when it may. */
function whyUnlike(from: FieldSpec, to: FieldSpec): string | undefined {
  if (kindOf(from) !== kindOf(to)) return `a ${from.type} cannot become a ${to.type}`
  if (from.format !== to.format) return `${from.format ?? 'no format'} is not ${to.format ?? 'no format'}`
  if (from.unit !== to.unit) return `${from.unit ?? 'no unit'} is not ${to.unit ?? 'no unit'}`
  if (to.sensitivity === 'public' && from.sensitivity !== 'public') return 'it would become public'
  return undefined
}

/** Refuses `pack.invalid` for a conversion that is not sound; returns the old record type. */
export function refuseBrokenConversion(
  conversion: Conversion,
  older: CompiledStandard,
  standard: CompiledStandard,
): CompiledType {
  const code = conversion.from.recordType
  const bad = (reason: string): never => refusePack(`conversions.${code}`, reason)
  const source = older.types.get(code) ?? bad(`${conversion.from.standard} has no such record type`)
  const old = fieldsOf(source)
  const knownOld = (field: string): FieldSpec => old.get(field) ?? bad(`unknown old field ${field}`)
  const refuseClauses = (clauses: readonly Clause[] = []): void => {
    for (const { field } of clauses) knownOld(field)
  }

  const refuseStep = (step: FieldConversion, fields: Fields): void => {
    const to = fields.get(step.to) ?? bad(`unknown field ${step.to}`)
    refuseClauses(step.when)
    const from = (step.from ?? []).map(knownOld)
    if (from.length > 1 && to.type !== 'multiCode') bad(`${step.to} holds one value`)
    for (const one of from) {
      const why = whyUnlike(one, to)
      if (why !== undefined) bad(`${one.code} to ${to.code}: ${why}`)
    }
    const list = to.codeList === undefined ? undefined : standard.pack.codeLists[to.codeList]
    const newCodes = [step.value, ...Object.values(step.codes ?? {})]
    const strange = newCodes.find(
      (value) =>
        typeof value === 'string' && list !== undefined && !list.items.some((one) => one.value === value),
    )
    if (strange !== undefined) bad(`${step.to} knows no ${strange}`)
  }

  const refuseUnaccounted = ({ when = [], fields }: ConversionTarget): void => {
    const accounted = new Set([
      ...fields.flatMap(({ from = [] }) => from),
      ...when.filter((clause) => clause.empty === true).map((clause) => clause.field),
      ...conversion.withoutEquivalent,
      ...conversion.outlived,
    ])
    const forgotten = [...old.keys()].find((field) => !accounted.has(field))
    if (forgotten !== undefined) bad(`nothing is said of ${forgotten}`)
  }

  for (const field of [...conversion.withoutEquivalent, ...conversion.outlived]) knownOld(field)
  for (const notice of conversion.notices) refuseClauses(notice.when)
  for (const target of conversion.targets) {
    const type = standard.types.get(target.recordType) ?? bad(`unknown type ${target.recordType}`)
    const fields = fieldsOf(type)
    refuseClauses(target.when)
    for (const step of target.fields) refuseStep(step, fields)
    refuseUnaccounted(target)
    for (const field of [conversion.remarks, ...conversion.notices.map((notice) => notice.field)]) {
      if (!fields.has(field)) bad(`unknown field ${field} of ${target.recordType}`)
    }
  }
  if (conversion.targets.at(-1)!.when !== undefined) bad('the last target takes every record')
  return source
}

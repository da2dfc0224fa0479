/** Rows of an older layout as the records of the standard in force that they become. */
import type { CompiledConversion, ConvertedRecord } from '@shared/standard/convert-record'
import type { FieldValues } from '@shared/standard/pack'
import type { RawValue } from '@shared/standard/standard'
import { rawDifference } from '@shared/standard/revision-texts'
import { assessRaw, assessValues } from './assessment'
import type { Assessment } from './assessment'
import type { ReadingPlan } from './reading-plan'

type Raw = Readonly<Record<string, RawValue>>

/** One row under the record type that it has become. */
export interface ReadRow {
  /** The plan as this row sees it: record type and columns are those of its record. */
  readonly plan: ReadingPlan
  /** Raw texts by field, where they differ from the value. */
  readonly differing: FieldValues
  readonly assessment: Assessment
}

function textsOf(raw: Raw): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {}
  for (const field in raw) texts[field] = raw[field]!.text
  return texts
}

/** As `rawDifference`, without making texts of every cell first. */
function differingIn(raw: Raw, values: FieldValues): FieldValues {
  const differing: Record<string, string> = {}
  for (const field in raw) if (values[field] !== raw[field]!.text) differing[field] = raw[field]!.text
  return differing
}

/** The old texts under the new fields; those of fields without an equivalent under their old code. */
function rawTexts({ type, sources }: ConvertedRecord, raw: Raw): Readonly<Record<string, string>> {
  const texts = textsOf(raw)
  const moved = new Set([...sources.values()].flat())
  const known = new Set(type.fields.map(({ code }) => code))
  const left = Object.entries(texts).filter(([code]) => !moved.has(code) && !known.has(code))
  const taken = [...sources].flatMap(([field, from]) => {
    const text = from.flatMap((code) => texts[code] ?? []).join(';')
    return text === '' ? [] : [[field, text] as const]
  })
  return Object.fromEntries([...left, ...taken])
}

function planFor(plan: ReadingPlan, { type, sources }: ConvertedRecord): ReadingPlan {
  const newFieldOf = new Map([...sources].flatMap(([field, from]) => from.map((old) => [old, field])))
  const columnOf = new Map<string, number>()
  for (const [field, from] of sources) {
    const column = from.map((old) => plan.columnOf.get(old)).find((at) => at !== undefined)
    if (column !== undefined) columnOf.set(field, column)
  }
  const rivals = plan.rivals.flatMap(({ field, columns }) => {
    const now = newFieldOf.get(field)
    return now === undefined ? [] : [{ field: now, columns }]
  })
  return { ...plan, type, columnOf, rivals }
}

function convertingReader(
  plan: ReadingPlan,
  { source, convert }: CompiledConversion,
  today: string,
): (raw: Raw) => ReadRow {
  const plans = new Map<string, ReadingPlan>()
  return (raw) => {
    const converted = convert(source.normalise(raw))
    const { type, values, issues, changes } = converted
    const own = plans.get(type.spec.code) ?? planFor(plan, converted)
    plans.set(type.spec.code, own)
    return {
      plan: own,
      differing: rawDifference(rawTexts(converted, raw), values),
      assessment: assessValues(type, values, issues, changes, today),
    }
  }
}

/** Normalises and checks the rows of a plan; rows of an older layout are converted first. */
export function rowReader(plan: ReadingPlan, today: string): (raw: Raw) => ReadRow {
  if (plan.conversion !== null) return convertingReader(plan, plan.conversion, today)
  return (raw) => {
    const assessment = assessRaw(plan.type, raw, today)
    return { plan, differing: differingIn(raw, assessment.values), assessment }
  }
}

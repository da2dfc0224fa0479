import { loadShippedStandards } from '@practice/standard-folder'
import { jsonSchemaOf } from '@shared/standard/json-schema'
import type { FieldValues, StandardPack } from '@shared/standard/pack'
import type { CompiledType } from '@shared/standard/standard'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020'
import fc from 'fast-check'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordsOf } from './field-values'

const context = { today: '2026-11-23' }

const types = loadShippedStandards(resolve(import.meta.dirname, '../../../resources')).flatMap(
  ({ standard: { pack, types } }) =>
    [...types.values()].map((type) => [`${pack.id} ${pack.version} ${type.spec.code}`, pack, type] as const),
)

/** The types of the first class, and two more. */
const THOROUGHLY_JUDGED = new Set(types.slice(0, 7).map(([, , type]) => type))

/** With so many records each field has been sound in one and faulty in another. */
const ENOUGH_FOR_BOTH = 1_000

/** A field and what is wrong with it in the eyes of a judge: `field.required`, or anything else. */
type Verdict = Readonly<Record<string, 'missing' | 'faulty'>>

/** A nine-character credit code is an organisation code if its check digit holds: beyond a schema. */
const isBeyondSchema = (code: string, value: string | null): boolean =>
  code === 'uscc.shape' && /^[0-9A-Z]{9}$/.test(value ?? '')

function ourVerdict(
  type: CompiledType,
  expressed: ReadonlyMap<string, ReadonlySet<string>>,
  values: FieldValues,
): Verdict {
  const verdict: Record<string, 'missing' | 'faulty'> = {}
  for (const { code, severity, field, value } of type.check(values, context)) {
    if (severity !== 'error' || field === null || !expressed.get(field)?.has(code)) continue
    if (!isBeyondSchema(code, value)) verdict[field] = code === 'field.required' ? 'missing' : 'faulty'
  }
  return verdict
}

function ajvVerdict(validate: ValidateFunction, values: FieldValues): Verdict {
  const verdict: Record<string, 'missing' | 'faulty'> = {}
  if (validate(values)) return verdict
  for (const { keyword, params, instancePath } of validate.errors!) {
    if (keyword === 'required') verdict[String(params['missingProperty'])] = 'missing'
    else verdict[instancePath.slice(1)] = 'faulty'
  }
  return verdict
}

const isSame = (a: Verdict, b: Verdict): boolean => {
  const fields = Object.keys(a)
  return fields.length === Object.keys(b).length && fields.every((field) => a[field] === b[field])
}

const compileSchema = (pack: StandardPack, type: CompiledType) => {
  const { schema, expressed } = jsonSchemaOf(pack, type.spec)
  return { expressed, validate: new Ajv2020({ allErrors: true, strict: true }).compile(schema) }
}

/** How many records of a type are judged; the types of the first class and two more deserve most. */
export interface SchemaRuns {
  readonly thorough: number
  readonly others: number
}

/** Every record type, judged by Ajv beside our checks. */
export function describeSchemaJudge({ thorough, others }: SchemaRuns): void {
  describe.each(types)('%s', (_, pack, type) => {
    it('is judged by Ajv field by field as by our checks', { timeout: 120_000 }, () => {
      const { expressed, validate } = compileSchema(pack, type)
      const seen = new Set<string>()
      const numRuns = THOROUGHLY_JUDGED.has(type) ? thorough : others
      fc.assert(
        fc.property(recordsOf(type.fields, pack), (values) => {
          const ours = ourVerdict(type, expressed, values)
          const ajv = ajvVerdict(validate, values)
          // So many comparisons are made by hand; only a difference is worth a report.
          if (!isSame(ours, ajv)) expect(ours).toEqual(ajv)
          for (const field of Object.keys(values)) seen.add(`${field} ${ours[field] ?? 'sound'}`)
        }),
        { numRuns, seed: 20_260_101 },
      )
      if (numRuns < ENOUGH_FOR_BOTH) return
      // Both verdicts must have been given on every field, or the generators have gone blind.
      for (const { code } of type.fields) {
        expect(seen).toContain(`${code} sound`)
        const others = [...expressed.get(code)!].filter((rule) => rule !== 'field.required')
        if (others.length > 0) expect(seen).toContain(`${code} faulty`)
      }
    })
  })
}

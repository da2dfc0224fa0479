import { hasPart } from '@shared/standard/multi-code'
import { holdsThePlace } from '@shared/standard/normalise/blank-words'
import * as v from 'valibot'
import { FOUND, ruleFunction } from './rule-function'

/** The field must have a value. */
export const required = ruleFunction({
  name: 'required',
  scope: 'each',
  judgesBlank: true,
  judgesBlankOnly: true,
  options: v.strictObject({}),
  example: {},
  compile: () => (value) => (value === '' ? FOUND : null),
})

/** The field should have no value (usually with `when`, or as a hint). */
export const empty = ruleFunction({
  name: 'empty',
  scope: 'each',
  judgesBlank: false,
  options: v.strictObject({}),
  example: {},
  compile: () => () => FOUND,
})

/** At least one of the fields must have a value. */
export const oneOfRequired = ruleFunction({
  name: 'oneOfRequired',
  scope: 'together',
  judgesBlank: true,
  options: v.strictObject({}),
  example: {},
  compile: (on) => {
    const found = { params: { labels: on.map((field) => field.label).join('、') } }
    return (_, values) => (on.some((field) => values[field.code]) ? null : found)
  },
})

/** The field must have a value as soon as another field holds one of some codes. */
export const requiredWithCode = ruleFunction({
  name: 'requiredWithCode',
  scope: 'each',
  judgesBlank: true,
  judgesBlankOnly: true,
  options: v.strictObject({ field: v.string(), codes: v.pipe(v.array(v.string()), v.minLength(1)) }),
  example: { field: 'CF_CFLB', codes: ['罚款'] },
  compile: (_, { field, codes }, scope) => {
    const otherLabel = scope.field(field).label
    const findings = codes.map((code) => ({ params: { otherLabel, code } }))
    return (value, values) => {
      const other = value === '' ? values[field] : undefined
      if (other === undefined) return null
      for (let i = 0; i < codes.length; i++) if (hasPart(other, codes[i]!)) return findings[i]!
      return null
    }
  },
})

/** The value must not be a word that only holds the place of a value (无, /, null, 待定). */
export const placeholder = ruleFunction({
  name: 'placeholder',
  scope: 'each',
  judgesBlank: false,
  judgesValueAlone: true,
  options: v.strictObject({ except: v.exactOptional(v.array(v.string())) }),
  example: { except: ['空'] },
  compile: (_, { except = [] }) => {
    return (value) => (holdsThePlace(value) && !except.includes(value) ? FOUND : null)
  },
})

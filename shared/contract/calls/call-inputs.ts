/** Shapes that the inputs of several calls share; every text has an end, every list a limit. */
import * as v from 'valibot'

export const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
export const recordType = v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]{1,31}$/))
export const fieldCode = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/))
export const cellText = v.pipe(v.string(), v.maxLength(40_000))
export const changes = v.record(fieldCode, cellText)
export const reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500))
export const date = v.pipe(v.string(), v.isoDate())
export const pageSize = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)), 100)
export const cursor = v.optional(v.nullable(v.pipe(v.string(), v.maxLength(400))), null)
export const token = v.pipe(v.string(), v.minLength(8), v.maxLength(128))
export const nothing = v.optional(v.strictObject({}), {})
export const recordIds = v.pipe(v.array(id), v.minLength(1), v.maxLength(5_000))

/** The small shapes that the schemas of all parts of a pack share. */
import { isCalendarDate } from '@shared/kernel/calendar-date'
import * as v from 'valibot'
import { DOCUMENT_KIND } from './shared-rules'
import { isLinearPattern } from './linear-pattern'

/** Control characters (a line feed and a tab are none here) and those that turn the direction of what follows. */
// eslint-disable-next-line no-control-regex -- this class names them
const DECEIVING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** A text that people read, on a page or in a terminal: it says what it looks like. */
export const textSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.check((text) => !DECEIVING.test(text), 'a text with control or direction characters'),
)

/** Names that every object has by itself. */
const BORN_WITH = new Set(Object.getOwnPropertyNames(Object.prototype))

/** Code of a field, a record type or a code list. */
export const codeSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/),
  v.check((code) => !BORN_WITH.has(code), 'a name that every object has'),
)
export const dateSchema = v.pipe(v.string(), v.check(isCalendarDate, 'not a date YYYY-MM-DD'))
export const packIdSchema = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,60}$/))
/** Year and number, as in `2026.1`. */
export const packVersionSchema = v.pipe(v.string(), v.regex(/^\d{4}\.\d{1,4}$/))

const clauseSchema = v.pipe(
  v.strictObject({
    field: v.union([codeSchema, v.literal(DOCUMENT_KIND)]),
    in: v.exactOptional(v.pipe(v.array(textSchema), v.minLength(1))),
    empty: v.exactOptional(v.boolean()),
    matches: v.exactOptional(
      v.pipe(textSchema, v.check(isLinearPattern, 'the pattern is not surely linear')),
    ),
  }),
  v.check(
    (clause) => clause.in !== undefined || clause.empty !== undefined || clause.matches !== undefined,
    'a clause needs one of in, empty, matches',
  ),
)

/** A flat condition. */
export const clauseListSchema = v.pipe(v.array(clauseSchema), v.minLength(1))

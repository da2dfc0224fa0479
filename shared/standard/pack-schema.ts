import { isCalendarDate } from '@shared/kernel/calendar-date'
import { refuse } from '@shared/kernel/failure'
import * as v from 'valibot'
import { isLinearPattern } from './linear-pattern'
import type { StandardPack } from './pack'
import { refuseBrokenReferences } from './pack-references'

const text = v.pipe(v.string(), v.minLength(1))
const code = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/))
const date = v.pipe(v.string(), v.check(isCalendarDate, 'not a date YYYY-MM-DD'))
const size = v.pipe(v.number(), v.integer(), v.minValue(1))

const clauseSchema = v.pipe(
  v.strictObject({
    field: code,
    in: v.exactOptional(v.pipe(v.array(text), v.minLength(1))),
    empty: v.exactOptional(v.boolean()),
    matches: v.exactOptional(v.pipe(text, v.check(isLinearPattern, 'the pattern is not surely linear'))),
  }),
  v.check(
    (clause) => clause.in !== undefined || clause.empty !== undefined || clause.matches !== undefined,
    'a clause needs one of in, empty, matches',
  ),
)
const clauses = v.pipe(v.array(clauseSchema), v.minLength(1))

const fieldSchema = v.strictObject({
  code,
  label: text,
  aliases: v.optional(v.array(text), []),
  type: v.picklist(['text', 'longText', 'code', 'multiCode', 'date', 'decimal', 'integer', 'flag']),
  maxLength: v.exactOptional(size),
  scale: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6))),
  unit: v.exactOptional(text),
  required: v.optional(
    v.union([v.picklist(['always', 'never']), v.strictObject({ when: clauses })]),
    'never',
  ),
  codeList: v.exactOptional(code),
  format: v.exactOptional(
    v.picklist(['uscc', 'orgCode', 'residentId', 'idDocument', 'regNo15', 'taxNo', 'institutionNo', 'docNo']),
  ),
  sensitivity: v.optional(v.picklist(['public', 'personal', 'secret']), 'public'),
  group: text,
  width: v.optional(size, 16),
  help: v.exactOptional(text),
  envelope: v.exactOptional(v.boolean()),
  wire: v.exactOptional(v.strictObject({ name: v.exactOptional(code) })),
})

const recordTypeSchema = v.strictObject({
  code,
  title: text,
  shortTitle: text,
  policyClass: v.picklist(['basic', 'penalty-judicial', 'warning', 'honour', 'market']),
  subject: v.picklist(['legal', 'natural']),
  naturalKey: v.pipe(v.array(text), v.minLength(1)),
  legalDate: code,
  deadline: v.strictObject({
    days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(366)),
    start: v.literal('day-after'),
  }),
  publicity: v.nullable(v.strictObject({ rule: text })),
  search: v.strictObject({ docNo: code, subjectName: code, subjectCode: v.nullable(code) }),
  fields: v.pipe(v.array(fieldSchema), v.minLength(1)),
})

const ruleSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,40}\.[a-z][a-z0-9-]{0,60}$/)),
  severity: v.picklist(['error', 'warning', 'hint']),
  on: v.pipe(v.array(code), v.minLength(1)),
  function: text,
  options: v.optional(v.record(v.string(), v.unknown()), {}),
  when: v.exactOptional(clauses),
  from: v.exactOptional(date),
  to: v.exactOptional(date),
  text: v.exactOptional(text),
})

const codeListSchema = v.strictObject({
  id: code,
  title: text,
  items: v.pipe(
    v.array(
      v.strictObject({
        value: text,
        label: text,
        aliases: v.optional(v.array(text), []),
        from: v.exactOptional(date),
        to: v.exactOptional(date),
        replacedBy: v.exactOptional(text),
        openEnded: v.exactOptional(v.boolean()),
      }),
    ),
    v.minLength(1),
  ),
})

/** The shape of a whole pack; small defaults are filled in. What the parts say of each other comes after. */
export const packSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,60}$/)),
  version: v.pipe(v.string(), v.regex(/^\d{4}\.\d{1,4}$/)),
  title: text,
  from: date,
  to: v.nullable(date),
  sources: v.exactOptional(v.array(text)),
  recordTypes: v.pipe(v.array(recordTypeSchema), v.minLength(1)),
  rules: v.record(code, v.array(ruleSchema)),
  codeLists: v.record(code, codeListSchema),
  texts: v.record(text, text),
})

/**
 * Checks everything about a pack that is not of our own making: shape, names, references, options, texts.
 * Throws `pack.invalid` with `path` (as in `fields.XZXK_FR.XK_WSH`) and `reason`; a pack is taken whole or not at all.
 */
export function parsePack(raw: unknown): StandardPack {
  const parsed = v.safeParse(packSchema, raw)
  if (!parsed.success) {
    const [issue] = parsed.issues
    return refuse('pack.invalid', { path: v.getDotPath(issue) ?? '', reason: issue.message })
  }
  refuseBrokenReferences(parsed.output)
  return parsed.output
}

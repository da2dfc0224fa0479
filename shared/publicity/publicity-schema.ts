import { isCalendarDate } from '@shared/kernel/calendar-date'
import { refuse } from '@shared/kernel/failure'
import * as v from 'valibot'

const text = v.pipe(v.string(), v.minLength(1))
const date = v.pipe(v.string(), v.check(isCalendarDate, 'not a date YYYY-MM-DD'))
const months = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600))
/** How well a line is known, from read in a source (A) to uncertain (D). */
const confidence = v.picklist(['A', 'B', 'C', 'D'])

/** How heavy a penalty weighs, lightest first. */
export const severities = ['minor', 'ordinary', 'serious'] as const
export type PublicitySeverity = (typeof severities)[number]

const term = v.strictObject({
  minMonths: months,
  maxMonths: months,
  /** False: in principle not displayed at all; the maximum holds where it was displayed nevertheless. */
  isPublished: v.optional(v.boolean(), true),
})

/** What repair brings and when it may begin. */
const repair = v.strictObject({
  /** `takeDown` ends the display early, `mark` only adds that the matter was repaired. */
  effect: v.picklist(['takeDown', 'mark']),
  isAfterMinimum: v.boolean(),
  needsSuperior: v.boolean(),
  /** Serious cases of these sectors cannot be repaired. */
  excludedSectors: v.array(text),
})

const rule = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[A-Z0-9]{2,20}$/)),
  /** A few characters for tables. */
  label: text,
  title: text,
  from: date,
  to: v.nullable(date),
  source: text,
  confidence,
  note: text,
  terms: v.strictObject({
    minor: v.exactOptional(term),
    ordinary: term,
    serious: v.exactOptional(term),
  }),
  sectors: v.array(
    v.strictObject({ names: v.pipe(v.array(text), v.minLength(1)), minMonths: months, confidence }),
  ),
  repair,
})

/** What a change of the decision itself asks for at the platform. */
export const legalEventKinds = ['amended', 'revoked', 'annulled'] as const
export type LegalEventKind = (typeof legalEventKinds)[number]

const answer = v.strictObject({
  op: v.picklist(['correct', 'withdraw', 'takeDown']),
  /** Field values that the correction puts in. */
  set: v.optional(v.record(text, text), {}),
  /** Field to which the words about the event are added. */
  remark: v.exactOptional(text),
})
const events = v.strictObject({ amended: answer, revoked: answer, annulled: answer })
const types = v.pipe(v.array(text), v.minLength(1))

const display = v.variant('rule', [
  v.strictObject({
    rule: v.literal('penalty'),
    types,
    /** Field with the kinds of penalty, several joined by semicolons. */
    kinds: text,
    /** Fields whose words may name a sector. */
    sectorsIn: v.array(text),
    /** Field in which the bureau itself may state the last day. */
    statedEnd: v.exactOptional(text),
    events,
  }),
  v.strictObject({
    rule: v.literal('licence'),
    types,
    /** Field with the last day of the licence. */
    until: text,
    events,
  }),
])

const clock = v.strictObject({ workingDays: v.pipe(v.number(), v.integer(), v.minValue(1)), source: text })

const tableSchema = v.strictObject({
  id: text,
  version: v.pipe(v.string(), v.regex(/^\d{4}\.\d{1,4}$/)),
  title: text,
  rules: v.pipe(v.array(rule), v.minLength(1)),
  severityOfKinds: v.array(
    v.strictObject({ severity: v.picklist(severities), kinds: v.array(text), source: text, confidence }),
  ),
  displays: v.array(display),
  materials: v.pipe(v.array(v.strictObject({ id: text, title: text, hint: text })), v.minLength(1)),
  clocks: v.strictObject({ repairDecision: clock, repairSharing: clock, changedDecision: clock }),
})

/** The dated rules of public display, with everything that follows from them, as data. */
export type PublicityTable = v.InferOutput<typeof tableSchema>
export type PublicityRule = PublicityTable['rules'][number]
export type PublicityDisplay = PublicityTable['displays'][number]

/** Checks a table from a file. Throws `publicity.invalid` with `path` and `reason`. */
export function parsePublicity(raw: unknown): PublicityTable {
  const parsed = v.safeParse(tableSchema, raw)
  if (!parsed.success) {
    const [issue] = parsed.issues
    return refuse('publicity.invalid', { path: v.getDotPath(issue) ?? '', reason: issue.message })
  }
  const { rules } = parsed.output
  const touching = rules.findIndex((one, at) => at > 0 && one.from <= (rules[at - 1]?.to ?? '9999-12-31'))
  if (touching > 0)
    refuse('publicity.invalid', {
      path: `rules.${touching}.from`,
      reason: 'begins before the rule before it has ended',
    })
  return parsed.output
}

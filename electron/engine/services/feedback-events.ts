/** The events of the feed as this desk reads them (protocol section 5). Members beyond these are not looked at. */
import * as v from 'valibot'
import { isCalendarDate } from '@shared/kernel/calendar-date'
import { itemErrorsSchema } from '@engine/transports/http/reply-schemas'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const text = v.optional(v.string(), '')
/** A day, or an instant that begins with one; a day that no calendar has would spoil every list that sorts by it. */
const date = v.pipe(
  v.string(),
  v.check((text) => isCalendarDate(text.slice(0, 10))),
)
const dueOn = v.optional(v.nullable(date), null)
const revision = v.pipe(v.number(), v.integer(), v.minValue(1))

/** A place in the order of the feed. One beyond what a double holds comes as text, and stands behind all others. */
const seq = v.pipe(
  v.union([v.pipe(v.number(), v.integer(), v.minValue(0)), v.pipe(v.string(), v.regex(/^\d{1,40}$/))]),
  v.transform((no) => Math.min(Number(no), Number.MAX_SAFE_INTEGER)),
)

const SHA256 = /^[0-9a-f]{64}$/i

const members = v.record(v.string(), v.unknown())

/** The protocol leaves open whether an event's members stand in `body` or beside its type: both are read. */
export const envelopeSchema = v.pipe(
  v.looseObject({
    eventId: id,
    seq,
    type: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
    body: v.optional(members),
  }),
  v.transform(({ eventId, seq, type, body, ...rest }) => ({ eventId, seq, type, body: body ?? rest })),
)

const bodies = {
  'item.rejected': v.object({
    recordId: id,
    revision,
    platformRef: id,
    errors: v.optional(itemErrorsSchema, []),
  }),
  'correction.requested': v.object({
    noticeId: id,
    recordId: v.optional(v.nullable(id), null),
    platformRef: v.optional(v.nullable(id), null),
    fields: v.optional(
      v.array(
        v.object({ field: v.string(), value: v.optional(v.nullable(v.string()), null), message: text }),
      ),
      [],
    ),
    dueOn,
    text,
  }),
  'record.published': v.object({ platformRef: id, from: date, to: v.optional(v.nullable(v.string()), null) }),
  'record.takenDown': v.object({ platformRef: id, on: date }),
  'takedown.ordered': v.object({ noticeId: id, platformRef: id, basis: text, dueOn }),
  'repair.decided': v.object({
    noticeId: id,
    platformRef: id,
    decision: v.picklist(['granted', 'refused']),
    effect: v.optional(v.nullable(v.picklist(['takeDown', 'mark'])), null),
    on: v.optional(v.nullable(date), null),
  }),
  'standard.published': v.object({
    id,
    version: id,
    from: v.optional(v.nullable(v.string()), null),
    sha256: v.pipe(
      v.optional(v.unknown(), null),
      v.transform((said) => (typeof said === 'string' && SHA256.test(said) ? said.toLowerCase() : null)),
    ),
  }),
  'calendar.published': v.object({ version: id }),
  'outage.announced': v.object({
    outageId: id,
    from: v.string(),
    to: v.string(),
    extendsDeadlines: v.optional(v.boolean(), false),
    text,
  }),
  'notice.posted': v.object({ noticeId: id, title: text, text }),
} as const

type Bodies = typeof bodies
export type FeedEventType = keyof Bodies

/** An event whose type and body this version understands. */
export type KnownEvent = {
  [Type in FeedEventType]: { readonly type: Type; readonly body: v.InferOutput<Bodies[Type]> }
}[FeedEventType]

/** Reads the body of an event: the event, `unknown-type` for types of later versions, or `malformed`. */
export function readEvent(type: string, body: unknown): KnownEvent | 'unknown-type' | 'malformed' {
  if (!Object.hasOwn(bodies, type)) return 'unknown-type'
  const parsed = v.safeParse(bodies[type as FeedEventType], body)
  // The table ties type and body together, which an indexed access cannot express.
  return parsed.success ? ({ type, body: parsed.output } as KnownEvent) : 'malformed'
}

/** What the platform may say, member by member. Unknown members are dropped; a wrong shape is class `protocol`. */
import * as v from 'valibot'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
/** RFC 3339 in UTC or with an offset, with or without a fraction. */
const instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/),
  v.check((text) => !Number.isNaN(Date.parse(text))),
)
const outcome = v.picklist(['accepted', 'warned', 'rejected', 'duplicate', 'pending'])
const batchState = v.picklist(['open', 'processing', 'done', 'failed'])
const partNumbers = v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(1))), [])
const counts = v.object({ accepted: count, warned: count, rejected: count, duplicate: count, pending: count })

export const capabilitiesSchema = v.object({
  serverTime: instant,
  protocol: v.array(v.string()),
  bureau: v.object({ code: v.string(), name: v.string() }),
  standards: v.array(
    v.object({ id, version: id, from: v.string(), to: v.optional(v.nullable(v.string()), null) }),
  ),
  limits: v.object({
    maxPartBytes: v.number(),
    maxPartItems: v.number(),
    maxBatchItems: v.number(),
    minPollSeconds: v.number(),
  }),
  calendar: v.object({ version: v.string() }),
  idempotencyWindowDays: v.number(),
})

export const openSchema = v.object({ state: batchState, receivedAt: instant, missingParts: partNumbers })

export const closeSchema = v.object({ state: batchState })

export const stateSchema = v.object({
  state: batchState,
  receivedAt: instant,
  counts,
  missingParts: partNumbers,
})

const itemError = v.object({
  code: v.string(),
  field: v.optional(v.nullable(v.string()), null),
  value: v.optional(v.nullable(v.string()), null),
  message: v.optional(v.string(), ''),
  severity: v.picklist(['error', 'warning']),
})

export const itemErrorsSchema = v.array(itemError)

export const itemSchema = v.object({
  itemNo: v.pipe(v.number(), v.integer(), v.minValue(1)),
  recordId: id,
  revision: v.pipe(v.number(), v.integer(), v.minValue(1)),
  outcome,
  platformRef: v.optional(v.nullable(id), null),
  errors: v.optional(itemErrorsSchema, []),
  duplicateOf: v.optional(v.nullable(v.object({ platformRef: id, sha256: v.string() })), null),
})

export const itemsSchema = v.object({
  items: v.array(v.unknown()),
  next: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))), null),
})

const receiptContent = v.object({
  receiptNo: id,
  batchId: id,
  bureau: v.string(),
  manifestSha256: v.string(),
  receivedAt: instant,
  settledAt: instant,
  counts,
  itemsSha256: v.string(),
})

export const receiptSchema = v.object({ receipt: receiptContent, signature: v.string() })

/** What the desk itself writes down where a platform answers but signs nothing. */
export const statementSchema = v.object({ statement: receiptContent })

export const lookupSchema = v.object({
  found: v.array(
    v.object({
      batchId: id,
      itemNo: v.pipe(v.number(), v.integer(), v.minValue(1)),
      recordId: id,
      revision: v.pipe(v.number(), v.integer(), v.minValue(1)),
      outcome,
      platformRef: v.optional(v.nullable(id), null),
      sha256: v.string(),
      receivedAt: instant,
      // A platform may say what it holds; what does not look like a payload counts as not said.
      payload: v.fallback(v.nullable(v.record(v.string(), v.string())), null),
    }),
  ),
})

export const feedSchema = v.object({
  events: v.array(v.unknown()),
  cursor: v.pipe(v.string(), v.maxLength(2_000)),
  highWater: v.string(),
  resyncRequired: v.optional(v.boolean(), false),
})

export const errorSchema = v.object({
  error: v.object({
    code: v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/)),
    message: v.optional(v.string(), ''),
    details: v.optional(v.nullable(v.record(v.string(), v.unknown())), null),
  }),
})

export const missingPartsSchema = v.object({ missingParts: partNumbers })

/** Where a `clock_skew` refusal may carry the platform's own time. */
export const serverTimeSchema = v.object({ serverTime: instant })

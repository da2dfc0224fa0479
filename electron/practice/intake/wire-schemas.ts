import * as v from 'valibot'
import { operations } from '@shared/domain/record-status'
import { isCalendarDate } from '@shared/kernel/calendar-date'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

export const uuidV7 = v.pipe(v.string(), v.regex(UUID_V7))
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
export const publicKey = v.pipe(v.string(), v.regex(/^04[0-9a-fA-F]{128}$/))
export const shortText = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
export const longText = v.pipe(v.string(), v.maxLength(5_000))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const standard = v.object({ id: shortText, version: shortText })

export const manifestSchema = v.object({
  batchId: uuidV7,
  bureau: shortText,
  standard,
  itemCount: count,
  partCount: count,
  parts: v.array(v.object({ no: count, items: count, bytes: count, sha256 })),
  manifestSha256: sha256,
})

const calendarDate = v.pipe(v.string(), v.check(isCalendarDate))

export const itemSchema = v.object({
  itemNo: count,
  recordId: uuidV7,
  revision: count,
  op: v.picklist(operations),
  recordType: shortText,
  standard,
  naturalKey: v.pipe(v.string(), v.maxLength(2_000)),
  legalDate: calendarDate,
  platformRef: v.nullable(shortText),
  inReplyTo: v.nullable(v.union([shortText, v.number()])),
  reason: v.nullable(longText),
  sha256,
  payload: v.record(v.pipe(v.string(), v.maxLength(100)), v.pipe(v.string(), v.maxLength(65_536))),
})

export const noticeAnswerSchema = v.object({
  answer: v.picklist(['corrected', 'noChangeNeeded', 'disputed']),
  recordId: v.optional(v.nullable(uuidV7), null),
  revision: v.optional(v.nullable(count), null),
  reason: v.optional(v.nullable(longText), null),
})

const bureau = v.union([
  v.object({ code: shortText, name: shortText }),
  v.pipe(
    shortText,
    v.transform((code) => ({ code, name: code })),
  ),
])

export const enrolSchema = v.object({
  clientId: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}$/)),
  publicKey,
  bureau,
  /** A new installation takes the place of the old one under the same client id. */
  replace: v.optional(v.boolean(), false),
})

/** What a city platform answers to an upload or a look-up, read from the leaves of its envelope. */
import * as v from 'valibot'
import type { ItemError } from '@shared/domain/exchange'
import { failure } from '@shared/kernel/failure'
import { cut } from '@shared/kernel/text'
import { parseJsonText } from '@engine/transports/http/json-text'
import type { Refusal } from '@engine/transports/transport-port'

const LONGEST_TIP = 2_000

const count = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform(String),
  v.regex(/^\d{1,9}$/),
  v.transform(Number),
)
const code = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.regex(/^\d{1,6}$/))
const text = v.optional(
  v.nullable(
    v.pipe(
      v.string(),
      v.transform((told) => cut(told, LONGEST_TIP)),
    ),
  ),
  '',
)

const uploadSchema = v.object({
  errorCode: code,
  errorMsg: text,
  totalSize: v.optional(count),
  successSize: v.optional(count),
  failSize: v.optional(count),
  tips: text,
})
export type UploadReply = v.InferOutput<typeof uploadSchema>

/** Marks of a row at the platform: 1 correct, 2 wrong, 3 updated, 4 not linked to a subject. */
export const rowMarks = { correct: '1', wrong: '2', updated: '3', unlinked: '4' } as const

const cell = v.nullable(v.union([v.string(), v.number()]))
const lookedUpSchema = v.object({
  errorCode: code,
  errorMsg: text,
  /** Rows keyed by field code, with the mark `SB_JG` and the platform's words `SB_YJ` beside them. */
  data: v.array(v.record(v.string(), cell)),
})
export type LookedUpReply = v.InferOutput<typeof lookedUpSchema>

/** The members of a reply: as elements of their own, or as JSON in the one element `return`. */
function membersOf(leaves: ReadonlyMap<string, string>): Readonly<Record<string, unknown>> | null {
  const inside = leaves.get('return')
  if (inside === undefined) return Object.fromEntries(leaves)
  try {
    const parsed = parseJsonText(inside)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Readonly<Record<string, unknown>>)
      : null
  } catch {
    return null
  }
}

/** The answer to an upload; null when it is none. */
export function readUpload(leaves: ReadonlyMap<string, string>): UploadReply | null {
  const parsed = v.safeParse(uploadSchema, membersOf(leaves))
  return parsed.success ? parsed.output : null
}

/** The answer to a look-up; null when it is none. `data` may be JSON in text. */
export function readLookedUp(leaves: ReadonlyMap<string, string>): LookedUpReply | null {
  const members = membersOf(leaves)
  if (members === null) return null
  try {
    const { data } = members
    const rows = typeof data === 'string' ? parseJsonText(data === '' ? '[]' : data) : (data ?? [])
    const parsed = v.safeParse(lookedUpSchema, { ...members, data: rows })
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

export const SUCCESS = '200'
/** Errors of who we are and of what we name: a person must put the settings right. */
const ABOUT_DEPARTMENT: readonly string[] = ['4001', '4002']
const ABOUT_CATALOGUE: readonly string[] = ['3001', '3002']
const ABOUT_BODY: readonly string[] = ['5001', '6001', '6002']

/** A refusal of the whole call. Only for codes that say that nothing was read is it certain that nothing was taken. */
export function refusalOf(errorCode: string, errorMsg: string | null): Refusal {
  const detail = cut(`${errorCode} ${errorMsg ?? ''}`.trim(), 200)
  if (ABOUT_DEPARTMENT.includes(errorCode))
    return { kind: 'auth', failure: failure('platform.auth-refused', { detail }) }
  if (ABOUT_CATALOGUE.includes(errorCode)) {
    return {
      kind: 'conflict',
      code: errorCode,
      missingParts: [],
      failure: failure('platform.refused', { detail }),
    }
  }
  if (ABOUT_BODY.includes(errorCode))
    return { kind: 'poison', code: errorCode, itemNo: null, failure: failure('platform.refused', { detail }) }
  const made = failure('transport.busy', { detail }, { kind: 'auto' })
  return { kind: 'unknown', failure: made, retryAfterMs: null }
}

/** The platform's words as an error of a row; it gives no code of its own. */
export const rowError = (message: string): ItemError => ({
  code: 'unexplained',
  field: null,
  value: null,
  message: cut(message, LONGEST_TIP),
  severity: 'error',
})

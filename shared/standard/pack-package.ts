/**
 * The signed package in which a pack comes to a desk, from the feed or from a file: one JSON document
 * `{"package": {...}, "signature": "..."}`. It holds no paths, and whatever it says counts only once the signature has
 * been found genuine.
 */
import { refuse } from '@shared/kernel/failure'
import { isNestedDeeper } from '@shared/kernel/json-nesting'
import * as v from 'valibot'
import { packIdSchema, packVersionSchema } from './pack-shapes'

/** The format that this release writes and reads. */
export const PACKAGE_FORMAT = 'xinbao-standard-1'

/** No package is larger; the largest pack known has a tenth of it. */
export const MAX_PACKAGE_BYTES = 4 * 1024 * 1024
const MAX_NESTING = 32

const packageSchema = v.object({
  format: v.literal(PACKAGE_FORMAT),
  id: packIdSchema,
  version: packVersionSchema,
  region: v.pipe(v.string(), v.regex(/^\d{6}$/)),
  supersedes: v.nullable(packVersionSchema),
  changes: v.optional(v.pipe(v.string(), v.maxLength(20_000)), ''),
  pack: v.looseObject({}),
})

/** What a package says of itself, and the raw pack in it. */
export interface PackPackage {
  readonly format: typeof PACKAGE_FORMAT
  readonly id: string
  readonly version: string
  /** The area whose bureaus it is for, six digits of GB/T 2260; `360300` covers every district of the city. */
  readonly region: string
  /** The version that it follows; null for the first of its id. */
  readonly supersedes: string | null
  /** What the platform says of the changes, plain text. */
  readonly changes: string
  /** The parts of the pack as its folder holds them, nothing judged yet. */
  readonly pack: object
}

/** A package as it arrived. Nothing in it is to be believed before the signature over `document` is verified. */
export interface SignedPackage {
  /** The signed value: exactly what stood under `package`, members that we do not know included. */
  readonly document: unknown
  readonly signature: string
}

const bad = (reason: string): never => refuse('pack.unreadable', { reason })

/** Takes the text of a package apart. Refuses `pack.unreadable` with `reason`, and `pack.unsigned`. */
export function readSignedPackage(text: string): SignedPackage {
  if (isNestedDeeper(text, MAX_NESTING)) return bad('nested too deep')
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return bad('not JSON, or cut short')
  }
  if (typeof parsed !== 'object' || parsed === null) return bad('not a package')
  const { package: document, signature } = parsed as Readonly<Record<string, unknown>>
  if (typeof document !== 'object' || document === null) return bad('not a package')
  if (typeof signature !== 'string' || signature === '') return refuse('pack.unsigned')
  return { document, signature }
}

/** Reads a document whose signature is genuine. Refuses `pack.unreadable`. */
export function readPackage({ document }: SignedPackage): PackPackage {
  const parsed = v.safeParse(packageSchema, document)
  return parsed.success ? parsed.output : bad(v.getDotPath(parsed.issues[0]) ?? 'package')
}

/** Whether a bureau lies in a region: its credit code names its division in characters 3 to 8. */
export function isBureauIn(region: string, bureauCode: string): boolean {
  const significant = region.replace(/(?:00){1,2}$/, '')
  return bureauCode.slice(2, 8).startsWith(significant)
}

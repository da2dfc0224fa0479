/**
 * Update packages of the client: one line of JSON, `{"update": {...}, "signature": "..."}`, a line feed, and behind it the
 * bytes of the installer. What the line says counts only once the maker's signature over it has been found genuine.
 */
import * as v from 'valibot'

/** The format that this release writes and reads. */
export const UPDATE_FORMAT = 'xinbao-update-1'

/** No manifest is longer, with its notes. */
export const MAX_MANIFEST_BYTES = 64 * 1024
/** No installer is larger; the present one has a quarter of it. */
export const MAX_INSTALLER_BYTES = 600 * 1024 * 1024

const versionSchema = v.pipe(v.string(), v.regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/))
const nameSchema = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,31}$/))

export const updateManifestSchema = v.object({
  format: v.literal(UPDATE_FORMAT),
  product: nameSchema,
  /** `stable`, or the name of a ring of testers. */
  channel: nameSchema,
  version: versionSchema,
  size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_INSTALLER_BYTES)),
  /** Of the installer, lower-case hex. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** What has changed, plain text. */
  notes: v.optional(v.pipe(v.string(), v.maxLength(20_000)), ''),
})

export type UpdateManifest = v.InferOutput<typeof updateManifestSchema>

/** Whose updates a release takes, as its makers have put it into `updates/trust.json`. */
export const updateTrustSchema = v.strictObject({
  product: nameSchema,
  channel: nameSchema,
  /** SM2 public key of the makers, 130 hex digits; null: none was put in, no update is taken. */
  publicKey: v.nullable(v.pipe(v.string(), v.regex(/^04[0-9a-f]{128}$/))),
})

export type UpdateTrust = v.InferOutput<typeof updateTrustSchema>

const numbersOf = (version: string): readonly number[] => version.split(/[-+]/, 1)[0]!.split('.').map(Number)

/** Negative when the first version is older, 0 when both have the same numbers; what follows a hyphen does not count. */
export function compareVersions(one: string, other: string): number {
  const theirs = numbersOf(other)
  return numbersOf(one).reduce((found, number, place) => found || number - (theirs[place] ?? 0), 0)
}

/** Folder of a desk in which a proved installer lies until it is started. */
export const UPDATES_FOLDER = 'updates'

/** Name of a proved installer in it. */
export const installerName = (version: string): string => `xinbao-${version}.exe`

/**
 * The signed table of contents of a sealed file (resources/exchange/package.md). Both directions have the same form:
 * who wrote it for whom, how each member is encrypted, and a head whose members depend on the format.
 */
import * as v from 'valibot'

/** The file that a desk gives out, and the file that a platform gives back. */
export const envelopeFormats = ['xinbao-package', 'xinbao-answer'] as const
export type EnvelopeFormat = (typeof envelopeFormats)[number]

export const MANIFEST_NAME = 'manifest.json'
export const SIGNATURE_NAME = 'manifest.sig'

/** A manifest is read whole before anything is believed. */
export const MAX_MANIFEST_BYTES = 8 * 1024 * 1024

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const base64 = v.pipe(v.string(), v.maxLength(1_000), v.base64())
const memberName = v.pipe(v.string(), v.minLength(1), v.maxLength(160))

export const envelopeManifestSchema = v.object({
  format: v.picklist(envelopeFormats),
  version: v.literal(1),
  madeAt: v.pipe(v.string(), v.isoTimestamp()),
  /** SM3 of the public keys of writer and reader. */
  sender: sha256,
  recipient: sha256,
  cipher: v.literal('SM4-CBC'),
  /** The data key under the reader's public key. */
  dataKey: base64,
  members: v.array(
    v.object({
      name: memberName,
      /** Initial vector, 32 hex digits. */
      iv: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
      /** Of the encrypted bytes. */
      bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
      sha256,
    }),
  ),
  head: v.record(v.string(), v.unknown()),
})

export type EnvelopeManifest = v.InferOutput<typeof envelopeManifestSchema>

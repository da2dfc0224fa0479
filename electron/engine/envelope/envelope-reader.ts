import * as v from 'valibot'
import { sha256Hex } from '@engine/crypto/digest'
import type { SigningKey } from '@engine/crypto/signing-key'
import type { SmProvider } from '@engine/crypto/sm-provider'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import {
  envelopeManifestSchema,
  MANIFEST_NAME,
  MAX_MANIFEST_BYTES,
  SIGNATURE_NAME,
} from './envelope-manifest'
import type { EnvelopeFormat, EnvelopeManifest } from './envelope-manifest'
import { readStoredZip } from './stored-zip'

/**
 * Why a sealed file is not to be believed: no such file at all; written by somebody else than whom it should come
 * from; changed after it was signed; written for somebody else.
 */
export type EnvelopeProblem = 'malformed' | 'other-sender' | 'altered' | 'other-recipient'

export type OpenedEnvelope =
  | {
      readonly ok: true
      readonly manifest: EnvelopeManifest
      readonly names: readonly string[]
      /** The plain bytes of a member; null when there is none of that name. */
      readonly member: (name: string) => Uint8Array | null
    }
  | { readonly ok: false; readonly problem: EnvelopeProblem }

export interface EnvelopeReader {
  readonly format: EnvelopeFormat
  readonly recipient: SigningKey
  /** The public key of the sender that the manifest names; null when it is nobody we know. */
  readonly senderKey: (manifest: EnvelopeManifest) => string | null
  /** How the sender writes signatures; default: that of the exchange protocol. */
  readonly spelling?: SignatureSpelling
  readonly sm: SmProvider
}

function manifestOf(bytes: Uint8Array | undefined): EnvelopeManifest | null {
  if (bytes === undefined || bytes.length > MAX_MANIFEST_BYTES) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const parsed = v.safeParse(envelopeManifestSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

/** Whether the file holds exactly the members that were signed, byte for byte. */
function isWhole(manifest: EnvelopeManifest, members: ReadonlyMap<string, Uint8Array>): boolean {
  const names = new Set(manifest.members.map(({ name }) => name))
  if (names.size !== manifest.members.length || members.size !== names.size + 2) return false
  return manifest.members.every(({ name, bytes, sha256 }) => {
    const found = members.get(name)
    return found?.length === bytes && sha256Hex(found) === sha256
  })
}

/** Opens a sealed file: structure, sender, signature, contents and reader are all checked before a member is given. */
export async function openEnvelope(file: Uint8Array, reader: EnvelopeReader): Promise<OpenedEnvelope> {
  const { sm, recipient, spelling } = reader
  const refused = (problem: EnvelopeProblem): OpenedEnvelope => ({ ok: false, problem })
  const members = await readStoredZip(file)
  const raw = members?.get(MANIFEST_NAME)
  const signature = members?.get(SIGNATURE_NAME)
  const manifest = manifestOf(raw)
  if (members === null || raw === undefined || signature === undefined || manifest === null)
    return refused('malformed')
  if (manifest.format !== reader.format) return refused('malformed')
  const senderKey = reader.senderKey(manifest)
  if (senderKey === null || sm.sm3Hex(senderKey) !== manifest.sender) return refused('other-sender')
  const isSigned = sm.verify(raw, Buffer.from(signature).toString('latin1'), senderKey, spelling)
  if (!isSigned) return refused('altered')
  if (!isWhole(manifest, members)) return refused('altered')
  if (manifest.recipient !== sm.sm3Hex(recipient.publicKey)) return refused('other-recipient')
  const dataKey = recipient.unwrap(manifest.dataKey)
  if (dataKey === null) return refused('other-recipient')
  const table = new Map(manifest.members.map((entry) => [entry.name, entry]))
  return {
    ok: true,
    manifest,
    names: [...table.keys()],
    member(name) {
      const entry = table.get(name)
      const cipher = members.get(name)
      if (entry === undefined || cipher === undefined) return null
      return sm.decrypt(cipher, dataKey, Buffer.from(entry.iv, 'hex'))
    },
  }
}

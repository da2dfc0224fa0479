import { refuse } from '@shared/kernel/failure'
import type { Json } from '@shared/kernel/canonical-json'
import type { StandardPack } from '@shared/standard/pack'
import {
  isBureauIn,
  MAX_PACKAGE_BYTES,
  readPackage,
  readSignedPackage,
  type PackPackage,
} from '@shared/standard/pack-package'
import { refuseOversizedPack } from '@shared/standard/pack-limits'
import { parsePack } from '@shared/standard/pack-schema'
import type { CompiledStandard } from '@shared/standard/standard'
import { canonicalSha256 } from '@engine/crypto/digest'
import { verifyDocument } from '@engine/crypto/document-signature'
import type { SmProvider } from '@engine/crypto/sm-provider'

/** Who may sign, and for whom a package must be. */
export interface PackageTrust {
  /** SM2 public key, 130 hex digits. */
  readonly publicKey: string
  /** The standard that this desk uses. */
  readonly standardId: string
  readonly bureauCode: string
}

/** What opening a package needs besides trust. */
export interface PackageOpening {
  readonly sm: SmProvider
  /** Makes a sound pack ready for work, with the older layouts it converts; refuses `pack.invalid`. */
  readonly compile: (pack: StandardPack) => CompiledStandard
}

/** A package that is genuine, whole and meant for this desk. */
export interface OpenedPackage {
  readonly header: Omit<PackPackage, 'pack'>
  /** SHA-256 of the canonical text of what was signed. */
  readonly sha256: string
  /** SHA-256 of the canonical text of the pack alone, to tell versions of the same number apart. */
  readonly packSha256: string
  readonly standard: CompiledStandard
  /** The pack as it came, from which it is compiled anew when the desk sets its settings otherwise. */
  readonly raw: object
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length > MAX_PACKAGE_BYTES) return refuse('pack.unreadable', { reason: 'too large' })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse('pack.unreadable', { reason: 'not UTF-8' })
  }
}

/**
 * Opens a package: signature first, then for whom it is, then the pack itself. Nothing that it says is acted upon
 * before its signature is genuine. Refuses `pack.unreadable`, `pack.unsigned`, `pack.wrong-signer`, `pack.other-city`,
 * `pack.invalid`.
 */
export function openPackage(
  bytes: Uint8Array,
  trust: PackageTrust,
  { sm, compile }: PackageOpening,
): OpenedPackage {
  const signed = readSignedPackage(textOf(bytes))
  const document = signed.document as Json
  if (!verifyDocument(sm, document, signed.signature, trust.publicKey)) refuse('pack.wrong-signer')
  const { pack: raw, ...header } = readPackage(signed)
  const { id, version, region } = header
  if (id !== trust.standardId || !isBureauIn(region, trust.bureauCode))
    refuse('pack.other-city', { id, region })
  refuseOversizedPack(raw)
  const pack = parsePack(raw)
  if (pack.id !== id || pack.version !== version) {
    refuse('pack.invalid', { path: 'package', reason: `the pack in it is ${pack.id} ${pack.version}` })
  }
  return {
    header,
    sha256: canonicalSha256(document),
    packSha256: canonicalSha256(raw as Json),
    standard: compile(pack),
    raw,
  }
}

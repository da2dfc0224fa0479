/** Opens update packages piece by piece: an installer is larger than what should be held in memory. */
import { open, type FileHandle } from 'node:fs/promises'
import * as v from 'valibot'
import type { Json } from '@shared/kernel/canonical-json'
import { refuse } from '@shared/kernel/failure'
import { isNestedDeeper } from '@shared/kernel/json-nesting'
import {
  compareVersions,
  MAX_MANIFEST_BYTES,
  updateManifestSchema,
  type UpdateManifest,
  type UpdateTrust,
} from '@shared/domain/update'
import { runningSha256 } from '@engine/crypto/digest'
import { verifyDocument } from '@engine/crypto/document-signature'
import type { SmProvider } from '@engine/crypto/sm-provider'
import { refuseUnreadable } from '@engine/sheets/file-snapshot'

/** A package file, and what the user calls it. */
export interface UpdateSource {
  readonly path: string
  readonly name: string
}

/** What is asked of a package. */
export interface UpdateJudge {
  /** Null: this release takes no updates. */
  readonly trust: UpdateTrust | null
  /** The version that is running. */
  readonly own: string
  readonly sm: SmProvider
}

const LINE_FEED = 0x0a
const PIECE_BYTES = 1024 * 1024
const MAX_NESTING = 8

/** The first line of a file; null when there is none within the length of a manifest. */
async function firstLine(handle: FileHandle): Promise<Buffer | null> {
  const head = Buffer.alloc(MAX_MANIFEST_BYTES + 1)
  let filled = 0
  while (filled < head.length) {
    const { bytesRead } = await handle.read(head, filled, head.length - filled, filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  const end = head.subarray(0, filled).indexOf(LINE_FEED)
  return end < 0 ? null : head.subarray(0, end)
}

/** The manifest of a line, once its signature is genuine; nothing that it says counts before. */
function provenManifest(line: Buffer | null, file: string, { trust, sm }: UpdateJudge): UpdateManifest {
  const notOurs = (): never => refuse('update.not-a-package', { file })
  if (line === null || line[0] !== 0x7b) return notOurs()
  let parsed: unknown
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(line)
    if (isNestedDeeper(text, MAX_NESTING)) return notOurs()
    parsed = JSON.parse(text)
  } catch {
    return notOurs()
  }
  const { update: document, signature } = parsed as Readonly<Record<string, unknown>>
  if (typeof document !== 'object' || document === null) return notOurs()
  if (typeof signature !== 'string' || signature === '') return refuse('update.unsigned', { file })
  const key = trust?.publicKey ?? refuse('update.no-key')
  if (!verifyDocument(sm, document as Json, signature, key)) refuse('update.wrong-signer', { file })
  const manifest = v.safeParse(updateManifestSchema, document)
  return manifest.success ? manifest.output : notOurs()
}

/** Refuses what is genuine and yet not for this release. */
function requireFitting({ product, channel, version }: UpdateManifest, { trust, own }: UpdateJudge): void {
  if (product !== trust?.product) refuse('update.other-product', { product })
  if (channel !== trust.channel) refuse('update.other-channel', { channel, own: trust.channel })
  const order = compareVersions(version, own)
  if (order < 0) refuse('update.older', { version, own })
  if (order === 0) refuse('update.same-version', { version })
}

/** Reads the installer to its end, into another file if one is given, and proves that it is the one that was signed. */
async function proveInstaller(
  handle: FileHandle,
  start: number,
  { size, sha256 }: UpdateManifest,
  file: string,
  output: FileHandle | null,
): Promise<void> {
  const hash = runningSha256()
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  let read = 0
  for (;;) {
    const { bytesRead } = await handle.read(piece, 0, piece.length, start + read)
    if (bytesRead === 0) break
    read += bytesRead
    if (read > size) refuse('update.altered', { file })
    hash.update(piece.subarray(0, bytesRead))
    await output?.writeFile(piece.subarray(0, bytesRead))
  }
  if (read < size) refuse('update.truncated', { file })
  if (hash.hex() !== sha256) refuse('update.altered', { file })
  await output?.sync()
}

/**
 * Proves a package: the maker's signature first, then whether it is for this release, then every byte of the installer,
 * which is written to `target` on the way (null: it is only looked at). Refuses `update.not-a-package`, `update.unsigned`,
 * `update.no-key`, `update.wrong-signer`, `update.other-product`, `update.other-channel`, `update.older`,
 * `update.same-version`, `update.truncated`, `update.altered`, `input.*`; whoever names a target removes it then.
 */
export async function proveUpdate(
  { path, name }: UpdateSource,
  judge: UpdateJudge,
  target: string | null,
): Promise<UpdateManifest> {
  let handle: FileHandle
  let output: FileHandle | null = null
  try {
    handle = await open(path, 'r')
  } catch (error) {
    return refuseUnreadable(error, name)
  }
  try {
    if (!(await handle.stat()).isFile()) refuse('update.not-a-package', { file: name })
    const line = await firstLine(handle)
    const manifest = provenManifest(line, name, judge)
    requireFitting(manifest, judge)
    // Nothing is written for a package that is not genuine.
    if (target !== null) output = await open(target, 'wx', 0o600)
    await proveInstaller(handle, line!.length + 1, manifest, name, output)
    return manifest
  } finally {
    await output?.close()
    await handle.close()
  }
}

import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { UPDATE_FORMAT, type UpdateManifest } from '@shared/domain/update'
import { sha256HexOfFile } from '@engine/crypto/digest'
import { signDocument } from '@engine/crypto/document-signature'
import type { SigningKey } from '@engine/crypto/signing-key'

/** What the makers say of an installer. */
export type UpdateStatement = Pick<UpdateManifest, 'product' | 'channel' | 'version' | 'notes'>

/** Wraps an installer into a signed update package at `target`; returns what was signed. */
export async function issueUpdate(
  installer: string,
  target: string,
  statement: UpdateStatement,
  key: SigningKey,
): Promise<UpdateManifest> {
  const { size } = await stat(installer)
  const update: UpdateManifest = {
    format: UPDATE_FORMAT,
    ...statement,
    size,
    sha256: await sha256HexOfFile(installer),
  }
  const signature = signDocument(key, update)
  const output = createWriteStream(target)
  output.write(`${JSON.stringify({ update, signature })}\n`)
  await pipeline(createReadStream(installer), output)
  return update
}

/**
 * Zip files whose members are stored, never packed: cipher text does not shrink, and a file that cannot inflate can
 * hold no bomb. What is read is at most what was given.
 */
import yauzl from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { ZipFile as ZipWriter } from 'yazl'

/** Members at most: manifests and parts of the largest batches fit many times over. */
const MOST_MEMBERS = 20_000
const MEMBER_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*){0,4}$/
const STORED = 0

export interface ZipMember {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Writes members in their order, all with the same time. */
export async function writeStoredZip(members: readonly ZipMember[], at: string): Promise<Buffer> {
  const zip = new ZipWriter()
  const mtime = new Date(Date.parse(at))
  for (const { name, bytes } of members) zip.addBuffer(Buffer.from(bytes), name, { mtime, compress: false })
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const listed = (bytes: Buffer): Promise<ZipFile> =>
  new Promise((done, fail) => {
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false }
    yauzl.fromBuffer(bytes, options, (error: Error | null, zip: ZipFile) => {
      if (error === null) done(zip)
      else fail(error)
    })
  })

async function storedBytes(zip: ZipFile, entry: Entry, bytes: Buffer): Promise<Uint8Array | null> {
  const isPlain =
    entry.compressionMethod === STORED &&
    entry.compressedSize === entry.uncompressedSize &&
    !entry.isEncrypted()
  if (!isPlain) return null
  const header = await zip.readLocalFileHeaderPromise(entry, {})
  const end = header.fileDataStart + entry.compressedSize
  return end <= bytes.length ? bytes.subarray(header.fileDataStart, end) : null
}

/** The members by name, as views of the given bytes; null when it is no zip of plain, stored, uniquely named members. */
export async function readStoredZip(file: Uint8Array): Promise<ReadonlyMap<string, Uint8Array> | null> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  try {
    const zip = await listed(bytes)
    if (zip.entryCount > MOST_MEMBERS) return null
    const members = new Map<string, Uint8Array>()
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileNameRaw.toString('latin1')
      const content = MEMBER_NAME.test(name) ? await storedBytes(zip, entry, bytes) : null
      if (content === null || members.has(name)) return null
      members.set(name, content)
    }
    return members
  } catch {
    // The library throws at every structure that is not sound.
    return null
  }
}

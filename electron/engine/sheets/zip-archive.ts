/**
 * A zip archive that is already in memory, listed in full before anything is unpacked. yauzl reads the structures;
 * unpacking is ours, so that every inflated byte is counted as it comes and no header is believed.
 */
import { crc32, createInflateRaw } from 'node:zlib'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { failure, FailureError, refuse } from '@shared/kernel/failure'
import { refuseUnsafe } from './file-refusals'
import type { SheetLimits } from './sheet-limits'

const INFLATE_CHUNK_BYTES = 256 * 1024

type ZipLimits = Pick<SheetLimits, 'members' | 'inflatedBytes' | 'ratio' | 'ratioFromBytes'>

/** The members of a checked archive, by name. */
export class ZipArchive {
  private inflatedBytes = 0
  private readonly proven = new Set<Entry>()
  private readonly readOnce = new Set<Entry>()

  private constructor(
    private readonly file: string,
    private readonly bytes: Buffer,
    private readonly zip: ZipFile,
    /** The names of all members as they are spelled. */
    readonly names: readonly string[],
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly limits: ZipLimits,
  ) {}

  /**
   * Lists the central directory. Refuses `input.unsafe-workbook` (`reason` is `path`, `duplicate` or `members`),
   * `input.encrypted` and, for any broken structure, `input.damaged`.
   */
  static async open(file: string, bytes: Buffer, limits: ZipLimits): Promise<ZipArchive> {
    const zip = await openZip(file, bytes)
    if (zip.entryCount > limits.members) {
      refuseUnsafe(file, 'members', { count: zip.entryCount, limit: limits.members })
    }
    const names: string[] = []
    const entries = new Map<string, Entry>()
    try {
      for await (const entry of zip.eachEntry()) {
        const name = memberName(file, entry)
        // Two spellings of one name would let two readers see two different workbooks.
        if (entries.has(name.toLowerCase())) refuseUnsafe(file, 'duplicate')
        if (entry.isEncrypted()) refuse('input.encrypted', { file })
        names.push(name)
        entries.set(name.toLowerCase(), entry)
      }
    } catch (error) {
      if (error instanceof FailureError) throw error
      refuse('input.damaged', { file })
    }
    return new ZipArchive(file, bytes, zip, names, entries, limits)
  }

  /** Whether a member is there; part names do not differ by case. */
  has(name: string): boolean {
    return this.entries.has(name.toLowerCase())
  }

  /**
   * The inflated bytes of a member, piece by piece. Refuses `input.damaged` when size or CRC differ or the member
   * is missing, `input.unsafe-workbook` (`reason` is `inflated` or `ratio`) as soon as a cap is passed.
   */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name.toLowerCase())
    if (entry === undefined) return refuse('input.damaged', { file: this.file })
    const packed = await this.packedBytes(entry)
    let size = 0
    let checksum = 0
    for await (const piece of this.pieces(entry, packed)) {
      size += piece.length
      // Whoever reads a member again, to give out what was only looked at, has passed the cap with it before.
      if (!this.readOnce.has(entry)) this.inflatedBytes += piece.length
      if (this.inflatedBytes > this.limits.inflatedBytes) {
        refuseUnsafe(this.file, 'inflated', { limit: this.limits.inflatedBytes })
      }
      if (size > this.limits.ratioFromBytes && size > this.limits.ratio * packed.length) {
        refuseUnsafe(this.file, 'ratio', { limit: this.limits.ratio })
      }
      checksum = crc32(piece, checksum)
      yield piece
    }
    this.prove(entry, size, checksum)
    this.readOnce.add(entry)
  }

  /**
   * Reads what nobody has asked for, and looks at nothing of it: a file that was damaged on its way is told whichever of
   * its members was hit. Members that claim more than is left to inflate are not worth the time. Refuses `input.damaged`.
   */
  async proveOthers(): Promise<void> {
    let left = this.limits.inflatedBytes - this.inflatedBytes
    for (const entry of this.entries.values()) {
      if (this.proven.has(entry) || entry.uncompressedSize > left) continue
      left -= entry.uncompressedSize
      let size = 0
      let checksum = 0
      for await (const piece of this.pieces(entry, await this.packedBytes(entry))) {
        size += piece.length
        if (size > entry.uncompressedSize) break
        checksum = crc32(piece, checksum)
      }
      this.prove(entry, size, checksum)
    }
  }

  private prove(entry: Entry, size: number, checksum: number): void {
    if (size !== entry.uncompressedSize || checksum !== entry.crc32)
      refuse('input.damaged', { file: this.file })
    this.proven.add(entry)
  }

  private async *pieces(entry: Entry, packed: Buffer): AsyncGenerator<Buffer> {
    if (entry.compressionMethod === 0) {
      for (let at = 0; at < packed.length; at += INFLATE_CHUNK_BYTES)
        yield packed.subarray(at, at + INFLATE_CHUNK_BYTES)
      return
    }
    if (entry.compressionMethod !== 8) refuse('input.damaged', { file: this.file })
    const inflate = createInflateRaw({ chunkSize: INFLATE_CHUNK_BYTES })
    inflate.end(packed)
    try {
      for await (const piece of inflate) yield piece
    } catch (error) {
      if (error instanceof FailureError) throw error
      refuse('input.damaged', { file: this.file })
    } finally {
      inflate.destroy()
    }
  }

  private async packedBytes(entry: Entry): Promise<Buffer> {
    try {
      const header = await this.zip.readLocalFileHeaderPromise(entry, {})
      if (header.fileName.equals(entry.fileNameRaw)) {
        return this.bytes.subarray(header.fileDataStart, header.fileDataStart + entry.compressedSize)
      }
    } catch {
      // An unreadable header is the same finding as a header that names another member.
    }
    return refuse('input.damaged', { file: this.file })
  }
}

function openZip(file: string, bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false }
    yauzl.fromBuffer(bytes, options, (error: Error | null, zip: ZipFile) => {
      if (error === null) resolve(zip)
      else reject(new FailureError(failure('input.damaged', { file })))
    })
  })
}

/** The name of a member; `decodeStrings: false` leaves it as bytes so that the judgement is ours. */
function memberName(file: string, entry: Entry): string {
  const name = entry.fileNameRaw.toString('utf8')
  const steps = name.split('/')
  const isTricky =
    name === '' ||
    name.startsWith('/') ||
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    /[\u0000-\u001f\\:\ufffd]/.test(name) ||
    steps.includes('..') ||
    steps.includes('.')
  return isTricky ? refuseUnsafe(file, 'path') : name
}

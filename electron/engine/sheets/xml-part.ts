/** Runs one XML member of a workbook through decoder and tokenizer. */
import type { SheetLimits } from './sheet-limits'
import { XmlDecoder } from './xml-decoder'
import { XmlTokenizer, type XmlHandler } from './xml-tokenizer'
import type { ZipArchive } from './zip-archive'

/** Where a part is read from and how much of it is accepted. */
export interface PartSource {
  readonly file: string
  readonly archive: ZipArchive
  readonly limits: SheetLimits
}

/** What was noticed about the text of a part. */
export interface PartFindings {
  readonly hasMapped: boolean
}

/**
 * Feeds a member to a handler and stops after every piece, so that the caller can hand on what has come together.
 * The tokenizer is offered first for handlers that skip.
 */
export async function* partPieces(
  source: PartSource,
  member: string,
  handler: XmlHandler,
  onTokenizer: (tokenizer: XmlTokenizer) => void = () => {},
): AsyncGenerator<void, PartFindings> {
  const decoder = new XmlDecoder(source.file)
  // Ten units cover the longest way to write one character of a cell, `&#x1F4A9;`.
  const tokenizer = new XmlTokenizer(source.file, handler, source.limits.cellChars * 10)
  onTokenizer(tokenizer)
  for await (const piece of source.archive.read(member)) {
    tokenizer.write(decoder.write(piece))
    yield
  }
  decoder.end()
  tokenizer.end()
  return { hasMapped: decoder.hasMapped }
}

/** Reads a whole member. */
export async function readPart(
  source: PartSource,
  member: string,
  handler: XmlHandler,
): Promise<PartFindings> {
  const pieces = partPieces(source, member, handler)
  for (;;) {
    const step = await pieces.next()
    if (step.done === true) return step.value
  }
}

/**
 * Which encoding a text file has: a byte order mark, else strict UTF-8, else GB 18030. Nothing is guessed from
 * frequencies; guessing called a GBK name Big5.
 */
import type { TextEncoding } from '@shared/contract/views/import-views'
import { Big5Count, DamagedUtf8Count } from './encoding-hints'
import { filePieces, type FileDigest, type FilePlace } from './file-pieces'
import { refuseEncoding } from './file-refusals'
import { PieceDecoder, type TextPiece } from './text-pieces'

/** What is known of a text file that was read through once. */
export interface TextSurvey {
  readonly encoding: TextEncoding
  readonly digest: FileDigest
  /** Characters of the old private use area were moved to their present code points. */
  readonly hasMapped: boolean
  /** The line with the first control character, 1-based; null when there is none. */
  readonly controlRow: number | null
  /** How the text begins, line ends made one. */
  readonly sample: string
}

const SAMPLE_CHARS = 64 * 1024

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/

/**
 * Reads a text file through, as often as it takes to know its encoding. Refuses `input.unknown-encoding`; `hint` is
 * `big5` when the bytes make sense as Big5 and hardly any as Chinese in GB 18030, `utf-8` when they are UTF-8 with
 * damage, else `none`. Refuses what `filePieces` refuses.
 */
export async function surveyText(place: FilePlace): Promise<TextSurvey> {
  const { file } = place
  const marked = await surveyAs(place, null)
  if (marked.isValid) return marked
  const { sha256 } = marked.digest
  if (marked.encoding !== 'utf-8') refuseEncoding(file, 'none')
  const [damaged, big5] = [new DamagedUtf8Count(), new Big5Count()]
  for await (const piece of filePieces(place, sha256)) {
    damaged.take(piece)
    big5.take(piece)
  }
  if (damaged.verdict()) refuseEncoding(file, 'utf-8')
  if (big5.verdict()) refuseEncoding(file, 'big5')
  const survey = await surveyAs(place, 'gb18030', sha256)
  return survey.isValid ? survey : refuseEncoding(file, 'none')
}

/** The encoding that a byte order mark says; without one a text is UTF-8 until it proves to be none. */
function markedEncoding(bytes: Buffer): TextEncoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8-bom'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}

/** One pass in an encoding, or in the marked one; what it tells of the text counts only when that is valid. */
async function surveyAs(
  place: FilePlace,
  known: TextEncoding | null,
  expectedSha256?: string,
): Promise<TextSurvey & { readonly isValid: boolean }> {
  const look = new TextLook()
  const pieces = filePieces(place, expectedSha256)
  let encoding = known
  let decoder: PieceDecoder | null = null
  let isValid = true
  const take = (piece: TextPiece | null): void => {
    if (piece === null) isValid = false
    else look.take(piece)
  }
  for (;;) {
    const step = await pieces.next()
    if (step.done === true) {
      if (isValid && decoder !== null) take(decoder.end())
      return { ...look.told(), encoding: encoding ?? 'utf-8', digest: step.value, isValid }
    }
    encoding ??= markedEncoding(step.value)
    decoder ??= new PieceDecoder(encoding)
    if (isValid) take(decoder.take(step.value))
  }
}

/** What is looked for in a text, piece by piece. */
class TextLook {
  private hasMapped = false
  private controlRow: number | null = null
  private sample = ''
  private lines = 1

  take({ text, hasMapped }: TextPiece): void {
    this.hasMapped ||= hasMapped
    if (this.sample.length < SAMPLE_CHARS) this.sample = (this.sample + text).slice(0, SAMPLE_CHARS)
    if (this.controlRow !== null) return
    const control = CONTROL.exec(text)
    const end = control?.index ?? text.length
    for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) this.lines++
    if (control !== null) this.controlRow = this.lines
  }

  told(): Pick<TextSurvey, 'hasMapped' | 'controlRow' | 'sample'> {
    const { hasMapped, controlRow, sample } = this
    return { hasMapped, controlRow, sample }
  }
}

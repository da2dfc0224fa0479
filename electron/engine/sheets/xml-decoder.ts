/**
 * Bytes of an XML member to text, piece by piece: UTF-8 or UTF-16, by byte order mark or first bytes. A declaration
 * that names anything else than what the bytes are is refused, because two readers would see two texts.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import { refuse } from '@shared/kernel/failure'
import { mapPrivateUse } from './gb18030-2022'

// eslint-disable-next-line no-control-regex -- the characters XML forbids, and the private use area in one pass
const SUSPICIOUS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ue78d-\ue864\ufffe\uffff]/
// eslint-disable-next-line no-control-regex -- the characters XML forbids
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** Decodes one member. Refuses `input.damaged` for broken bytes or a declaration that lies. */
export class XmlDecoder {
  private encoding: Encoding | null = null
  private tail: Buffer = Buffer.alloc(0)
  private isDeclarationChecked = false
  /** A character of the old private use area was moved to its present code point. */
  hasMapped = false

  constructor(private readonly file: string) {}

  /** The text of the next bytes; an incomplete last character waits for more. */
  write(piece: Buffer): string {
    const bytes = this.tail.length === 0 ? piece : Buffer.concat([this.tail, piece])
    if (this.encoding === null) {
      if (bytes.length < 4) {
        this.tail = bytes
        return ''
      }
      const [encoding, markLength] = detect(bytes)
      this.encoding = encoding
      return this.decode(bytes.subarray(markLength), encoding)
    }
    return this.decode(bytes, this.encoding)
  }

  /** Must be called after the last bytes. */
  end(): void {
    if (this.tail.length > 0) refuse('input.damaged', { file: this.file })
  }

  private decode(bytes: Buffer, encoding: Encoding): string {
    const whole =
      bytes.length - (encoding === 'utf-8' ? incompleteUtf8(bytes) : incompleteUtf16(bytes, encoding))
    this.tail = Buffer.from(bytes.subarray(whole))
    const text = this.textOf(bytes.subarray(0, whole), encoding)
    if (!this.isDeclarationChecked) {
      this.isDeclarationChecked = true
      const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/.exec(text)?.[1]?.toLowerCase()
      const isTrue =
        declared === undefined ||
        (encoding === 'utf-8' ? declared === 'utf-8' : declared.startsWith('utf-16'))
      if (!isTrue) refuse('input.damaged', { file: this.file })
    }
    if (!SUSPICIOUS.test(text)) return text
    if (FORBIDDEN.test(text) || !text.isWellFormed()) refuse('input.damaged', { file: this.file })
    const mapped = mapPrivateUse(text)
    if (mapped !== text) this.hasMapped = true
    return mapped
  }

  private textOf(bytes: Buffer, encoding: Encoding): string {
    if (encoding === 'utf-16le') return bytes.toString('utf16le')
    if (encoding === 'utf-16be') return Buffer.from(bytes).swap16().toString('utf16le')
    if (isAscii(bytes)) return bytes.toString('latin1')
    if (!isUtf8(bytes)) refuse('input.damaged', { file: this.file })
    return bytes.toString('utf8')
  }
}

function detect(bytes: Buffer): [Encoding, number] {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return ['utf-8', 3]
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le', 2]
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be', 2]
  if (bytes[0] === 0x3c && bytes[1] === 0) return ['utf-16le', 0]
  if (bytes[0] === 0 && bytes[1] === 0x3c) return ['utf-16be', 0]
  return ['utf-8', 0]
}

/** Bytes at the end that begin a UTF-8 character but do not finish it. */
function incompleteUtf8(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

/** Bytes at the end that are half a unit, or the first half of a surrogate pair. */
function incompleteUtf16(bytes: Buffer, encoding: Encoding): number {
  const odd = bytes.length % 2
  const last = bytes.length - odd - 2
  if (last < 0) return odd
  const high = bytes[encoding === 'utf-16le' ? last + 1 : last]!
  return high >= 0xd8 && high <= 0xdb ? odd + 2 : odd
}

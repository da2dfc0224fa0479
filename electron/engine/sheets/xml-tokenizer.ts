/**
 * A small hardened streaming XML tokenizer for the parts of a workbook. It knows elements, attributes, text, CDATA,
 * comments and processing instructions, and nothing that could be made to grow or to reach out: a document type, an
 * entity declaration or an unknown entity is refused before anything else is looked at. Text is fed in pieces of any
 * size; whatever is incomplete waits for the next piece, up to a cap.
 */
import { refuse } from '@shared/kernel/failure'
import { refuseUnsafe } from './file-refusals'
import { mapPrivateUse } from './gb18030-2022'

const EXCLAMATION = 33
const SLASH = 47
const COLON = 58
const LESS = 60
const GREATER = 62
const EQUALS = 61
const QUESTION = 63
const QUOTE = 34
const APOSTROPHE = 39
const DEPTH_LIMIT = 100

/** Receives the events of one document. Names are local names; prefixes are dropped. */
export interface XmlHandler {
  /** While true, text is handed over; set it in `open`, clear it in `close`. */
  isCapturing: boolean
  /** A start tag; `tag` is only valid during the call. An empty element gives `open` and then `close`. */
  open(name: string, tag: XmlTag): void
  close(name: string): void
  /** A run of character data, entities already replaced. */
  text(text: string): void
}

/** The attributes of the start tag at hand. */
export interface XmlTag {
  /** Value of an attribute by local name, entities replaced; null when absent. */
  attribute(name: string): string | null
}

/** Feeds one document to a handler. Refuses `input.unsafe-workbook` (reason `doctype`, `entity`, `token`) and `input.damaged`. */
export class XmlTokenizer implements XmlTag {
  private source = ''
  /** Open elements under their full names, as the end tags must repeat them. */
  private readonly stack: string[] = []
  private hasRoot = false
  private attributeCount = 0
  /** Four offsets for each attribute: name start, name end, value start, value end. */
  private readonly attributes: number[] = []
  private skippedElement: string | null = null
  private countPattern: RegExp | null = null
  /** Start tags of the counted name that were passed over. */
  skippedCount = 0

  /** @param tokenLimit longest run of text or markup without an end, in UTF-16 units */
  constructor(
    private readonly file: string,
    private readonly handler: XmlHandler,
    private readonly tokenLimit: number,
  ) {}

  /** Tokenizes the next piece of text. */
  write(piece: string): void {
    this.source = this.source === '' ? piece : this.source + piece
    let at = 0
    while (at < this.source.length) {
      const next = this.skippedElement === null ? this.token(at) : this.skip(at, this.skippedElement)
      if (next < 0) break
      at = next
    }
    this.source = this.source.slice(at)
    if (this.source.length > this.tokenLimit) refuseUnsafe(this.file, 'token')
  }

  /** Must be called after the last piece. */
  end(): void {
    if (this.stack.length > 0 || !this.hasRoot || this.source.trim() !== '') this.damaged()
  }

  /**
   * Passes over everything up to the end tag of an open element without looking at it, only counting the start tags
   * of one name. Call it from the handler; the end tag itself is reported again.
   */
  skipTo(element: string, countedName: string): void {
    this.skippedElement = element
    this.countPattern = new RegExp(`<(?:\\w+:)?${countedName}[\\s/>]`, 'g')
    this.stack.length = this.stack.findLastIndex((name) => localName(name) === element) + 1
  }

  attribute(name: string): string | null {
    const { source, attributes } = this
    for (let i = 0; i < this.attributeCount * 4; i += 4) {
      const start = attributes[i]!
      if (attributes[i + 1]! - start === name.length && source.startsWith(name, start)) {
        return this.decode(source.slice(attributes[i + 2], attributes[i + 3]))
      }
    }
    return null
  }

  /** Handles one token from `at`; gives the offset behind it, or -1 when it is not complete yet. */
  private token(at: number): number {
    const { source } = this
    const open = source.indexOf('<', at)
    if (open < 0) return -1
    if (open > at) this.characters(source.slice(at, open))
    if (open + 1 >= source.length) return this.keepFrom(open, at)
    switch (source.charCodeAt(open + 1)) {
      case SLASH:
        return this.endTag(open, at)
      case EXCLAMATION:
        return this.declaration(open, at)
      case QUESTION: {
        const end = source.indexOf('?>', open)
        return end < 0 ? this.keepFrom(open, at) : end + 2
      }
      default:
        return this.startTag(open, at)
    }
  }

  /** Text before an incomplete tag is already handed over, so the rest begins at the tag. */
  private keepFrom(open: number, at: number): number {
    return open > at ? open : -1
  }

  private characters(raw: string): void {
    if (this.handler.isCapturing) this.handler.text(this.decode(raw))
    else if (this.stack.length === 0 && raw.trim() !== '') this.damaged()
  }

  private endTag(open: number, at: number): number {
    const { source } = this
    const end = source.indexOf('>', open)
    if (end < 0) return this.keepFrom(open, at)
    const expected = this.stack.pop()
    if (expected === undefined || !source.startsWith(expected, open + 2)) return this.damaged()
    const nameEnd = open + 2 + expected.length
    if (nameEnd !== end && source.slice(nameEnd, end).trim() !== '') this.damaged()
    this.handler.close(localName(expected))
    return end + 1
  }

  private declaration(open: number, at: number): number {
    const { source } = this
    if (source.startsWith('<!--', open)) {
      const end = source.indexOf('-->', open + 4)
      return end < 0 ? this.keepFrom(open, at) : end + 3
    }
    if (source.startsWith('<![CDATA[', open)) {
      const end = source.indexOf(']]>', open)
      if (end < 0) return this.keepFrom(open, at)
      if (this.handler.isCapturing) this.handler.text(source.slice(open + 9, end))
      return end + 3
    }
    const isStillOpen = '<!--'.startsWith(source.slice(open)) || '<![CDATA['.startsWith(source.slice(open))
    return isStillOpen ? this.keepFrom(open, at) : refuseUnsafe(this.file, 'doctype')
  }

  private startTag(open: number, at: number): number {
    const { source, attributes } = this
    let i = open + 1
    while (i < source.length && !isNameEnd(source.charCodeAt(i))) i++
    const nameEnd = i
    let count = 0
    for (;;) {
      while (source.charCodeAt(i) <= 32) i++
      if (i >= source.length) return this.keepFrom(open, at)
      const code = source.charCodeAt(i)
      if (code === GREATER || code === SLASH) break
      let nameStart = i
      while (i < source.length && source.charCodeAt(i) !== EQUALS) {
        const letter = source.charCodeAt(i)
        if (letter === LESS || letter === GREATER || letter === SLASH) this.damaged()
        if (letter === COLON) nameStart = i + 1
        i++
      }
      let valueStart = i + 1
      while (source.charCodeAt(valueStart) <= 32) valueStart++
      if (valueStart >= source.length) return this.keepFrom(open, at)
      const quote = source.charCodeAt(valueStart)
      if (quote !== QUOTE && quote !== APOSTROPHE) this.damaged()
      const valueEnd = source.indexOf(quote === QUOTE ? '"' : "'", valueStart + 1)
      if (valueEnd < 0) return this.keepFrom(open, at)
      let trimmedEnd = i
      while (source.charCodeAt(trimmedEnd - 1) <= 32) trimmedEnd--
      attributes[count * 4] = nameStart
      attributes[count * 4 + 1] = trimmedEnd
      attributes[count * 4 + 2] = valueStart + 1
      attributes[count * 4 + 3] = valueEnd
      count++
      i = valueEnd + 1
    }
    const isEmpty = source.charCodeAt(i) === SLASH
    if (isEmpty && i + 1 >= source.length) return this.keepFrom(open, at)
    if (nameEnd === open + 1 || (isEmpty && source.charCodeAt(i + 1) !== GREATER)) this.damaged()
    this.attributeCount = count
    this.openElement(source.slice(open + 1, nameEnd), isEmpty)
    return isEmpty ? i + 2 : i + 1
  }

  private openElement(name: string, isEmpty: boolean): void {
    if (this.stack.length === 0) {
      if (this.hasRoot) this.damaged()
      this.hasRoot = true
    }
    if (this.stack.length >= DEPTH_LIMIT) this.damaged()
    const local = localName(name)
    if (!isEmpty) this.stack.push(name)
    this.handler.open(local, this)
    if (isEmpty) this.handler.close(local)
  }

  /** Looks for the end tag of the skipped element only; keeps a tail in case it is cut. */
  private skip(at: number, element: string): number {
    const { source } = this
    const end = new RegExp(`</(?:\\w+:)?${element}\\s*>`, 'g')
    end.lastIndex = at
    const found = end.exec(source)
    const until = found?.index ?? source.length
    let behind = at
    if (this.countPattern !== null) {
      this.countPattern.lastIndex = at
      for (
        let hit = this.countPattern.exec(source);
        hit !== null && hit.index < until;
        hit = this.countPattern.exec(source)
      ) {
        this.skippedCount++
        behind = this.countPattern.lastIndex
      }
    }
    if (found !== null) {
      this.skippedElement = null
      return found.index
    }
    const cut = Math.max(behind, source.lastIndexOf('<'))
    return cut > at ? cut : -1
  }

  private decode(raw: string): string {
    const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw
    if (!text.includes('&')) return text
    return text.replace(/&([^;&]{0,12};?)/g, (_, reference: string) => this.character(reference))
  }

  private character(reference: string): string {
    switch (reference) {
      case 'amp;':
        return '&'
      case 'lt;':
        return '<'
      case 'gt;':
        return '>'
      case 'quot;':
        return '"'
      case 'apos;':
        return "'"
    }
    const digits = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));$/.exec(reference)
    if (digits === null) return refuseUnsafe(this.file, 'entity')
    const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16)
    return isXmlCharacter(code) ? mapPrivateUse(String.fromCodePoint(code)) : this.damaged()
  }

  private damaged(): never {
    return refuse('input.damaged', { file: this.file })
  }
}

function isNameEnd(code: number): boolean {
  return code <= 32 || code === SLASH || code === GREATER
}

function localName(name: string): string {
  if (name.length < 3) return name
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

function isXmlCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  )
}

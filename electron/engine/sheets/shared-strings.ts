/** The string table of a workbook: rich text joined, phonetic guides left out. */
import { decodeExcelEscapes, requireCellLength } from './cell-text'
import { isOn } from './cell-styles'
import { readPart, type PartSource } from './xml-part'
import type { XmlHandler, XmlTag } from './xml-tokenizer'

/** The table; `struck` holds the indices of texts with a struck-through run. */
export interface SharedStrings {
  readonly texts: readonly string[]
  readonly struck: ReadonlySet<number>
  readonly hasMapped: boolean
}

export const noSharedStrings: SharedStrings = { texts: [], struck: new Set(), hasMapped: false }

class SharedStringHandler implements XmlHandler {
  isCapturing = false
  readonly texts: string[] = []
  readonly struck = new Set<number>()
  private current = ''
  private isPhonetic = false

  constructor(
    private readonly file: string,
    private readonly cellChars: number,
  ) {}

  open(name: string, tag: XmlTag): void {
    if (name === 't') this.isCapturing = !this.isPhonetic
    else if (name === 'si') this.current = ''
    else if (name === 'rPh') this.isPhonetic = true
    else if (name === 'strike' && isOn(tag.attribute('val'))) this.struck.add(this.texts.length)
  }

  close(name: string): void {
    if (name === 't') this.isCapturing = false
    else if (name === 'rPh') this.isPhonetic = false
    else if (name === 'si') this.texts.push(decodeExcelEscapes(this.current))
  }

  text(text: string): void {
    this.current = requireCellLength(this.current + text, this.cellChars, { file: this.file })
  }
}

/** Reads the string table. */
export async function readSharedStrings(source: PartSource, member: string): Promise<SharedStrings> {
  const handler = new SharedStringHandler(source.file, source.limits.cellChars)
  const { hasMapped } = await readPart(source, member, handler)
  return { texts: handler.texts, struck: handler.struck, hasMapped }
}

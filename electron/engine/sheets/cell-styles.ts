/** What the styles of a workbook say about cells: is a number a date, is a text struck through. */
import { builtInFormat, customFormat, type NumberFormat } from './serial-date'
import { readPart, type PartSource } from './xml-part'
import type { XmlHandler, XmlTag } from './xml-tokenizer'

/** One cell format (`xf`). */
export interface CellStyle extends NumberFormat {
  readonly isStruck: boolean
}

/** The style of cells that name none or one that does not exist. */
export const plainStyle: CellStyle = { isDate: false, isStruck: false }

class StyleHandler implements XmlHandler {
  isCapturing = false
  readonly styles: CellStyle[] = []
  private readonly formats = new Map<number, NumberFormat>()
  private readonly struckFonts: boolean[] = []
  private section: 'fonts' | 'cellXfs' | null = null

  open(name: string, tag: XmlTag): void {
    if (name === 'numFmt') {
      this.formats.set(Number(tag.attribute('numFmtId')), customFormat(tag.attribute('formatCode') ?? ''))
    } else if (name === 'fonts' || name === 'cellXfs') this.section = name
    else if (this.section === 'fonts' && name === 'font') this.struckFonts.push(false)
    else if (this.section === 'fonts' && name === 'strike') {
      this.struckFonts[this.struckFonts.length - 1] = isOn(tag.attribute('val'))
    } else if (this.section === 'cellXfs' && name === 'xf') {
      const id = Number(tag.attribute('numFmtId') ?? 0)
      const isStruck = this.struckFonts[Number(tag.attribute('fontId') ?? 0)] ?? false
      this.styles.push({ ...(this.formats.get(id) ?? builtInFormat(id)), isStruck })
    }
  }

  close(name: string): void {
    if (name === this.section) this.section = null
  }

  text(): void {}
}

/** A boolean property that is on unless its value says no. */
export function isOn(value: string | null): boolean {
  return value !== '0' && value !== 'false' && value !== 'none'
}

/** The cell formats in the order in which cells refer to them. */
export async function readStyles(source: PartSource, member: string): Promise<readonly CellStyle[]> {
  const handler = new StyleHandler()
  await readPart(source, member, handler)
  return handler.styles
}

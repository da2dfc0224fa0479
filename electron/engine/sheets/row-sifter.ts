/** Tells data rows from what people put around them: totals, signatures, samples, blank lines. */
import { cut } from '@shared/kernel/text'
import type { RecordTypeSpec } from '@shared/standard/pack'
import { RepeatedValues } from '@shared/standard/repeated-values'
import type { MappedColumn } from './column-mapping'
import { HeaderDictionary } from './header-matching'
import type { SheetRow } from './sheet-types'

/** Why a row is not data. A repeated header, a row of instructions and one of column numbers count as samples. */
export type SkipReason = 'blank' | 'total' | 'signature' | 'sample'

export interface SkippedRow {
  /** As Excel shows it. */
  readonly row: number
  /** Last row of a gap of blank rows. */
  readonly lastRow?: number
  readonly reason: SkipReason
  /** Its first words, so that a person can tell whether it was left out rightly; `''` for a blank row. */
  readonly text: string
}

/** What a row amounts to; `skipped` also holds the gap of blank rows before it. */
export interface SiftedRow {
  readonly isData: boolean
  readonly skipped: readonly SkippedRow[]
}

const TOTAL =
  /^(?:本[页月季年日批]|全[部年])?(?:合计|总计|小计|共计|累计)[:：]?[\d.,，]*(?:条|元|万元|家|户|笔|件|个)?$/
const SIGNATURE =
  /^(?:填表|填报|制表|审核|复核|审批|经办|报送|统计|单位|主要|分管|部门)*(?:人|单位|部门|日期|时间|负责人|领导|电话|联系人|联系电话|签字|签章|盖章)(?:[(（].*[)）])?[:：]/
/** The same without the word for a person. */
const SIGNED_BY = /^(?:填表|填报|制表|审核|复核|审批|审签|校对|经办)[:：].{1,20}$/
const NOTE = /^(?:注|备注|说明|填表说明|填写说明|填报说明)\d?[:：]/
const SAMPLE = /^[(（【[]?(?:填写)?(?:示例|样例|范例|例如|例)(?:[)）】\]:：\d]|$)/
/** What a template says under a header instead of a value. */
const INSTRUCTION =
  /^[(（【[]?(?:必填|选填|非必填|可空|文本|字符|数字|数值|日期|格式|最多|不超过|请填|请选|下拉|单选|多选|如[:：]|例如?[:：])/
const LEAST_NUMBERS = 4
/** What explains the columns stands directly below the header. */
const EXPLAINING_ROWS = 5
const EXCERPT = 40

/** Sifts the rows of one sheet in order. */
export class RowSifter {
  private readonly required: readonly number[]
  /** Whether a text is the name of a field; values of most columns come again in other rows. */
  private readonly namesField: RepeatedValues<boolean>
  private lastRow: number
  /** Rows that may still explain the columns. */
  private explaining = EXPLAINING_ROWS

  /** @param headerRow row above the data, as Excel shows it */
  constructor(
    spec: RecordTypeSpec,
    columns: readonly Pick<MappedColumn, 'column' | 'field'>[],
    headerRow: number,
  ) {
    const always = new Set(
      spec.fields.filter(({ required }) => required === 'always').map(({ code }) => code),
    )
    const mapped = columns.filter(({ field }) => field !== null)
    const must = mapped.filter(({ field }) => always.has(field!))
    this.required = (must.length > 0 ? must : mapped).map(({ column }) => column)
    const dictionary = new HeaderDictionary(spec)
    this.namesField = new RepeatedValues((text) => dictionary.match(text) !== null)
    this.lastRow = headerRow
  }

  /** Judges the next row below the header. */
  sift(row: SheetRow): SiftedRow {
    const skipped: SkippedRow[] = []
    if (row.row > this.lastRow + 1)
      skipped.push({ row: this.lastRow + 1, lastRow: row.row - 1, reason: 'blank', text: '' })
    this.lastRow = row.row
    const reason = this.reasonToSkip(row)
    if (reason !== null) skipped.push({ row: row.row, reason, text: excerptOf(row) })
    return { isData: reason === null, skipped }
  }

  private reasonToSkip(row: SheetRow): SkipReason | null {
    const texts = textsOf(row)
    if (texts.length === 0) return 'blank'
    const opening = texts.slice(0, 2)
    if (opening.some((text) => SAMPLE.test(text))) return 'sample'
    if (this.explaining > 0) {
      this.explaining--
      if (isNumbering(texts) || isInstruction(texts)) return 'sample'
    }
    let filled = 0
    for (const column of this.required) if (isValue(row.cells[column]?.text ?? '')) filled++
    if (filled < this.required.length && opening.some(isTotal)) return 'total'
    // A row with most of what a record needs is a record, whatever its other words look like.
    if (filled > 0 && filled * 2 >= this.required.length) return this.isHeader(texts) ? 'sample' : null
    return texts.some(isSignature) || isNote(texts[0]!) ? 'signature' : null
  }

  private isHeader(texts: readonly string[]): boolean {
    let named = 0
    for (let index = 0; index < texts.length; index++) {
      if (this.namesField.of(texts[index]!)) named++
      // Nearly every row is data: no more of it is looked at than shows that.
      else if ((index + 1 - named) * 2 >= texts.length) return false
    }
    return named > 2
  }
}

/** What the cells of a row say; blank ones say nothing. */
function textsOf({ cells }: SheetRow): readonly string[] {
  const texts: string[] = []
  for (const cell of cells) {
    const text = cell === null ? '' : cell.text.trim()
    if (text !== '') texts.push(text)
  }
  return texts
}

/** The numbers of the columns, as printed forms have them below the header. */
function isNumbering(texts: readonly string[]): boolean {
  if (texts.length < LEAST_NUMBERS || texts[0]!.length > 1) return false
  const first = Number(texts[0])
  return (first === 0 || first === 1) && texts.every((text, at) => text === String(first + at))
}

function isInstruction(texts: readonly string[]): boolean {
  return texts.length > 1 && texts.filter((text) => INSTRUCTION.test(text)).length * 2 > texts.length
}

function excerptOf({ cells }: SheetRow): string {
  const words = cells.flatMap((cell) => cell?.text.trim().replace(/\s+/gu, ' ') || [])
  return cut(words.join(' ').slice(0, EXCERPT * 4), EXCERPT)
}

const withoutSpaces = (text: string): string => text.replace(/\s/g, '')
/** A word of a sum is looked for first: hardly any value has one. */
const isTotal = (text: string): boolean => text.includes('计') && TOTAL.test(withoutSpaces(text))
const isSignature = (text: string): boolean => {
  // Every required value of every row is asked about: hardly any has a colon.
  if (!text.includes('：') && !text.includes(':')) return false
  const words = withoutSpaces(text)
  return SIGNATURE.test(words) || SIGNED_BY.test(words)
}
const isNote = (text: string): boolean => NOTE.test(withoutSpaces(text))

/** Something that could be the content of a field. */
function isValue(text: string): boolean {
  return text.trim() !== '' && !isTotal(text) && !isSignature(text)
}

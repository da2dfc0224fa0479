/** Matches the text of one header cell to the fields of a record type. */
import { foldForKey } from '@shared/kernel/text'
import type { FieldSpec, RecordTypeSpec } from '@shared/standard/pack'

/** What a header was recognised by. */
export type MatchedBy = 'code' | 'label' | 'alias' | 'content' | 'none'

/** A field and how sure it is that the header means it (0..1). */
export interface HeaderMatch {
  readonly field: string
  readonly by: MatchedBy
  readonly confidence: number
}

const MARKS = /必填项?|选填|非必填|可空|[*＊★☆※#]/g
const BRACKETED = /〔[^〔〕]*〕/g
const BRACKETS = /[〔〕]/g
const MONEY_UNIT = /([十百千万亿]*元)/

/** The header texts of one record type, folded for comparison. */
export class HeaderDictionary {
  private readonly exact = new Map<string, HeaderMatch>()
  private readonly loose = new Map<string, HeaderMatch | null>()
  private readonly units = new Map<string, string>()

  constructor(spec: RecordTypeSpec) {
    const fields = importedFields(spec)
    for (const { code, unit } of fields) if (unit?.endsWith('元') === true) this.units.set(code, unit)
    for (const field of fields) this.add(field, field.code, 'code', 1)
    for (const field of fields) this.add(field, field.label, 'label', 1)
    for (const field of fields) for (const alias of field.aliases) this.add(field, alias, 'alias', 0.95)
  }

  /**
   * The field that a header names: by its whole text, else by its text outside brackets when only one field fits. A
   * header that speaks of another unit than the field's names no field: its amounts would be off by powers of ten.
   */
  match(header: string): HeaderMatch | null {
    const folded = foldForKey(header)
    const whole = wholeKey(folded)
    if (whole === '') return null
    const found = this.exact.get(whole) ?? this.loose.get(whole) ?? this.loose.get(looseKey(folded)) ?? null
    const unit = found === null ? undefined : this.units.get(found.field)
    const spoken = MONEY_UNIT.exec(whole)?.[1]
    return unit !== undefined && spoken !== undefined && spoken !== unit ? null : found
  }

  private add(field: FieldSpec, text: string, by: MatchedBy, confidence: number): void {
    const folded = foldForKey(text)
    const whole = wholeKey(folded)
    if (whole === '') return
    if (!this.exact.has(whole)) this.exact.set(whole, { field: field.code, by, confidence })
    const outside = looseKey(folded)
    if (outside === '') return
    const rival = this.loose.get(outside)
    if (rival === undefined) this.loose.set(outside, { field: field.code, by, confidence: confidence - 0.15 })
    else if (rival !== null && rival.field !== field.code) this.loose.set(outside, null)
  }
}

/** The fields that can stand in a file: those of the envelope are the platform's. */
export function importedFields(spec: RecordTypeSpec): readonly FieldSpec[] {
  return spec.fields.filter((field) => field.envelope !== true)
}

/** Folded header text without marks and bracket signs; what stood in brackets stays. */
function wholeKey(folded: string): string {
  return folded.replace(MARKS, '').replace(BRACKETS, '')
}

/** Folded header text without marks and anything in brackets. */
function looseKey(folded: string): string {
  return folded.replace(BRACKETED, '').replace(MARKS, '').replace(BRACKETS, '')
}

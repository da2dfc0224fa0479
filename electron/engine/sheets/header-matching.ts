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

/** A header that names a field in another unit than the field's. */
export interface UnitConflict {
  readonly field: string
  /** As the header says it, e.g. 元. */
  readonly unit: string
}

const MARKS = /必填项?|选填|非必填|可空|[*＊★☆※#]/g
/** The characters of `MARKS`, and a bracket that nothing opens. */
const MARK_CHARACTERS = '必填项选非可空*＊★☆※#〕'
const BRACKETED = /〔[^〔〕]*〕/g
const BRACKETS = /[〔〕]/g
/** Words that bureaus use one for the other in the names of columns. */
const SAME_WORDS: readonly (readonly [RegExp, string])[] = [
  [/法定代表人|法人代表/g, '法人'],
  [/号码/g, '号'],
]
const MONEY_UNIT = /([十百千万亿]*元)/

/** The header texts of one record type, folded for comparison. */
export class HeaderDictionary {
  private readonly exact = new Map<string, HeaderMatch>()
  private readonly loose = new Map<string, HeaderMatch | null>()
  private readonly synonymous = new Map<string, HeaderMatch | null>()
  private readonly units = new Map<string, string>()
  /** UTF-16 units of all names and of the marks beside them. */
  private readonly characters = new Set<number>()
  private readonly names: { readonly field: string; readonly pairs: ReadonlySet<string> }[] = []

  constructor(spec: RecordTypeSpec) {
    const fields = importedFields(spec)
    for (const { code, unit } of fields) if (unit?.endsWith('元') === true) this.units.set(code, unit)
    this.learn(MARK_CHARACTERS)
    for (const field of fields) this.add(field, field.code, 'code', 1)
    for (const field of fields) this.add(field, field.label, 'label', 1)
    for (const field of fields) for (const alias of field.aliases) this.add(field, alias, 'alias', 0.95)
    for (const { code, label, aliases } of fields)
      for (const name of [label, ...aliases]) this.names.push({ field: code, pairs: pairsOf(looseKey(name)) })
  }

  /**
   * The field that a header names: by its whole text, else by its text outside brackets when only one field fits. A
   * header that speaks of another unit than the field's names no field: its amounts would be off by powers of ten.
   */
  match(header: string): HeaderMatch | null {
    const found = this.find(header)
    return found === null || this.conflictOf(found.field, header) !== null ? null : found
  }

  /** The field that a header would name but for its unit, or null. */
  unitConflict(header: string): UnitConflict | null {
    const found = this.find(header)
    return found === null ? null : this.conflictOf(found.field, header)
  }

  /** The unit in which a header speaks of a field, when it is not the field's own. */
  conflictOf(field: string, header: string): UnitConflict | null {
    const own = this.units.get(field)
    const spoken = own === undefined ? undefined : MONEY_UNIT.exec(wholeKey(foldForKey(header)))?.[1]
    return spoken === undefined || spoken === own ? null : { field, unit: spoken }
  }

  /** How much a header resembles the names of a field, by the pairs of characters they share: 0..1. */
  likeness(header: string, field: string): number {
    const pairs = pairsOf(looseKey(foldForKey(header)))
    let best = 0
    for (const name of this.names) if (name.field === field) best = Math.max(best, shared(pairs, name.pairs))
    return best
  }

  private find(header: string): HeaderMatch | null {
    const folded = foldForKey(header)
    if (!this.canBeName(folded)) return null
    const whole = wholeKey(folded)
    if (whole === '') return null
    const outside = looseKey(folded)
    return (
      this.exact.get(whole) ??
      this.loose.get(whole) ??
      this.loose.get(outside) ??
      this.synonymous.get(synonymKey(outside)) ??
      null
    )
  }

  /** No name holds this text's characters up to the first bracket: told so, values need not be taken apart. */
  private canBeName(folded: string): boolean {
    for (let at = 0; at < folded.length; at++) {
      if (folded[at] === '〔') return true
      if (!this.characters.has(folded.charCodeAt(at))) return false
    }
    return true
  }

  private learn(folded: string): void {
    for (let at = 0; at < folded.length; at++) this.characters.add(folded.charCodeAt(at))
  }

  private add(field: FieldSpec, text: string, by: MatchedBy, confidence: number): void {
    const folded = foldForKey(text)
    const whole = wholeKey(folded)
    if (whole === '') return
    this.learn(folded)
    if (!this.exact.has(whole)) this.exact.set(whole, { field: field.code, by, confidence })
    const outside = looseKey(folded)
    if (outside === '') return
    keepUnrivalled(this.loose, outside, { field: field.code, by, confidence: confidence - 0.15 })
    const meant = { field: field.code, by, confidence: confidence - 0.2 }
    keepUnrivalled(this.synonymous, synonymKey(outside), meant)
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

/** A loose key in which words that mean the same are the same. */
function synonymKey(outside: string): string {
  return SAME_WORDS.reduce((text, [word, one]) => text.replace(word, one), outside)
}

/** Keeps what a key means, or, once two fields claim it, that it means none. */
function keepUnrivalled(keys: Map<string, HeaderMatch | null>, key: string, match: HeaderMatch): void {
  const rival = keys.get(key)
  if (rival === undefined) keys.set(key, match)
  else if (rival !== null && rival.field !== match.field) keys.set(key, null)
}

function pairsOf(text: string): ReadonlySet<string> {
  const characters = [...text]
  return new Set(characters.slice(1).map((character, at) => characters[at]! + character))
}

/** Dice's coefficient. */
function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0
  let common = 0
  for (const pair of one) if (other.has(pair)) common++
  return (2 * common) / (one.size + other.size)
}

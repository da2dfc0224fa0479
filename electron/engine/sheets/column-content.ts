/** Recognises columns by their values: what holds a check digit, reads as a day or stands in a code list. */
import type { ContentKind } from '@shared/contract/views/import-views'
import { indexCodeList, type CodeIndex } from '@shared/standard/code-index'
import { inspectOrgCode } from '@shared/standard/identifiers/org-code'
import { inspectRegistrationNumber } from '@shared/standard/identifiers/registration-number'
import { inspectResidentId } from '@shared/standard/identifiers/resident-id'
import { inspectUscc } from '@shared/standard/identifiers/uscc'
import { readDate } from '@shared/standard/normalise/read-date'
import { tidyIdentifier } from '@shared/standard/normalise/read-identifier'
import type { CodeList, FieldSpec } from '@shared/standard/pack'
import type { SheetCell, SheetRow } from './sheet-types'

/** How many of the values looked at fit, and how many of them differ. */
export interface ContentFit {
  readonly kind: ContentKind
  readonly fitting: number
  readonly values: number
  readonly distinct: number
}

type Judge = (cell: SheetCell) => boolean

/** So many values must fit before they prove anything; a check digit proves more than a shape. */
const LEAST_FITTING: Readonly<Record<ContentKind, number>> = {
  uscc: 2,
  residentId: 2,
  orgCode: 3,
  regNo15: 3,
  docNo: 2,
  date: 3,
  code: 3,
}
/** A few wrong values are what the import is there for. */
const LEAST_SHARE = 0.8
const DOCUMENT_NUMBER = /[〔[(（【［](?:19|20)\d{2}[〕\])）】］].{0,20}\d+\s?号?/u
const CHINESE_WORD = /\p{Script=Han}/u
/** What no value of a kind can do without, however badly it is written. */
const TRACE: Readonly<Partial<Record<ContentKind, RegExp>>> = {
  uscc: /[0-9A-Za-z０-９Ａ-Ｚ]{6}/u,
  residentId: /[0-9A-Za-z０-９]{6}/u,
  orgCode: /[0-9A-Za-z０-９Ａ-Ｚ]{6}/u,
  regNo15: /[0-9０-９]{6}/u,
  docNo: /[0-9０-９一二三四五六七八九十]/u,
  date: /[0-9０-９一二三四五六七八九十]|长期|永久/u,
}

const identifier =
  (format: 'uscc' | 'orgCode' | 'residentId' | 'regNo15', inspect: (text: string) => string | null): Judge =>
  ({ text, kind }) =>
    (kind === 'text' || kind === 'formula') && inspect(tidyIdentifier(text, format).text) === null

const judges: Readonly<Record<Exclude<ContentKind, 'code'>, Judge>> = {
  uscc: ({ text, kind }) => {
    if (kind !== 'text' && kind !== 'formula') return false
    const found = inspectUscc(tidyIdentifier(text, 'uscc').text)
    return found === null || found === 'embedded-org-code'
  },
  residentId: identifier('residentId', inspectResidentId),
  orgCode: identifier('orgCode', inspectOrgCode),
  regNo15: identifier('regNo15', inspectRegistrationNumber),
  docNo: ({ text }) => text.length <= 100 && DOCUMENT_NUMBER.test(text),
  date: ({ text, kind }) => {
    const read = kind === 'date' ? null : readDate(text.trim())
    return kind === 'date' || (read !== null && read.kind !== 'serial-date')
  },
}

/** Kinds that are sure enough to speak against a header. */
const TELLING_KINDS = ['uscc', 'residentId', 'docNo', 'date'] as const

type TellingFit = ContentFit & { readonly kind: (typeof TELLING_KINDS)[number] }

/** Judges the columns of one sheet against the fields of one standard. */
export class ContentJudge {
  private readonly indexes = new Map<string, CodeIndex>()

  constructor(private readonly codeLists: Readonly<Record<string, CodeList>> = {}) {}

  /** The kind of content by which a field could be known; null for free text and numbers. */
  kindOf({ format, type, codeList }: FieldSpec): ContentKind | null {
    if (format === 'idDocument') return 'residentId'
    if (format === 'uscc' || format === 'residentId' || format === 'orgCode' || format === 'regNo15')
      return format
    if (format === 'docNo') return 'docNo'
    if (type === 'date') return 'date'
    return (type === 'code' || type === 'multiCode') &&
      codeList !== undefined &&
      this.index(codeList) !== null
      ? 'code'
      : null
  }

  /** How the values fit the kind of a field; null when there is no such kind or too few of them fit. */
  fitOf(field: FieldSpec, cells: readonly SheetCell[]): ContentFit | null {
    const kind = this.kindOf(field)
    if (kind === null) return null
    const fit = fitWith(kind, kind === 'code' ? this.codeJudge(field) : judges[kind], cells)
    return fit.fitting >= LEAST_FITTING[kind] && fit.fitting >= fit.values * LEAST_SHARE ? fit : null
  }

  /** What the values are beyond doubt, whatever the header says; null when nothing. */
  tellingKind(cells: readonly SheetCell[]): TellingFit | null {
    for (const kind of TELLING_KINDS) {
      const fit = { ...fitWith(kind, judges[kind], cells), kind }
      if (fit.fitting >= 3 && fit.fitting >= fit.values * LEAST_SHARE) return fit
    }
    return null
  }

  /** Whether one value is of a kind. */
  looksLike(kind: Exclude<ContentKind, 'code'>, cell: SheetCell): boolean {
    return judges[kind](cell)
  }

  /** Whether the values can hardly be those of a field: none of them has even a trace of its kind, or they are another. */
  contradicts(field: FieldSpec, cells: readonly SheetCell[], isName: boolean): boolean {
    const kind = this.kindOf(field)
    if (cells.length < 3 || (kind === null && !isName) || kind === 'code') return false
    const trace = kind === null ? undefined : TRACE[kind]
    const traced = trace === undefined ? cells.length : cells.filter(({ text }) => trace.test(text)).length
    if (traced < cells.length * (1 - LEAST_SHARE)) return true
    const telling = this.tellingKind(cells)
    return telling !== null && telling.kind !== kind && this.fitOf(field, cells) === null
  }

  private codeJudge({ codeList, type }: FieldSpec): Judge {
    const index = this.index(codeList ?? '')
    if (index === null) return () => false
    // Bare digits could be anything; words of a list are its own.
    return ({ text }) =>
      CHINESE_WORD.test(text) &&
      (type === 'multiCode' ? index.canonicalMany(text.trim()) : index.canonical(text.trim())) !== null
  }

  private index(id: string): CodeIndex | null {
    const known = this.indexes.get(id)
    if (known !== undefined) return known
    const list = Object.hasOwn(this.codeLists, id) ? this.codeLists[id] : undefined
    if (list === undefined) return null
    const made = indexCodeList(list)
    this.indexes.set(id, made)
    return made
  }
}

/** The cells of a column that hold something. */
export function cellsOf(rows: readonly SheetRow[], column: number): readonly SheetCell[] {
  return rows.flatMap(({ cells }) => {
    const cell = cells[column]
    return cell == null || cell.text.trim() === '' ? [] : [cell]
  })
}

function fitWith(kind: ContentKind, judge: Judge, cells: readonly SheetCell[]): ContentFit {
  let fitting = 0
  const seen = new Set<string>()
  for (const cell of cells) {
    if (judge(cell)) fitting++
    seen.add(cell.text.trim())
  }
  return { kind, fitting, values: cells.length, distinct: seen.size }
}

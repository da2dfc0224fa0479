/**
 * Settles what the header leaves open: a column of unknown name gets the one field that its values fit; whatever could
 * be several things, or is not what its header says, becomes a question.
 */
import type { ContentKind } from '@shared/contract/views/import-views'
import type { FieldSpec, RecordTypeSpec } from '@shared/standard/pack'
import { cellsOf, type ContentFit, type ContentJudge } from './column-content'
import { proofOf, type MappedColumn } from './column-mapping'
import { HeaderDictionary, importedFields } from './header-matching'
import type { SheetRow } from './sheet-types'

/** A header that resembles the names of one field so much, and of all others so much less, means that field. */
const ALIKE = 0.55
const ALIKE_LEAD = 0.2
/** How far values alone are believed: below the mark from which a person need not look. */
const BY_CONTENT = 0.75
const BY_CONTENT_AND_LIKENESS = 0.7
const CONTRADICTED = 0.3
const MOST_CANDIDATES = 4
/** Many columns hold days or words of a list; with these a header that says something else counts. */
const WEAK_KINDS: ReadonlySet<ContentKind> = new Set(['date', 'code'])
const HARDLY_ALIKE = 0.3

interface Candidate {
  readonly field: string
  readonly fit: ContentFit | null
  readonly likeness: number
  /** A column whose header speaks of something else is not given to the field unasked. */
  readonly isDoubtful: boolean
}

/** The doubts of one sheet. */
export class ColumnDoubts {
  private readonly fields: readonly FieldSpec[]
  private readonly dictionary: HeaderDictionary

  constructor(
    private readonly spec: RecordTypeSpec,
    private readonly judge: ContentJudge,
    private readonly data: readonly SheetRow[],
    private readonly owners: ReadonlyMap<string, readonly number[]>,
  ) {
    this.fields = importedFields(spec)
    this.dictionary = new HeaderDictionary(spec)
  }

  settle(columns: readonly MappedColumn[]): readonly MappedColumn[] {
    const settled = columns.map((column) => this.judged(column))
    this.giveByContent(settled)
    return this.withoutLoneKinds(settled)
  }

  /** Asks about what the header itself makes doubtful: units, doubles, values that contradict it. */
  private judged(column: MappedColumn): MappedColumn {
    const conflict = column.field === null ? this.dictionary.unitConflict(column.header) : null
    if (conflict !== null && !this.owners.has(conflict.field))
      return { ...column, question: 'unit', candidates: [conflict.field], unit: conflict.unit }
    const doubled = [...this.owners].find(([, all]) => all.length > 1 && all.includes(column.column))
    if (doubled !== undefined) return { ...column, question: 'duplicate', candidates: [doubled[0]] }
    const field = this.fields.find(({ code }) => code === column.field)
    if (field === undefined) return column
    const cells = cellsOf(this.data, column.column)
    const fit = this.judge.fitOf(field, cells)
    if (fit !== null) return { ...column, proof: proofOf(fit) }
    const isName = field.code === this.spec.search.subjectName
    return this.judge.contradicts(field, cells, isName)
      ? { ...column, question: 'contradicted', candidates: [field.code], confidence: CONTRADICTED }
      : column
  }

  private giveByContent(columns: MappedColumn[]): void {
    const open = this.fields.filter(({ code }) => !columns.some(({ field }) => field === code))
    const found = columns.map((column) =>
      column.field === null && column.question === null ? this.candidatesOf(column, open) : [],
    )
    for (const [at, candidates] of found.entries()) {
      const column = columns[at]!
      const sure = this.surest(candidates)
      const isWanted =
        sure !== null && found.some((other, i) => i !== at && this.surest(other)?.field === sure.field)
      if (sure !== null && !isWanted) {
        const confidence = candidates.length === 1 ? BY_CONTENT : BY_CONTENT_AND_LIKENESS
        const proof = sure.fit === null ? null : proofOf(sure.fit)
        columns[at] = { ...column, field: sure.field, by: 'content', confidence, proof }
      } else if (candidates.length > 0) {
        const names = candidates.slice(0, MOST_CANDIDATES).map(({ field }) => field)
        const fit = candidates[0]!.fit
        columns[at] = { ...column, question: 'ambiguous', candidates: names, proof: fit && proofOf(fit) }
      }
    }
  }

  /** The kind of a document says nothing where no column has its number, and then would be wrong in every row. */
  private withoutLoneKinds(columns: readonly MappedColumn[]): readonly MappedColumn[] {
    const numbersOf = (kind: string | null): readonly FieldSpec[] =>
      this.fields.filter(({ documentKind }) => documentKind !== undefined && documentKind === kind)
    const isGiven = ({ code }: FieldSpec): boolean => columns.some(({ field }) => field === code)
    return columns.map((column) => {
      const numbers = column.by === 'content' ? numbersOf(column.field) : []
      return numbers.length === 0 || numbers.some(isGiven)
        ? column
        : { ...column, field: null, by: 'none', confidence: 0, proof: null }
    })
  }

  /** The open fields that a column could be, the likeliest first. */
  private candidatesOf(column: MappedColumn, open: readonly FieldSpec[]): readonly Candidate[] {
    const cells = cellsOf(this.data, column.column)
    const candidates = open.flatMap((field): Candidate[] => {
      const likeness = this.dictionary.likeness(column.header, field.code)
      const fit = this.judge.fitOf(field, cells)
      if (fit !== null) {
        const isDoubtful = WEAK_KINDS.has(fit.kind) && column.header !== '' && likeness < HARDLY_ALIKE
        const isFarFetched = isDoubtful && likeness === 0 && field.required !== 'always'
        return isFarFetched ? [] : [{ field: field.code, fit, likeness, isDoubtful }]
      }
      // Without a kind to go by only the words are left; values of another kind speak against them.
      const isOpenKind = this.judge.kindOf(field) === null || cells.length === 0
      return isOpenKind && likeness >= ALIKE
        ? [{ field: field.code, fit: null, likeness, isDoubtful: true }]
        : []
    })
    const { subjectCode } = this.spec.search
    const narrowed = candidates.filter(
      ({ field, fit }) => field !== subjectCode || fit === null || isVaried(fit),
    )
    const bySubject = narrowed.find(({ field, fit }) => field === subjectCode && fit?.kind === 'uscc')
    // The bureau's own codes are the same in every row; those that vary are the subjects'.
    const kept =
      bySubject === undefined
        ? narrowed
        : narrowed.filter(({ fit }) => fit?.kind !== 'uscc').concat(bySubject)
    const { legalDate } = this.spec
    return kept.sort(
      (a, b) => b.likeness - a.likeness || Number(b.field === legalDate) - Number(a.field === legalDate),
    )
  }

  /** The one candidate that needs no question: the only one whose values fit, or the one whose name stands out. */
  private surest(candidates: readonly Candidate[]): Candidate | null {
    const [first, second] = candidates
    if (first === undefined) return null
    if (second === undefined) return first.isDoubtful ? null : first
    return !first.isDoubtful && first.likeness >= ALIKE && first.likeness - second.likeness >= ALIKE_LEAD
      ? first
      : null
  }
}

/** Different in most rows. */
const isVaried = ({ distinct, values }: ContentFit): boolean => distinct > 1 && distinct * 2 > values

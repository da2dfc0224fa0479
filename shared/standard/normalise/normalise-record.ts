import type { CodeIndex } from '@shared/standard/code-index'
import { convertUnit } from '@shared/standard/decimal-text'
import { shapedRecords } from '@shared/kernel/shaped-record'
import type { Issue } from '@shared/standard/issue'
import type { FieldSpec, RecordTypeSpec } from '@shared/standard/pack'
import { RepeatedValues } from '@shared/standard/repeated-values'
import type { Normalisation, NormalisationKind, Normalised, RawValue } from '@shared/standard/standard'
import { saysNothing } from './blank-words'
import { toHalfWidth } from './half-width'
import { readAmount } from './read-amount'
import { readDocumentNumber } from './read-document-number'
import { readDate } from './read-date'
import { readFlag } from './read-flag'
import {
  hasLostDigits,
  isRounded,
  isScientific,
  isShownScientific,
  mustBeText,
  tidyIdentifier,
} from './read-identifier'
import { tidyText, type Tidied } from './tidy-text'

type ImportProblem =
  | 'import.cell-error'
  | 'import.numeric-identifier'
  | 'import.scientific-notation'
  | 'import.lost-digits'
  | 'import.serial-date'

/** A value read from one cell: the text, how it changed, and what only the cell itself can show. */
interface Reading extends Tidied {
  readonly problem?: ImportProblem
  /** The cell is not to be believed: its value is reported and left out. */
  readonly refused?: boolean
}

type Reader = (tidied: Tidied, cell: RawValue) => Reading

const changedTo = (tidied: Tidied, text: string | null, kind: NormalisationKind): Reading =>
  text === null || text === tidied.text ? tidied : { text, kinds: [...tidied.kinds, kind] }

const readIdentifier = (field: FieldSpec): Reader => {
  const format = field.format!
  return (tidied, cell) => {
    const identifier = tidyIdentifier(tidied.text, format)
    if (isScientific(identifier.text)) {
      return { ...tidied, problem: 'import.scientific-notation', refused: true }
    }
    if (cell.kind === 'number' || cell.kind === 'date' || cell.kind === 'boolean') {
      return { ...tidied, problem: 'import.numeric-identifier', refused: true }
    }
    const reading =
      identifier.text === tidied.text
        ? tidied
        : { text: identifier.text, kinds: [...tidied.kinds, ...identifier.kinds] }
    return hasLostDigits(identifier.text) ? { ...reading, problem: 'import.lost-digits' } : reading
  }
}

const readDateField: Reader = (tidied, cell) => {
  const date = readDate(tidied.text, cell.is1904)
  if (date === null) return tidied
  const reading = changedTo(tidied, date.value, date.kind)
  return date.kind === 'serial-date' && cell.kind !== 'date'
    ? { ...reading, problem: 'import.serial-date' }
    : reading
}

/** An amount in the unit of its field; a column that names another unit is converted, in sight. */
const readAmountField =
  (unit: string | undefined): Reader =>
  (tidied, cell) => {
    const own = changedTo(tidied, readAmount(tidied.text, cell.kind, unit), 'amount')
    if (cell.unit === undefined || unit === undefined || tidied.text.endsWith(unit)) return own
    const amount = readAmount(tidied.text, cell.kind, cell.unit)
    const converted = amount === null ? null : convertUnit(amount + cell.unit, unit)
    return converted === null ? own : { text: converted, kinds: [...tidied.kinds, 'unit'] }
  }

/** A number without a shape of its own, e.g. of a certificate, that a workbook has rounded is as lost as any other. */
const readShortText =
  (read: (tidied: Tidied) => Tidied): Reader =>
  (tidied, cell) => {
    if (isShownScientific(tidied.text)) {
      return { ...tidied, problem: 'import.scientific-notation', refused: true }
    }
    if (cell.kind === 'number' && isRounded(tidied.text)) {
      return { ...tidied, problem: 'import.numeric-identifier', refused: true }
    }
    return read(tidied)
  }

function readerOf(field: FieldSpec, codes: CodeIndex | undefined): Reader {
  if (mustBeText(field.format)) return readIdentifier(field)
  switch (field.type) {
    case 'date':
      return readDateField
    case 'decimal':
      return readAmountField(field.unit)
    case 'integer':
      return (tidied) => changedTo(tidied, toHalfWidth(tidied.text).replace(/[\s',]/g, ''), 'half-width')
    case 'flag':
      return (tidied) => changedTo(tidied, readFlag(tidied.text), 'flag')
    case 'code':
      return (tidied) => changedTo(tidied, codes?.canonical(tidied.text) ?? null, 'code-alias')
    case 'multiCode':
      return (tidied) => changedTo(tidied, codes?.canonicalMany(tidied.text) ?? null, 'code-alias')
    case 'text':
      return readShortText(field.format === 'docNo' ? readDocumentNumber : (tidied) => tidied)
    case 'longText':
      return (tidied) => tidied
  }
}

/** What a cell alone could show, as an issue of its field. */
function issueOf(field: FieldSpec, cell: RawValue, problem: ImportProblem): Issue {
  const severity = problem === 'import.serial-date' ? 'warning' : 'error'
  return { code: problem, severity, field: field.code, value: cell.text, params: {} }
}

/** What one cell amounts to for its field: shared by every record that has the same cell. */
interface Outcome {
  /** `''` when the record has no value. */
  readonly value: string
  readonly change: Normalisation | null
  readonly issue: Issue | null
}

const NOTHING: Outcome = { value: '', change: null, issue: null }

/** Reads cells of one field. */
function compileField(field: FieldSpec, codes: CodeIndex | undefined): (cell: RawValue) => Outcome {
  const { code } = field
  const manyLines = field.type === 'longText'
  const mayBeBlank = field.required !== 'always'
  const reader = readerOf(field, codes)
  return (cell) => {
    if (cell.kind === 'error') return { ...NOTHING, issue: issueOf(field, cell, 'import.cell-error') }
    const tidied = tidyText(cell.text, manyLines)
    if (tidied.text === '') return NOTHING
    const read = reader(tidied, cell)
    const reading = mayBeBlank && saysNothing(read.text) ? changedTo(read, '', 'placeholder') : read
    const { text, kinds, problem } = reading
    const issue = problem === undefined ? null : issueOf(field, cell, problem)
    if (reading.refused) return { ...NOTHING, issue }
    if (text === cell.text) return { value: text, change: null, issue }
    return {
      value: text,
      change: { field: code, raw: cell.text, value: text, kinds: [...new Set(kinds)] },
      issue,
    }
  }
}

/** Whether nothing but its text tells a cell from others. */
const isPlainText = ({ kind, unit, is1904 }: RawValue): boolean =>
  kind === 'text' && unit === undefined && is1904 === undefined

/** The type's normaliser: visible, idempotent, and never a repair of an identifier. */
export function compileNormaliser(
  type: RecordTypeSpec,
  codeIndexes: ReadonlyMap<string, CodeIndex>,
): (raw: Readonly<Record<string, RawValue>>) => Normalised {
  const readers = type.fields
    .filter((field) => !field.envelope)
    .map((field) => {
      const read = compileField(
        field,
        field.codeList === undefined ? undefined : codeIndexes.get(field.codeList),
      )
      return { code: field.code, read, ofText: new RepeatedValues((text) => read({ text, kind: 'text' })) }
    })

  const valuesOf = shapedRecords<string>(readers.map(({ code }) => code))

  return (raw) => {
    const texts: (string | undefined)[] = []
    const changes: Normalisation[] = []
    const issues: Issue[] = []
    for (const { code, read, ofText } of readers) {
      const cell = Object.hasOwn(raw, code) ? raw[code] : undefined
      if (cell === undefined || cell.text === '') {
        texts.push(undefined)
        continue
      }
      const { value, change, issue } = isPlainText(cell) ? ofText.of(cell.text) : read(cell)
      if (issue !== null) issues.push(issue)
      if (change !== null) changes.push(change)
      texts.push(value === '' ? undefined : value)
    }
    return { values: valuesOf(texts), changes, issues }
  }
}

import { failureSentence, failureTexts } from '@shared/texts/zh-CN/failures'
import type { Failure } from '@shared/kernel/failure'
import { FailureError } from '@shared/kernel/failure'
import type { SheetLimits } from '@engine/sheets/sheet-limits'
import type { SheetRow } from '@engine/sheets/sheet-types'
import type { FuzzCase } from './fuzz-case'
import { trimmedRow } from './table-of-fuzz'

const LONGEST_SENTENCE = 1_000

/** What the oracle holds against an outcome. */
export class Violation extends Error {}

const hold = (isRight: boolean, complaint: string): void => {
  if (!isRight) throw new Violation(complaint)
}

/** An expected refusal has a sentence of the catalogue with every place filled in, and is no defect of ours. */
export function judgeFailure(failure: Failure): void {
  hold(Object.hasOwn(failureTexts, failure.code), `unknown failure ${failure.code}`)
  hold(failure.code !== 'defect.unexpected', `a defect: ${JSON.stringify(failure.params)}`)
  const sentence = failureSentence(failure)
  hold(sentence.length < LONGEST_SENTENCE, `a sentence of ${sentence.length} characters`)
  // What a pack or a file is called by may itself look like a place that nobody filled in.
  const ours = sentence.replace(/“[^”]*”|（[^）]*）/g, '')
  hold(!/[{}—]|undefined|\[object/.test(ours), `no sentence: ${sentence}`)
}

/** The failure of a refused piece of work; anything else that is thrown is ours. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure
  throw error
}

const key = (cells: readonly string[]): string => JSON.stringify(trimmedRow(cells))

/** What was read: within the caps, untouched rows as they stand, nothing else if the whole was untouched. */
export function judgeRows(one: FuzzCase, rows: readonly SheetRow[], limits: SheetLimits): void {
  hold(rows.length <= limits.rows, 'more rows than the cap')
  let last = 0
  for (const { row, cells } of rows) {
    hold(Number.isInteger(row) && row > last, 'rows out of order')
    last = row
    hold(cells.length <= limits.columns, 'more columns than the cap')
    for (const cell of cells) hold((cell?.text.length ?? 0) <= limits.cellChars, 'a cell beyond the cap')
  }
  const read = rows.map(({ cells }) => key(cells.map((cell) => cell?.text ?? '')))
  const known = new Set(read)
  const isText = rows.every(({ cells }) =>
    cells.every((cell) => cell === null || typeof cell.text === 'string'),
  )
  hold(isText, 'a cell that is no text')
  for (const at of one.untouched)
    hold(known.has(key(one.table[at]!)), `row ${at} was untouched and is not there`)
  if (one.isWhole) hold(read.length === one.untouched.length, 'rows that nobody wrote')
}

/** The counts of an import or a check. */
export interface Counts {
  readonly rows: number
  readonly imported: number
  readonly updated: number
  readonly skipped: number
  readonly clean: number
  readonly warned: number
  readonly blocked: number
}

/** Each row is counted once, and each that came in has one quality. */
export function judgeCounts({ rows, imported, updated, skipped, clean, warned, blocked }: Counts): void {
  hold(rows > 0, 'an import of nothing')
  hold(imported + updated + skipped === rows, 'rows that are not counted')
  hold(clean + warned + blocked === imported + updated, 'qualities that do not add up')
}

/** Rows that nobody has touched are good ones, and none of them is lost or blamed for its neighbour. */
export function judgeGoodRows(one: FuzzCase, { clean }: Counts): void {
  const good = one.untouched.filter((at) => at > 0).length
  hold(!one.untouched.includes(0) || clean >= good, `${clean} clean rows of ${good} untouched ones`)
}

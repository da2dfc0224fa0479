import { hasPart } from './multi-code'
import type { Clause, FieldValues } from './pack'

export type Condition = (values: FieldValues) => boolean

/** Longer values match no pattern: conditions look at codes and short texts. */
const LONGEST_MATCHED = 5_000

function compileClause(clause: Clause): Condition {
  const { field, in: codes, empty, matches } = clause
  const tests: ((value: string) => boolean)[] = []
  if (codes !== undefined)
    tests.push((value) => codes.includes(value) || codes.some((code) => hasPart(value, code)))
  if (empty !== undefined) tests.push((value) => (value === '') === empty)
  if (matches !== undefined) {
    const pattern = new RegExp(matches, 'u')
    tests.push((value) => value.length <= LONGEST_MATCHED && pattern.test(value))
  }
  return (values) => {
    const value = values[field] ?? ''
    for (const test of tests) if (!test(value)) return false
    return true
  }
}

/** A flat condition as one test; null when it always holds. */
export function compileCondition(clauses: readonly Clause[] | undefined): Condition | null {
  if (clauses === undefined || clauses.length === 0) return null
  const all = clauses.map(compileClause)
  if (all.length === 1) return all[0]!
  return (values) => all.every((holds) => holds(values))
}

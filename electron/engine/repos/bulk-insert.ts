import type { Database } from './database'

/** A value as SQLite stores it. */
export type Stored = string | number | null

/** Rows of one statement: more of them save little, and the last ones of a lot go one by one. */
const ROWS_AT_ONCE = 20

/**
 * Inserts rows of one table, values in the order of `columns`. Many rows go by few statements, in which a column that is
 * the same in all of them is bound once: handing values over costs as much as storing them.
 */
export function createBulkInsert(
  database: Database,
  table: string,
  columns: readonly string[],
): (rows: readonly (readonly Stored[])[]) => void {
  const into = `INSERT INTO ${table} (${columns.join(', ')}) VALUES`
  const single = database.prepare<Stored[]>(`${into} (${columns.map(() => '?').join(', ')})`)
  const known = new Map<string, ReturnType<typeof statementFor>>()

  const statementFor = (shared: readonly boolean[]) => {
    const values = columns.map((column, at) => (shared[at] === true ? `@${column}` : '?')).join(', ')
    const rows = Array.from({ length: ROWS_AT_ONCE }, () => `(${values})`).join(', ')
    return database.prepare<[Stored[], Record<string, Stored>]>(`${into} ${rows}`)
  }

  const insertMany = (rows: readonly (readonly Stored[])[], whole: number): void => {
    const first = rows[0]!
    const shared = columns.map((_, at) => rows.every((row) => row[at] === first[at]))
    const key = shared.map(Number).join('')
    const statement = known.get(key) ?? statementFor(shared)
    known.set(key, statement)
    const own = columns.flatMap((_, at) => (shared[at] === true ? [] : [at]))
    const common = Object.fromEntries(
      columns.flatMap((column, at) => (shared[at] === true ? [[column, first[at]!]] : [])),
    )
    for (let from = 0; from < whole; from += ROWS_AT_ONCE) {
      const values: Stored[] = []
      for (let at = from; at < from + ROWS_AT_ONCE; at++) {
        const row = rows[at]!
        for (const column of own) values.push(row[column]!)
      }
      statement.run(values, common)
    }
  }

  return (rows) => {
    const whole = rows.length - (rows.length % ROWS_AT_ONCE)
    if (whole > 0) insertMany(rows, whole)
    for (let at = whole; at < rows.length; at++) single.run(...rows[at]!)
  }
}

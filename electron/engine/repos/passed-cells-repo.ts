import type { Database } from './database'

/** The cells of some rows in columns that no field takes. */
export interface PassedCells {
  /** Zero-based. */
  readonly columns: readonly number[]
  /** By row number, texts in the order of `columns`; rows without any are left out. */
  readonly rows: Readonly<Record<string, readonly string[]>>
}

/** The columns that imports passed through, kept with their rows. */
export interface PassedCellsRepo {
  /** Keeps the cells of rows that were stored together, in ascending order. */
  add(importId: string, cells: PassedCells): void
  /** The texts of one row by zero-based column; empty when it had none. */
  ofRow(importId: string, row: number): ReadonlyMap<number, string>
}

/** The passed-through cells of one store. */
export function createPassedCellsRepo(database: Database): PassedCellsRepo {
  const insert = database.prepare<[string, number, number, string]>(
    'INSERT INTO import_passed (import_id, first_row, last_row, cells_json) VALUES (?, ?, ?, ?)',
  )
  const select = database
    .prepare<[string, number, number], string>(
      'SELECT cells_json FROM import_passed WHERE import_id = ? AND first_row <= ? AND last_row >= ?',
    )
    .pluck()

  return {
    add(importId, cells) {
      const rows = Object.keys(cells.rows).map(Number)
      const [first, last] = [rows[0], rows.at(-1)]
      if (first === undefined || last === undefined) return
      insert.run(importId, first, last, JSON.stringify(cells))
    },
    ofRow(importId, row) {
      const json = select.get(importId, row, row)
      if (json === undefined) return new Map()
      const { columns, rows } = JSON.parse(json) as PassedCells
      const texts = rows[String(row)] ?? []
      return new Map(columns.flatMap((column, at) => (texts[at] ? [[column, texts[at]] as const] : [])))
    },
  }
}

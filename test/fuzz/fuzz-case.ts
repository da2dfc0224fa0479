/** One file of the fuzzer and what is known of it. */
export interface FuzzCase {
  readonly name: string
  readonly bytes: Buffer
  /** What the file was made of, row by row. */
  readonly table: readonly (readonly string[])[]
  /** Rows of the table (0 is the header) that nothing has touched: each is read as it stands, or the file is refused. */
  readonly untouched: readonly number[]
  /** Nothing else may come out of the file either. */
  readonly isWhole: boolean
}

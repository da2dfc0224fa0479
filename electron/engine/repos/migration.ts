/** One forward step of the schema. Released steps never change; a new need is a new step. */
export interface Migration {
  /** 1, 2, 3, ... without gaps: the value of `user_version` after the step. */
  readonly version: number
  /** The words of its file name. */
  readonly name: string
  readonly sql: string
}

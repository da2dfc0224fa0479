/** One option of a select; `names` are further words by which it is found. */
export interface SelectOption {
  readonly value: string
  readonly label: string
  readonly names?: readonly string[]
}

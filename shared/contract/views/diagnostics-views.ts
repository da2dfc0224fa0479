/** One file of a diagnostics bundle. */
export interface DiagnosticsMember {
  readonly name: string
  readonly text: string
}

import type { CodeList, RecordTypeSpec } from '@shared/standard/pack'

/** The standard in force, as the form, the grid and the reference page need it. */
export interface StandardView {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly from: string
  readonly recordTypes: readonly RecordTypeSpec[]
  readonly codeLists: Readonly<Record<string, CodeList>>
}

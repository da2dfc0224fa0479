import type { CrossRecordFunction } from '@shared/standard/standard'
import * as v from 'valibot'

/** A function of the closed set that looks at several records. Whoever owns the records judges it. */
export interface CrossRecordDefinition {
  readonly name: CrossRecordFunction
  readonly options: v.GenericSchema
  /** Options that are right, shown beside the ones that are wrong. */
  readonly example: Readonly<Record<string, unknown>>
}

/** One decision about one subject is one record: within a file, at the desk and against what was accepted. */
const uniqueInDesk: CrossRecordDefinition = {
  name: 'uniqueInDesk',
  options: v.strictObject({}),
  example: {},
}

/** Two subjects under one document number are a joint decision, or one of the two numbers is wrong. */
const sameDocNoOtherSubject: CrossRecordDefinition = {
  name: 'sameDocNoOtherSubject',
  options: v.strictObject({}),
  example: {},
}

/** The functions over several records by name. A new one needs a line here, a name in `crossRecordFunctions`, tests. */
export const crossRecordDefinitions: ReadonlyMap<string, CrossRecordDefinition> = new Map(
  [uniqueInDesk, sameDocNoOtherSubject].map((definition) => [definition.name, definition]),
)

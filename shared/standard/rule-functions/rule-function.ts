import type { CodeIndex } from '@shared/standard/code-index'
import type { Inspect, IdentifierKind } from '@shared/standard/identifiers/identifier-registry'
import type { Fix } from '@shared/standard/issue'
import type { FieldSpec, FieldValues, RecordTypeSpec } from '@shared/standard/pack'
import type { CheckContext } from '@shared/standard/standard'
import type { GenericSchema } from 'valibot'

/** What a rule found: the values its sentence needs, and a provable remedy. */
export interface Finding {
  readonly params?: Readonly<Record<string, string | number>>
  readonly fix?: Fix
}

/** The finding of a rule whose sentence needs nothing but the field. */
export const FOUND: Finding = Object.freeze({})

/** Judges one record; `value` is that of the first field, '' when blank. Allocates nothing when all is well. */
export type Judge = (value: string, values: FieldValues, context: CheckContext) => Finding | null

/** The judge of a rule that can find nothing in this pack: it is left out. */
export const NOTHING_TO_FIND: Judge = () => null

/** What compiling a rule may look at. */
export interface RuleScope {
  readonly type: RecordTypeSpec
  field(code: string): FieldSpec
  codes(listId: string): CodeIndex
  /** The inspection of one identifier; the rules of one field share its last result. */
  inspect(kind: IdentifierKind, field: string): Inspect
}

/** One function of the closed set. `Options` are validated when the pack is loaded. */
export interface RuleFunction<Options = unknown> {
  readonly name: string
  /** `each`: applies to every field of `on` by itself. `together`: looks at all of them at once. */
  readonly scope: 'each' | 'together'
  /** Whether it also judges a record whose first field is blank. */
  readonly judgesBlank: boolean
  /** It never finds anything in a first field that has a value. */
  readonly judgesBlankOnly?: boolean
  /**
   * Characters (UTF-16 units) of which a value must hold at least one for anything to be found in it; null when that
   * cannot be told.
   */
  readonly neededCharacters?: (options: Options) => string | null
  /** It can only find characters outside everyday Chinese text, so ordinary values need not be shown to it. */
  readonly unusualCharactersOnly?: boolean
  /**
   * Its verdict follows from the value and the business date alone, so that a value that was found sound in one record
   * (a bureau, a class, a day) need not be judged again in the next.
   */
  readonly judgesValueAlone?: boolean | ((options: Options) => boolean)
  readonly options: GenericSchema<unknown, Options>
  /** Options that are right, shown beside the ones that are wrong. */
  readonly example: Readonly<Record<string, unknown>>
  compile(on: readonly FieldSpec[], options: Options, scope: RuleScope): Judge
}

/** Declares a function; its option type follows from its schema. */
export const ruleFunction = <Options>(definition: RuleFunction<Options>): RuleFunction<Options> => definition

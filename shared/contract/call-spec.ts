import type { BaseIssue, BaseSchema, InferOutput } from 'valibot'

/** Any boundary schema. */
export type Schema = BaseSchema<unknown, unknown, BaseIssue<unknown>>

/** One call of the contract: who answers it, what it takes (checked at the boundary) and what it gives. */
export interface CallSpec<Where extends 'engine' | 'host', Input extends Schema, Output> {
  /** `engine` owns data; `host` is the shell or the loopback host (dialogs, files, windows, mode). */
  readonly where: Where
  readonly input: Input
  /** Carries the output type only; never set. */
  readonly output?: Output
}

/** Declares a call: `call<Output>()('engine', inputSchema)`. */
export const call =
  <Output>() =>
  <Where extends 'engine' | 'host', Input extends Schema>(
    where: Where,
    input: Input,
  ): CallSpec<Where, Input, Output> => ({
    where,
    input,
  })

/** The parsed input of a call spec. */
export type SpecInput<Spec> =
  Spec extends CallSpec<'engine' | 'host', infer Input, unknown> ? InferOutput<Input> : never

/** The output of a call spec. */
export type SpecOutput<Spec> = Spec extends CallSpec<'engine' | 'host', Schema, infer Output> ? Output : never

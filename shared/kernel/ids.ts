declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

/** UUIDv7 of a record, made by the desk, the same for ever. */
export type RecordId = Id<'RecordId'>
/** UUIDv7 of a sealed batch. */
export type BatchId = Id<'BatchId'>
/** Id of a long task (import, submission, pull). */
export type TaskId = Id<'TaskId'>
/** One-use name under which a host knows a file that the user chose. */
export type FileToken = Id<'FileToken'>

/** The id port: time-ordered ids in the product, fixed ones in tests. */
export interface Ids {
  /** A new UUIDv7. */
  next(): string
}

/** What lies where in the files that travel by hand (resources/exchange/package.md). */
import * as v from 'valibot'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const uuid = v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/))

/** The head of a file that a desk gives out. */
export const packageHeadSchema = v.object({
  packageId: uuid,
  clientId: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}$/)),
  bureau: id,
  /** Up to where the desk knows the feed. */
  feedCursor: v.pipe(v.string(), v.maxLength(2_000)),
  batches: v.array(v.object({ batchId: uuid, manifestSha256: v.string(), parts: v.number() })),
})
export type PackageHead = v.InferOutput<typeof packageHeadSchema>

/** The head of a file that a platform gives back. */
export const answerHeadSchema = v.object({
  /** Running number of the answers to one desk, from 1. */
  answerNo: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** The package that was answered. */
  inReplyTo: uuid,
  clientId: id,
  bureau: id,
  batches: v.array(uuid),
})
export type AnswerHead = v.InferOutput<typeof answerHeadSchema>

/** Names of the members of both files. */
export const memberNames = {
  manifest: (batchId: string): string => `batches/${batchId}/manifest.json`,
  part: (batchId: string, no: number): string => `batches/${batchId}/parts/${no}.ndjson.gz`,
  state: (batchId: string): string => `batches/${batchId}/state.json`,
  items: (batchId: string): string => `batches/${batchId}/items.ndjson`,
  receipt: (batchId: string): string => `batches/${batchId}/receipt.json`,
  feed: 'feed.json',
  standard: (standardId: string, version: string): string => `standards/${standardId}/${version}.json`,
} as const

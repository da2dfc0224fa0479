import type { PlatformLimits } from '@shared/domain/exchange'

/** What `GET /capabilities` promises and the routes enforce. */
export const limits: PlatformLimits = {
  maxPartBytes: 1_048_576,
  maxPartItems: 500,
  maxBatchItems: 100_000,
  minPollSeconds: 1,
}

/** A part may inflate to this much and no further; 500 items of the longest texts need about a quarter of it. */
export const MAX_INFLATED_PART_BYTES = 64 * 1024 * 1024
/** A manifest names at most as many parts as items; one of 2,000 parts is about 250 KB. */
export const MAX_PARTS = 2_000
/** Cap of every body that is not a part. */
export const MAX_JSON_BYTES = 524_288

/** Cap of an upload of rows as SOAP. */
export const MAX_SOAP_BYTES = 64 * 1024 * 1024
/** Cap of a package that is handed in. */
export const MAX_PACKAGE_BYTES = 256 * 1024 * 1024

export const MAX_SKEW_SECONDS = 300
export const NONCE_MEMORY_SECONDS = 600
export const IDEMPOTENCY_WINDOW_DAYS = 90

/** Most rows of one answer: items of a batch, hits of a look-up, events of a feed page. */
export const MAX_PAGE_ITEMS = 1_000
export const MAX_LOOKUP_HITS = 10_000
export const MAX_FEED_EVENTS = 500

const SHORTEST_MS = 1_000
const LONGEST_MS = 60 * 60 * 1_000

const clamp = (ms: number): number => Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Math.round(ms)))

/** A `Retry-After` header in milliseconds, within 1 s .. 1 h; null when it is absent or neither seconds nor a date. */
export function readRetryAfter(header: string | null, now: string): number | null {
  if (header === null) return null
  const text = header.trim()
  if (/^-?\d+(\.\d+)?$/.test(text)) return clamp(Number(text) * 1_000)
  const at = /^[A-Za-z]{3},? /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : clamp(at - Date.parse(now))
}

import type { SheetLimits } from '@engine/sheets/sheet-limits'

const seconds = 600
const caps: Partial<SheetLimits> = {
  rows: 2_000_000,
  fileBytes: 2 ** 31 - 1,
  timeoutMs: seconds * 1_000,
}

/**
 * The product refuses files larger than any clerk has. The bench raises those caps on the way to the sheet child, so
 * that nothing in the product has to know of it.
 */
export const raisedLimits = {
  memoryMb: 2_048,
  seconds,
  caps,
  /** The message with its limits raised; others pass as they are. */
  in(message: unknown): unknown {
    const { request } = message as { readonly request?: { readonly limits: SheetLimits } }
    if (request === undefined) return message
    return { ...(message as object), request: { ...request, limits: { ...request.limits, ...caps } } }
  },
} as const

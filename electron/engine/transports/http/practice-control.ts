import { createWire } from './wire-exchange'
import type { WireAnswer } from './wire-exchange'

const DEADLINE_MS = 15_000

/** Asks one of the unsigned controls that only practice platforms have: reads it, or with a body tells it something. */
export async function askControl(url: URL, body: unknown = null): Promise<WireAnswer> {
  const wire = createWire({ isLoopback: true, deadlineMs: DEADLINE_MS })
  try {
    return await wire.send(
      {
        method: body === null ? 'GET' : 'POST',
        url: url.href,
        headers: { 'Content-Type': 'application/json' },
        body: body === null ? null : Buffer.from(JSON.stringify(body)),
      },
      undefined,
    )
  } finally {
    wire.dispose()
  }
}

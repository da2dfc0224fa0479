import * as v from 'valibot'
import { refuse } from '@shared/kernel/failure'
import { fill } from '@shared/texts/fill'
import { connectionDetails } from '@shared/texts/zh-CN/connection'
import { createWire } from '@engine/transports/http/wire-exchange'

const ENROL_DEADLINE_MS = 15_000

/** Makes a desk known to a practice platform. Refuses `transport.offline`, `connection.invalid`. */
export async function enrol(url: string, body: unknown): Promise<void> {
  const wire = createWire({ isLoopback: true, deadlineMs: ENROL_DEADLINE_MS })
  try {
    const answer = await wire.send(
      {
        method: 'POST',
        url,
        headers: { 'Content-Type': 'application/json' },
        body: Buffer.from(JSON.stringify(body)),
      },
      undefined,
    )
    if (answer.kind === 'none') refuse('transport.offline', { detail: answer.detail }, { kind: 'auto' })
    const isEnrolled = v.is(v.object({ clientId: v.string() }), parsed(answer.text))
    if (answer.status >= 300 || !isEnrolled) {
      refuse('connection.invalid', { detail: fill(connectionDetails.enrol, { detail: answer.status }) })
    }
  } finally {
    wire.dispose()
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown)
  } catch {
    return null
  }
}

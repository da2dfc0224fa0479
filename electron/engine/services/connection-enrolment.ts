import * as v from 'valibot'
import { refuse } from '@shared/kernel/failure'
import { fill } from '@shared/texts/fill'
import { connectionDetails } from '@shared/texts/zh-CN/connection'
import { askControl } from '@engine/transports/http/practice-control'

/** Makes a desk known to a practice platform. Refuses `transport.offline`, `connection.invalid`. */
export async function enrol(origin: string, body: unknown): Promise<void> {
  const answer = await askControl(new URL('/practice/enrol', origin), body)
  if (answer.kind === 'none') refuse('transport.offline', { detail: answer.detail }, { kind: 'auto' })
  const isEnrolled = v.is(v.object({ clientId: v.string() }), parsed(answer.text))
  if (answer.status >= 300 || !isEnrolled) {
    refuse('connection.invalid', { detail: fill(connectionDetails.enrol, { detail: answer.status }) })
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown)
  } catch {
    return null
  }
}

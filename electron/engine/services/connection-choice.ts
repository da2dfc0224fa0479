/** The test of ways that do not speak the exchange protocol over a wire, and the place that each leads to. */
import type { ConnectionStep, ConnectionTest } from '@shared/contract/views/connection-views'
import type { TransportSettings } from '@shared/contract/transport-settings'
import { refuse } from '@shared/kernel/failure'
import { choiceTexts, connectionTexts } from '@shared/texts/zh-CN/connection'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { isLoopbackHost } from '@engine/transports/platform-address'
import { checkServiceAddress } from '@engine/transports/service-address'
import type { Refusal, Reply } from '@engine/transports/transport-port'

/** The place of a chosen way in words; refuses `connection.invalid` for an address that cannot be used. */
export function placeOf(settings: TransportSettings): string {
  switch (settings.kind) {
    case 'http':
      return settings.platformUrl
    case 'package':
      return ''
    case 'city-soap': {
      const address = checkServiceAddress(settings.serviceUrl, settings.allowsPlain)
      if (address.ok) return address.url
      return refuse('connection.invalid', { detail: connectionTexts.address[address.problem] })
    }
    case 'front-db':
      return `${settings.host}:${settings.port}/${settings.database}`
  }
}

/** The machine that a way reaches, as an address; null where a person carries files. */
export function addressOf(settings: TransportSettings | null): string | null {
  switch (settings?.kind) {
    case undefined:
    case 'package':
      return null
    case 'http':
      return settings.platformUrl
    case 'city-soap':
      return settings.serviceUrl
    case 'front-db':
      return isLocalHost(settings.host) ? 'http://localhost' : `http://${settings.host}:${settings.port}`
  }
}

/** Whether a database host is on this machine: a socket, or a loopback name. */
const isLocalHost = (host: string): boolean => host.startsWith('/') || isLoopbackHost(host)

const step = (name: ConnectionStep['step'], ok: boolean, message: string): ConnectionStep => ({
  step: name,
  ok,
  message,
})
const verdict = (steps: readonly ConnectionStep[]): ConnectionTest => ({
  ok: steps.every(({ ok }) => ok),
  steps,
})

/** Files by hand need nothing that could be reached, only the platform's key. */
export const handTest = (hasKey: boolean): ConnectionTest =>
  verdict([step('signature', hasKey, hasKey ? choiceTexts.byHand.ok : choiceTexts.byHand['no-key'])])

function failedAt({ kind, failure }: Refusal): ConnectionStep['step'] {
  if (failure.code === 'transport.tls') return 'tls'
  if (kind === 'auth') return 'signature'
  return kind === 'conflict' || kind === 'protocol' || kind === 'poison' ? 'standard' : 'reach'
}

const ROW_STEPS = ['reach', 'signature', 'standard'] as const

/** What one look at a platform of rows showed: is it there, does it know us, has it places for our types. */
export function rowTest(reply: Reply<unknown>): ConnectionTest {
  const { rows } = choiceTexts
  if (reply.kind === 'ok') return verdict(ROW_STEPS.map((name) => step(name, true, rows[name])))
  const failed = failedAt(reply)
  const at = ROW_STEPS.findIndex((name) => name === failed)
  const passed = ROW_STEPS.slice(0, Math.max(at, 0)).map((name) => step(name, true, rows[name]))
  return verdict([...passed, step(failed, false, failureSentence(reply.failure))])
}

import type { ConnectionStep, ConnectionTest } from '@shared/contract/views/connection-views'
import type { Capabilities } from '@shared/domain/exchange'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import { cut, withoutDeceivers } from '@shared/kernel/text'
import { fill } from '@shared/texts/fill'
import { connectionTexts, signatureTexts } from '@shared/texts/zh-CN/connection'
import type { AddressCheck } from '@engine/transports/platform-address'
import type { Refusal, Reply } from '@engine/transports/transport-port'
import { MAX_SKEW_SECONDS } from './connection-link'

type StepName = ConnectionStep['step']
type Params = Readonly<Record<string, string | number | null>>

/** What the test saw. */
export interface ConnectionFindings {
  readonly address: AddressCheck
  /** Null when the address was not fit to be asked. */
  readonly reply: Reply<Capabilities> | null
  readonly skewMs: number | null
  readonly bureauCode: string
  readonly standardVersion: string
  /** How the desk wrote its signature. */
  readonly spelling: SignatureSpelling
  readonly takesStandard: (capabilities: Capabilities) => boolean
}

/** The step at which a refusal shows, with the key of its sentence. */
function failedStep(refusal: Refusal): { readonly step: StepName; readonly text: string } {
  const { code } = refusal.failure
  switch (code) {
    case 'transport.tls':
      return { step: 'tls', text: connectionTexts.tls.refused }
    case 'transport.redirected':
      return { step: 'page', text: connectionTexts.page.redirected }
    case 'transport.captive-page':
      return { step: 'page', text: connectionTexts.page.captive }
    case 'transport.reply-too-large':
      return { step: 'page', text: connectionTexts.page['too-large'] }
    case 'transport.timeout':
      return { step: 'reach', text: connectionTexts.reach.timeout }
    case 'transport.busy':
      return { step: 'reach', text: connectionTexts.reach.busy }
    case 'platform.clock-skew':
      return { step: 'clock', text: connectionTexts.clock.refused }
    case 'platform.signature-refused':
      return { step: 'signature', text: connectionTexts.signature.spelling }
    case 'connection.wrong-key':
      return { step: 'signature', text: connectionTexts.signature['no-key'] }
    case 'platform.auth-refused':
      return { step: 'signature', text: connectionTexts.signature.refused }
    default:
      return code === 'transport.offline' || code === 'task.cancelled'
        ? { step: 'reach', text: connectionTexts.reach.offline }
        : { step: 'page', text: connectionTexts.page.protocol }
  }
}

/** A longer id is cut: a sentence is no place for all of it. */
const SHOWN_ID = 40

const spellingWords = ({ encoding, userId }: SignatureSpelling): Params => ({
  encoding: signatureTexts.encodings[encoding],
  userId: cut(withoutDeceivers(userId), SHOWN_ID),
})

const ORDER: readonly StepName[] = [
  'address',
  'reach',
  'tls',
  'page',
  'clock',
  'signature',
  'bureau',
  'standard',
]

/** Turns what one request showed into the steps of the test, in order, up to the first that fails. */
export function connectionTest(findings: ConnectionFindings): ConnectionTest {
  const { address, reply } = findings
  const steps: ConnectionStep[] = []
  const end = (): ConnectionTest => ({
    ok: steps.every((step) => step.ok) && steps.length === ORDER.length,
    steps,
  })
  const pass = (step: StepName, text: string, params: Params = {}): void => {
    steps.push({ step, ok: true, message: fill(text, params) })
  }
  const fail = (step: StepName, text: string, params: Params = {}): ConnectionTest => {
    steps.push({ step, ok: false, message: fill(text, params) })
    return end()
  }
  const tlsText = address.ok && address.isLoopback ? connectionTexts.tls.loopback : connectionTexts.tls.ok
  const passUntil = (step: StepName): void => {
    const texts: Partial<Record<StepName, string>> = {
      reach: connectionTexts.reach.ok,
      tls: tlsText,
      page: connectionTexts.page.ok,
      clock: connectionTexts.clock.ok,
    }
    for (const name of ORDER.slice(1, ORDER.indexOf(step))) pass(name, texts[name] ?? '')
  }

  if (!address.ok) return fail('address', connectionTexts.address[address.problem])
  pass('address', connectionTexts.address.ok)
  if (reply === null) return end()
  if (reply.kind !== 'ok') {
    const { step, text } = failedStep(reply)
    passUntil(step)
    return fail(step, text, { ...reply.failure.params, ...spellingWords(findings.spelling) })
  }
  passUntil('clock')
  const seconds = Math.round((findings.skewMs ?? 0) / 1_000)
  if (Math.abs(seconds) > MAX_SKEW_SECONDS) pass('clock', connectionTexts.clock.corrected, { seconds })
  else pass('clock', connectionTexts.clock.ok)
  pass('signature', connectionTexts.signature.ok)
  const { bureau, standards } = reply.value
  if (bureau.code !== findings.bureauCode) return fail('bureau', connectionTexts.bureau.different, bureau)
  pass('bureau', connectionTexts.bureau.ok, bureau)
  const version = findings.standardVersion
  if (!findings.takesStandard(reply.value)) {
    const accepted = standards.map((standard) => `${standard.id} ${standard.version}`).join('、')
    return fail('standard', connectionTexts.standard.refused, { version, accepted })
  }
  pass('standard', connectionTexts.standard.ok, { version })
  return end()
}

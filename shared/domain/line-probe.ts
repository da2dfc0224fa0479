/**
 * What is seen of the line to the platform while sending fails, so that a bureau can show afterwards on whose side it
 * was. Each probe walks outwards from this machine and ends where nothing answers any more.
 */
export const probeStepNames = ['interfaces', 'loopback', 'gateway', 'dns', 'tcp', 'https'] as const
export type ProbeStepName = (typeof probeStepNames)[number]

/** One step of a probe; `ok` is null where it does not apply. */
export interface ProbeStep {
  readonly step: ProbeStepName
  readonly ok: boolean | null
  /** A system error code, a status or a count; never an address of a person or a name. */
  readonly detail: string
  readonly ms: number
}

/**
 * On whose side a probe found the fault. `local`: this machine or its cable. `gateway`: the bureau's own way out, name
 * service or network login. `network`: beyond the bureau, before the platform answers. `platform`: the platform answers
 * wrongly or refuses connections. `ok`: nothing was wrong.
 */
export const lineFaults = ['local', 'gateway', 'network', 'platform', 'ok'] as const
export type LineFault = (typeof lineFaults)[number]

/** Connection errors by which the other machine itself says no: it is there. */
const ANSWERED = ['ECONNREFUSED', 'ECONNRESET']

/** Whether a connection attempt shows that there is a machine at the other end. */
export const isAnswered = (code: string): boolean => ANSWERED.includes(code)

/** On whose side the fault is, from the steps alone: the first sign outwards from this machine decides. */
export function faultOf(steps: readonly ProbeStep[]): LineFault {
  const of = (name: ProbeStepName): ProbeStep | undefined => steps.find(({ step }) => step === name)
  const hasFailed = (name: ProbeStepName): boolean => of(name)?.ok === false
  const https = of('https')
  // What answers at the far end has a whole line before it, whatever a gateway that ignores probes says.
  if (https?.ok === true) return 'ok'
  if (hasFailed('interfaces') || hasFailed('loopback')) return 'local'
  if (/^(?:captive|30\d|407|511)/.test(https?.detail ?? '')) return 'gateway'
  if (of('tcp')?.ok === true) return 'platform'
  if (isAnswered(of('tcp')?.detail ?? '')) return 'platform'
  if (hasFailed('gateway')) return 'gateway'
  if (hasFailed('dns')) return 'gateway'
  return 'network'
}

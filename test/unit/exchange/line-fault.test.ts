import { describe, expect, it } from 'vitest'
import { faultOf } from '@shared/domain/line-probe'
import type { LineFault, ProbeStep } from '@shared/domain/line-probe'

/** Steps in short: `name=ok|detail`; a blank detail is a step that went well, `-` one that does not apply. */
const steps = (text: string): readonly ProbeStep[] =>
  text.split(' ').map((part) => {
    const [step, detail = ''] = part.split('=')
    const ok = detail === '' ? true : detail === '-' ? null : false
    return { step: step as ProbeStep['step'], ok, detail, ms: 1 }
  })

const cases: readonly (readonly [string, string, LineFault])[] = [
  ['all well', 'interfaces loopback gateway dns tcp https', 'ok'],
  [
    'a gateway that ignores probes is no fault where the platform answers',
    'gateway=ETIMEDOUT tcp https',
    'ok',
  ],
  [
    'the cable is out',
    'interfaces=0 loopback gateway=- dns=EAI_AGAIN tcp=ENETUNREACH https=offline',
    'local',
  ],
  [
    'the machine cannot even reach itself',
    'interfaces loopback=EADDRNOTAVAIL tcp=EACCES https=offline',
    'local',
  ],
  [
    'the gateway is gone',
    'interfaces loopback gateway=EHOSTUNREACH dns=- tcp=EHOSTUNREACH https=offline',
    'gateway',
  ],
  [
    'the name service is gone',
    'interfaces loopback gateway dns=EAI_AGAIN tcp=EAI_AGAIN https=offline',
    'gateway',
  ],
  ['a login page stands in the way', 'interfaces loopback gateway dns tcp https=captive', 'gateway'],
  [
    'beyond the bureau nothing answers',
    'interfaces loopback gateway dns tcp=ETIMEDOUT https=offline',
    'network',
  ],
  [
    'the platform refuses connections',
    'interfaces loopback gateway dns tcp=ECONNREFUSED https=offline',
    'platform',
  ],
  ['the platform answers with 503', 'interfaces loopback gateway dns tcp https=503', 'platform'],
  [
    'the platform takes the connection and says nothing',
    'loopback gateway dns tcp https=timeout',
    'platform',
  ],
  ['the certificate of the platform has expired', 'loopback gateway dns tcp https=tls', 'platform'],
]

describe('the side of a fault', () => {
  it.each(cases)('%s', (_title, text, fault) => {
    expect(faultOf(steps(text))).toBe(fault)
  })
})

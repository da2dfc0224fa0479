/** Every way to reach a platform, by kind: what it can do, and how it is made from its settings. */
import type { SettingsOf } from '@shared/contract/transport-settings'
import type { TransportKind } from '@shared/domain/transport'
import type { SmProvider } from '@engine/crypto/sm-provider'
import type { SigningKey } from '@engine/crypto/signing-key'
import { randomHex } from '@engine/crypto/random'
import { createCitySoap } from './city-soap/city-soap'
import { exchangeTraits } from './exchange-traits'
import { createFrontDb } from './front-db/front-db'
import { createHttpTransport } from './http/http-transport'
import { createRowsAsBatches } from './rows/rows-as-batches'
import type { RowsAsBatchesDeps } from './rows/rows-as-batches'
import { rowTraits } from './rows/row-traits'
import type { Transport, TransportTraits } from './transport-port'

/** What transports are made with. */
export interface TransportPorts extends RowsAsBatchesDeps {
  readonly sm: SmProvider
  /** Signs for the desk. */
  readonly key: SigningKey
}

interface TransportLine<Kind extends TransportKind> {
  readonly traits: TransportTraits
  readonly create: (settings: SettingsOf<Kind>, ports: TransportPorts) => Transport
}

type Lines = { readonly [Kind in Exclude<TransportKind, 'package'>]: TransportLine<Kind> } & {
  /** Files are carried by hand: there is nothing to call. */
  readonly package: { readonly traits: TransportTraits }
}

export const transportRegistry: Lines = {
  http: {
    traits: exchangeTraits('http'),
    create: ({ platformUrl, clientId, spelling }, { clock, sm, key }) =>
      createHttpTransport({
        ...{ platformUrl, clientId, spelling, clock, sm, key },
        nonce: () => randomHex(16),
      }),
  },
  package: { traits: exchangeTraits('package') },
  'city-soap': {
    traits: rowTraits('city-soap'),
    create: (settings, ports) =>
      createRowsAsBatches(
        createCitySoap(settings, () => ports.clock.now()),
        ports,
      ),
  },
  'front-db': {
    traits: rowTraits('front-db'),
    create: (settings, ports) =>
      createRowsAsBatches(
        createFrontDb(settings, () => ports.clock.now()),
        ports,
      ),
  },
}

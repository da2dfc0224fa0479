import { randomHex } from '@engine/crypto/random'
import type { SigningKey } from '@engine/crypto/signing-key'
import type { SmProvider } from '@engine/crypto/sm-provider'
import { softwareKey } from '@engine/crypto/software-keys'
import type { MetaRepo } from './store/meta-repo'

/** Who this platform is: made at the first start in a data folder, the same ever after. */
export interface PlatformIdentity {
  /** Hex; tells the events and cursors of this platform from those of another. */
  readonly platformId: string
  readonly key: SigningKey
  /** The client id suggested to a desk. */
  readonly clientId: string
}

export function readPlatformIdentity(meta: MetaRepo, provider: SmProvider): PlatformIdentity {
  const platformId = meta.getOrSet('platformId', () => randomHex(6))
  const privateKey = meta.getOrSet('privateKey', () => provider.generateKeyPair().privateKey)
  return {
    platformId,
    key: softwareKey(privateKey),
    clientId: meta.getOrSet('clientId', () => `desk-${randomHex(4)}`),
  }
}

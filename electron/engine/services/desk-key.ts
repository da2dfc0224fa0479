import { refuse } from '@shared/kernel/failure'
import { connectionDetails } from '@shared/texts/zh-CN/connection'
import type { KeyReference, SigningKey, SigningKeyProvider } from '@engine/crypto/signing-key'
import type { SettingRepo } from '@engine/repos/repo-types'

/**
 * The one key of a desk, by which platforms know it: what the store names, opened by its provider when it is first
 * needed. The public key is known even while the key is not at hand. Refuses `connection.wrong-key` when it is not, or
 * when the store names none.
 */
export function createDeskKey(settings: SettingRepo, keys: SigningKeyProvider): SigningKey {
  let opened: { readonly place: string; readonly key: SigningKey } | null = null
  const reference = (): KeyReference =>
    settings.get<KeyReference>('deskKey') ??
    refuse('connection.wrong-key', { detail: connectionDetails.deskKey })
  const open = (): SigningKey => {
    const named = reference()
    const place = JSON.stringify(named)
    if (opened?.place !== place) opened = { place, key: keys.open(named) }
    return opened.key
  }
  return {
    get publicKey() {
      return reference().publicKey
    },
    sign: (message, spelling) => open().sign(message, spelling),
    unwrap: (wrapped) => open().unwrap(wrapped),
  }
}

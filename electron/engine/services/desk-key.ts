import { refuse } from '@shared/kernel/failure'
import { connectionDetails } from '@shared/texts/zh-CN/connection'
import type { KeyReference, SigningKey, SigningKeyProvider } from '@engine/crypto/signing-key'
import type { SettingRepo } from '@engine/repos/repo-types'

/** The one key of a desk, by which platforms know it. */
export interface DeskKey {
  /** Known even while the key itself is not at hand. Refuses `connection.wrong-key` when the store names no key. */
  publicKey(): string
  /** Refuses `connection.wrong-key` when the key is not at hand. */
  open(): SigningKey
}

/** The key that the store names, opened once by its provider and again only when the store names another. */
export function createDeskKey(settings: SettingRepo, keys: SigningKeyProvider): DeskKey {
  let opened: { readonly place: string; readonly key: SigningKey } | null = null
  const reference = (): KeyReference =>
    settings.get<KeyReference>('deskKey') ??
    refuse('connection.wrong-key', { detail: connectionDetails.deskKey })
  return {
    publicKey: () => reference().publicKey,
    open() {
      const named = reference()
      const place = JSON.stringify(named)
      if (opened?.place !== place) opened = { place, key: keys.open(named) }
      return opened.key
    },
  }
}

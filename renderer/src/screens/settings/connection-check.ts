import { isUserId } from '@shared/domain/signature-spelling'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import { texts } from '@renderer/texts/zh-CN'

/** What the form of the connection holds. */
export interface ConnectionForm {
  readonly platformUrl: string
  readonly clientId: string
  readonly platformPublicKey: string
  readonly spelling: SignatureSpelling
}

const { checks: words, signature: spellingWords } = texts.settings.connection

/** What is plainly wrong before anything is sent, by field; the engine judges the rest. */
export function checkConnection(form: ConnectionForm): Partial<Record<keyof ConnectionForm, string>> {
  return {
    ...(/^https?:\/\/[^\s/]+\S*$/.test(form.platformUrl.trim()) ? {} : { platformUrl: words.url }),
    ...(/^[\x21-\x7e]{1,128}$/.test(form.clientId.trim()) ? {} : { clientId: words.clientId }),
    ...(/^04[0-9a-fA-F]{128}$/.test(form.platformPublicKey.trim())
      ? {}
      : { platformPublicKey: words.publicKey }),
    ...(isUserId(form.spelling.userId.trim()) ? {} : { spelling: spellingWords.userIdInvalid }),
  }
}

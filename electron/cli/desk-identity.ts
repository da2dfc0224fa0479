import * as v from 'valibot'
import { refuse } from '@shared/kernel/failure'
import { bureauSchema, clientIdSchema } from '@shared/contract/desk-mode'
import type { Bureau } from '@shared/contract/desk-mode'
import { usageTexts } from '@shared/texts/zh-CN/cli'
import { checkPlatformAddress } from '@engine/transports/platform-address'

/** The bureau that was typed; `usage.invalid` when it cannot be one. */
export function readBureau(code: string, name: string): Bureau {
  const parsed = v.safeParse(bureauSchema, { code, name })
  return parsed.success ? parsed.output : refuse('usage.invalid', { detail: usageTexts.bureau })
}

/** The client id that was typed; `usage.invalid` when it cannot stand in a header. */
export function readClientId(text: string): string {
  const parsed = v.safeParse(clientIdSchema, text)
  return parsed.success ? parsed.output : refuse('usage.invalid', { detail: usageTexts.clientId })
}

/** The platform address that was typed, tidied; `usage.invalid` when it cannot be one. */
export function readPlatformUrl(text: string): string {
  const address = checkPlatformAddress(text)
  return address.ok ? address.url : refuse('usage.invalid', { detail: usageTexts.platformUrl })
}

import * as v from 'valibot'
import { spellingSchema } from '@shared/contract/transport-settings'
import { MAX_USER_ID_BYTES, signatureEncodings } from '@shared/domain/signature-spelling'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import { refuse } from '@shared/kernel/failure'
import { fill } from '@shared/texts/fill'
import { usageTexts } from '@shared/texts/zh-CN/cli'
import type { Arguments } from './arguments'

/** Options for how signatures are written, on the side of a desk and of a practice platform. */
export const spellingOptions = {
  'signature-encoding': { type: 'string' },
  'signature-user-id': { type: 'string' },
} as const

/** Their part of a usage line. */
export const spellingUsage = '[--signature-encoding der|raw] [--signature-user-id TEXT]'

/** Reads them; what is left out is as the exchange protocol prescribes. `usage.invalid` for what cannot be one. */
export function readSpelling(args: Arguments): SignatureSpelling {
  const encoding = args.text('signature-encoding')
  const userId = args.text('signature-user-id')
  const given = { ...(encoding === null ? {} : { encoding }), ...(userId === null ? {} : { userId }) }
  const parsed = v.safeParse(spellingSchema, given)
  if (parsed.success) return parsed.output
  const detail =
    v.getDotPath(parsed.issues[0]) === 'encoding'
      ? fill(usageTexts.oneOf, { name: 'signature-encoding', allowed: signatureEncodings.join('、') })
      : fill(usageTexts.signatureUserId, { most: MAX_USER_ID_BYTES })
  return refuse('usage.invalid', { detail })
}

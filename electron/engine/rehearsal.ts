import { refuse } from '@shared/kernel/failure'
import { usageTexts } from '@shared/texts/zh-CN/cli'
import { isLoopbackHost } from '@engine/transports/platform-address'

/**
 * Refuses `usage.invalid` for a platform that is not on this machine: with a made-up time, dates in real submissions
 * would be wrong. A desk without a platform may rehearse.
 */
export function refuseRehearsalAt(platformUrl: string | null): void {
  if (platformUrl === null || !URL.canParse(platformUrl)) return
  if (!isLoopbackHost(new URL(platformUrl).hostname))
    refuse('usage.invalid', { detail: usageTexts.rehearsalOnly })
}

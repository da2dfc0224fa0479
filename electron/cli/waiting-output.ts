import type { Inbox } from '@shared/contract/views/exchange-views'
import { fill } from '@shared/texts/fill'
import { cliTexts } from '@shared/texts/zh-CN/cli'
import { EXIT } from './exit-code'
import type { ExitCode } from './exit-code'

/** What the platform has said and nobody has done yet, as a part of the day: count, and first day on which it is due. */
export function waitingPart(inbox: Inbox): {
  readonly json: { readonly count: number; readonly earliestDueOn: string | null }
  readonly lines: readonly string[]
  readonly exit: ExitCode
} {
  const { notices, groups, total } = inbox
  const open = notices.filter(({ state }) => state === 'open')
  // What was only told asks for nothing.
  const asking = open.filter(({ mayAnswer }) => mayAnswer.length > 0)
  const count = total - (open.length - asking.length)
  const days = [
    ...asking.map(({ dueOn }) => dueOn),
    ...groups.map(({ earliestDueOn }) => earliestDueOn),
  ].filter((day) => day !== null)
  const earliestDueOn = days.sort()[0] ?? null
  return {
    json: { count, earliestDueOn },
    lines: count === 0 ? [] : [fill(cliTexts.waiting, { count, dueOn: earliestDueOn })],
    exit: count === 0 ? EXIT.done : EXIT.needsPerson,
  }
}

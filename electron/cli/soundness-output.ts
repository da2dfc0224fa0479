import type { StoreProblem } from '@shared/contract/views/upkeep-views'
import { storeProblemText } from '@shared/texts/zh-CN/store-problems'
import type { CommandResult } from './command'
import { EXIT } from './exit-code'

/** The answer of the commands that look through a store: `{ok, problems}`, or what to say when there is none. */
export function soundness(problems: readonly StoreProblem[], soundText: string): CommandResult {
  const sentences = problems.map(storeProblemText)
  const isSound = sentences.length === 0
  return {
    json: { ok: isSound, problems: sentences },
    text: isSound ? soundText : sentences.join('\n'),
    exit: isSound ? EXIT.done : EXIT.refused,
  }
}

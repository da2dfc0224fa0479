import type { StoreProblem } from '@engine/services/backup-verification'
import { fill } from '@shared/texts/fill'
import { storeProblemTexts } from '@shared/texts/zh-CN/cli'
import type { CommandResult } from './command'
import { EXIT } from './exit-code'

/** The answer of the commands that look through a store: `{ok, problems}`, or what to say when there is none. */
export function soundness(problems: readonly StoreProblem[], soundText: string): CommandResult {
  const sentences = problems.map(({ code, params }) => fill(storeProblemTexts[code], params))
  const isSound = sentences.length === 0
  return {
    json: { ok: isSound, problems: sentences },
    text: isSound ? soundText : sentences.join('\n'),
    exit: isSound ? EXIT.done : EXIT.refused,
  }
}

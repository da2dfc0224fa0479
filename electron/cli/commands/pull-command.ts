import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import type { Command } from '@cli/command'
import { createProgressLine } from '@cli/progress-line'
import { withDesk } from '@cli/with-desk'
import { EXIT } from '@cli/exit-code'

export const pullCommand: Command = {
  name: 'pull',
  usage: 'pull',
  summary: commandSummaries.pull,
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ opening, note }) {
    return withDesk(opening, async (engine) => {
      const line = createProgressLine(note)
      const pulled = await engine.services.feedback.pull(line).finally(() => line.end())
      // A new standard that has come waits for the consent of a person; one that is only announced asks for nothing.
      const { versions } = engine.services.standards.view()
      const waits = pulled.standards > 0 && versions.some(({ state }) => state === 'consent')
      const { events, rejected, corrections, takedowns, standards } = pulled
      return {
        json: { events, rejected, corrections, takedowns, standards },
        text: fill(cliTexts.pulled, { events, rejected, corrections, takedowns, standards }),
        exit: rejected + corrections + takedowns > 0 || waits ? EXIT.needsPerson : EXIT.done,
      }
    })
  },
}

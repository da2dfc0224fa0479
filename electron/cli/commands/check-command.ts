import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { withDesk } from '@cli/with-desk'

export const checkCommand: Command = {
  name: 'check',
  usage: 'check [--type T]',
  summary: commandSummaries.check,
  options: { type: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run({ args, opening }) {
    return withDesk(opening, async (engine) => {
      const checked = await engine.services.checking.recheckDrafts(args.text('type'))
      return {
        json: checked,
        text: fill(cliTexts.importQuality, {
          clean: checked.clean,
          warned: checked.warned,
          blocked: checked.blocked,
        }),
        exit: checked.blocked + checked.warned > 0 ? EXIT.needsPerson : EXIT.done,
      }
    })
  },
}

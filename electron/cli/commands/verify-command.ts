import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import type { Command } from '@cli/command'
import { soundness } from '@cli/soundness-output'
import { withDesk } from '@cli/with-desk'

export const verifyCommand: Command = {
  name: 'verify',
  usage: 'verify',
  summary: commandSummaries.verify,
  options: {},
  positionals: { min: 0, max: 0 },
  run: ({ opening }) =>
    withDesk(opening, (engine) =>
      Promise.resolve(soundness(engine.services.backup.verify(), cliTexts.storeSound)),
    ),
}

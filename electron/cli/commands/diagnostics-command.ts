import { resolve } from 'node:path'
import { fill } from '@shared/texts/fill'
import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { withDesk } from '@cli/with-desk'

export const diagnosticsCommand: Command = {
  name: 'diagnostics',
  usage: 'diagnostics OUT.zip',
  summary: commandSummaries.diagnostics,
  options: {},
  positionals: { min: 1, max: 1 },
  run({ args, opening }) {
    const path = resolve(args.positionals[0] ?? '')
    return withDesk(opening, async (engine) => {
      const members = await engine.services.diagnostics.write(path)
      const text = fill(cliTexts.diagnosticsWritten, { path, count: members.length })
      return { json: { path, members }, text, exit: EXIT.done }
    })
  },
}

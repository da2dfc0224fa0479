import { fill } from '@shared/texts/fill'
import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import { callEngine } from '@cli/call-engine'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { withDesk } from '@cli/with-desk'

export const releaseCommand: Command = {
  name: 'release',
  usage: 'release BATCH',
  summary: commandSummaries.release,
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ args, opening }) {
    const [batchId = ''] = args.positionals
    return withDesk(opening, async (engine) => {
      const given = await callEngine(engine, 'batches.release', { batchId })
      return { json: given, text: fill(cliTexts.released, { ...given }), exit: EXIT.done }
    })
  },
}

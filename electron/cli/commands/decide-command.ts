import { refuse } from '@shared/kernel/failure'
import { fill } from '@shared/texts/fill'
import { cliTexts, commandSummaries, usageTexts } from '@shared/texts/zh-CN/cli'
import { callEngine } from '@cli/call-engine'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { withDesk } from '@cli/with-desk'

export const decideCommand: Command = {
  name: 'decide',
  usage: 'decide BATCH [RECORD ...] --held|--not-held --reason R',
  summary: commandSummaries.decide,
  options: { held: { type: 'boolean' }, 'not-held': { type: 'boolean' }, reason: { type: 'string' } },
  positionals: { min: 1, max: 5_000 },
  async run({ args, opening }) {
    const [batchId = '', ...records] = args.positionals
    if (args.flag('held') === args.flag('not-held')) refuse('usage.invalid', { detail: usageTexts.heldOrNot })
    const reason = args.required('reason')
    return withDesk(opening, async (engine) => {
      const decided = await callEngine(engine, 'batches.decide', {
        batchId,
        recordIds: records.length === 0 ? null : records,
        decision: args.flag('held') ? 'held' : 'not-held',
        reason,
      })
      return { json: decided, text: fill(cliTexts.decided, { ...decided }), exit: EXIT.done }
    })
  },
}

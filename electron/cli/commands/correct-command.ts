import { commandSummaries } from '@shared/texts/zh-CN/cli'
import type { Command } from '@cli/command'
import { parseAssignments } from '@cli/arguments'
import { callEngine } from '@cli/call-engine'
import { EXIT } from '@cli/exit-code'
import { recordJson, recordText } from '@cli/record-output'
import { withDesk } from '@cli/with-desk'

export const correctCommand: Command = {
  name: 'correct',
  usage: 'correct RECORD FIELD=VALUE ... [--reason R]',
  summary: commandSummaries.correct,
  options: { reason: { type: 'string' } },
  positionals: { min: 1, max: 200 },
  async run({ args, opening }) {
    const [recordId = '', ...assignments] = args.positionals
    const changes = parseAssignments(assignments)
    return withDesk(opening, async (engine) => {
      engine.services.editing.changeOperation({
        recordId,
        op: 'correct',
        changes,
        reason: args.text('reason'),
      })
      const after = await callEngine(engine, 'records.get', { recordId })
      return {
        json: recordJson(after),
        text: recordText(after),
        exit: after.quality === 'clean' ? EXIT.done : EXIT.needsPerson,
      }
    })
  },
}

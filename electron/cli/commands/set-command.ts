import { commandSummaries } from '@shared/texts/zh-CN/cli'
import type { Command } from '@cli/command'
import { parseAssignments } from '@cli/arguments'
import { callEngine } from '@cli/call-engine'
import { EXIT } from '@cli/exit-code'
import { recordJson, recordText } from '@cli/record-output'
import { withDesk } from '@cli/with-desk'

export const setCommand: Command = {
  name: 'set',
  usage: 'set RECORD FIELD=VALUE ...',
  summary: commandSummaries.set,
  options: {},
  positionals: { min: 2, max: 200 },
  async run({ args, opening }) {
    const [recordId = '', ...assignments] = args.positionals
    const changes = parseAssignments(assignments)
    return withDesk(opening, async (engine) => {
      const before = await callEngine(engine, 'records.get', { recordId })
      const after = await callEngine(engine, 'records.save', {
        recordId,
        baseRevision: before.revision,
        changes,
      })
      return {
        json: recordJson(after),
        text: recordText(after),
        exit: after.quality === 'clean' ? EXIT.done : EXIT.needsPerson,
      }
    })
  },
}

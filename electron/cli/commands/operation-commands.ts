import type { Operation } from '@shared/domain/record-status'
import { fill } from '@shared/texts/fill'
import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import { operationTexts } from '@shared/texts/zh-CN/operations'
import type { Command } from '@cli/command'
import { callEngine } from '@cli/call-engine'
import { EXIT } from '@cli/exit-code'
import { recordJson, recordText } from '@cli/record-output'
import { withDesk } from '@cli/with-desk'

/** A command that drafts what the platform is to do with an accepted record. */
const operationCommand = (
  name: 'withdraw' | 'takedown' | 'repair-mark',
  op: Exclude<Operation, 'create' | 'correct'>,
): Command => ({
  name,
  usage: `${name} RECORD --reason R`,
  summary: commandSummaries[name],
  options: { reason: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run({ args, opening }) {
    const [recordId = ''] = args.positionals
    const reason = args.required('reason')
    return withDesk(opening, async (engine) => {
      const after = await callEngine(engine, 'records.operate', { recordId, op, reason })
      const next = fill(cliTexts.operationNext, { operation: operationTexts[op] })
      return { json: recordJson(after), text: `${recordText(after)}\n${next}`, exit: EXIT.done }
    })
  },
})

export const withdrawCommand = operationCommand('withdraw', 'withdraw')
export const takedownCommand = operationCommand('takedown', 'takeDown')
export const repairMarkCommand = operationCommand('repair-mark', 'repairMark')

export const cancelCommand: Command = {
  name: 'cancel',
  usage: 'cancel RECORD',
  summary: commandSummaries.cancel,
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ args, opening }) {
    const [recordId = ''] = args.positionals
    return withDesk(opening, async (engine) => {
      const after = await callEngine(engine, 'records.cancelChange', { recordId })
      return { json: recordJson(after), text: recordText(after), exit: EXIT.done }
    })
  },
}

import { commandSummaries } from '@shared/texts/zh-CN/cli'
import type { Command } from '@cli/command'
import { createProgressLine } from '@cli/progress-line'
import { reconciliationOutcome } from '@cli/reconciliation-output'
import { withDesk } from '@cli/with-desk'

export const reconcileCommand: Command = {
  name: 'reconcile',
  usage: 'reconcile',
  summary: commandSummaries.reconcile,
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ opening, note }) {
    return withDesk(opening, async (engine) => {
      const line = createProgressLine(note)
      return reconciliationOutcome(await engine.services.reconciliation.run(line).finally(() => line.end()))
    })
  },
}

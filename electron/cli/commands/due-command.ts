import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import type { Command } from '@cli/command'
import { callEngine } from '@cli/call-engine'
import { EXIT } from '@cli/exit-code'
import { listedJson, rowText } from '@cli/record-output'
import { withDesk } from '@cli/with-desk'

/** Working days ahead that count as "soon" unless told otherwise. */
const SOON_DAYS = 2

export const dueCommand: Command = {
  name: 'due',
  usage: 'due [--days N]',
  summary: commandSummaries.due,
  options: { days: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run({ args, opening }) {
    const days = args.number('days', 0, 60) ?? SOON_DAYS
    return withDesk(opening, async (engine) => {
      const list = engine.services.desk.dangerList(days)
      const counts = { overdue: list.overdue, dueToday: list.dueToday, dueSoon: list.dueSoon }
      const details = []
      for (const { recordId } of list.records)
        details.push(await callEngine(engine, 'records.get', { recordId }))
      return {
        json: { ...counts, records: details.map(listedJson) },
        text: [fill(cliTexts.dueCounts, { ...counts, days }), ...list.records.map(rowText)].join('\n'),
        exit: list.overdue > 0 ? EXIT.needsPerson : EXIT.done,
      }
    })
  },
}

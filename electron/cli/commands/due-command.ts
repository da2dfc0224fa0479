import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { rowJson, rowText } from '@cli/record-output'
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
    return withDesk(opening, (engine) => {
      const list = engine.services.desk.dangerList(days)
      const counts = { overdue: list.overdue, dueToday: list.dueToday, dueSoon: list.dueSoon }
      return Promise.resolve({
        json: { ...counts, records: list.records.map(rowJson) },
        text: [fill(cliTexts.dueCounts, { ...counts, days }), ...list.records.map(rowText)].join('\n'),
        exit: list.overdue > 0 ? EXIT.needsPerson : EXIT.done,
      })
    })
  },
}

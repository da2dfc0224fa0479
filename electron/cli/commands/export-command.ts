import { resolve } from 'node:path'
import { refuse } from '@shared/kernel/failure'
import { fill } from '@shared/texts/fill'
import { cliTexts, commandSummaries, usageTexts } from '@shared/texts/zh-CN/cli'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { withDesk } from '@cli/with-desk'

export const exportCommand: Command = {
  name: 'export',
  usage: 'export OUT.xlsx [--type T] [--errors]',
  summary: commandSummaries.export,
  options: { type: { type: 'string' }, errors: { type: 'boolean' } },
  positionals: { min: 1, max: 1 },
  async run({ args, opening }) {
    const path = resolve(args.positionals[0]!)
    const wanted = args.text('type')
    const withErrors = args.flag('errors')
    return withDesk(opening, async ({ services: { ledger, checking } }) => {
      if (wanted !== null) checking.type(wanted)
      const found = wanted === null ? ledger.types(withErrors) : [wanted]
      if (withErrors && found.length > 1)
        refuse('usage.invalid', { detail: fill(usageTexts.oneType, { types: found.join('、') }) })
      const [first] = found
      if (first === undefined)
        return { json: { path: null, records: 0, types: {} }, text: cliTexts.noRecords, exit: EXIT.done }
      const types = withErrors
        ? { [first]: await ledger.writeErrors(first, path) }
        : await ledger.write(found, path)
      const records = Object.values(types).reduce((sum, count) => sum + count, 0)
      return {
        json: { path, records, types },
        text: fill(cliTexts.exported, { path, records }),
        exit: EXIT.done,
      }
    })
  },
}

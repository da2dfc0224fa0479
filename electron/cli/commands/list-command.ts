import { fill } from '@shared/texts/fill'
import * as v from 'valibot'
import { clockStates, deliveryStates } from '@shared/domain/record-status'
import { refuse } from '@shared/kernel/failure'
import { cliTexts, commandSummaries, usageTexts } from '@shared/texts/zh-CN/cli'
import type { Command } from '@cli/command'
import { callEngine } from '@cli/call-engine'
import { EXIT } from '@cli/exit-code'
import { listedJson, recordText } from '@cli/record-output'
import { withDesk } from '@cli/with-desk'

function oneOf<const T extends readonly string[]>(
  name: string,
  value: string | null,
  allowed: T,
): T[number] | null {
  if (value === null) return null
  const parsed = v.safeParse(v.picklist(allowed), value)
  if (!parsed.success)
    refuse('usage.invalid', { detail: fill(usageTexts.oneOf, { name, allowed: allowed.join('、') }) })
  return parsed.output
}

export const listCommand: Command = {
  name: 'list',
  usage: 'list [--type T] [--delivery S] [--clock S] [--limit N] [--after CURSOR]',
  summary: commandSummaries.list,
  options: {
    type: { type: 'string' },
    delivery: { type: 'string' },
    clock: { type: 'string' },
    limit: { type: 'string' },
    after: { type: 'string' },
  },
  positionals: { min: 0, max: 0 },
  async run({ args, opening }) {
    const query = {
      type: args.text('type'),
      delivery: oneOf('delivery', args.text('delivery'), deliveryStates),
      clock: oneOf('clock', args.text('clock'), clockStates),
      limit: args.number('limit', 1, 500) ?? 100,
      after: args.text('after'),
    }
    return withDesk(opening, async (engine) => {
      if (query.type !== null) engine.services.checking.type(query.type)
      const page = await callEngine(engine, 'records.page', query)
      const details = []
      for (const row of page.rows)
        details.push(await callEngine(engine, 'records.get', { recordId: row.recordId }))
      return {
        json: { records: details.map(listedJson), next: page.next },
        text: details.length === 0 ? cliTexts.noRecords : details.map(recordText).join('\n'),
        exit: EXIT.done,
      }
    })
  },
}

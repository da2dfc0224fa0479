import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { refuse } from '@shared/kernel/failure'
import { cliTexts, commandSummaries, usageTexts } from '@shared/texts/zh-CN/cli'
import { lineFaultTexts } from '@shared/texts/zh-CN/outage'
import { fill } from '@shared/texts/fill'
import { outagePage } from '@engine/services/outage-page'
import { writeWhole } from '@engine/sheets/output-file'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { withDesk } from '@cli/with-desk'

/** An instant as given, in UTC; null when none was. */
function instantOf(text: string | null, name: string): string | null {
  if (text === null) return null
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) refuse('usage.invalid', { detail: fill(usageTexts.instant, { name }) })
  return new Date(ms).toISOString()
}

export const outageCommand: Command = {
  name: 'outage',
  usage: 'outage OUT.html|OUT.json [--from ISO] [--to ISO]',
  summary: commandSummaries.outage,
  options: { from: { type: 'string' }, to: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run({ args, opening }) {
    const path = resolve(args.positionals[0] ?? '')
    const from = instantOf(args.text('from'), 'from')
    const to = instantOf(args.text('to'), 'to')
    return withDesk(opening, async (engine) => {
      const signed = engine.services.outage.proof(from, to)
      const text = path.endsWith('.json') ? `${JSON.stringify(signed, null, 2)}\n` : outagePage(signed)
      await writeWhole(path, (partial) => writeFile(partial, text))
      const { spans, probeCount } = signed.proof
      const lines = spans.map((span) =>
        fill(cliTexts.outageSpan, { from: span.from, to: span.to, fault: lineFaultTexts[span.fault] }),
      )
      return {
        json: { path, probes: probeCount, from: signed.proof.from, to: signed.proof.to, spans },
        text: [fill(cliTexts.outageWritten, { path, count: probeCount }), ...lines].join('\n'),
        exit: EXIT.done,
      }
    })
  },
}

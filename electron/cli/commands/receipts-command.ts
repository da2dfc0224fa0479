import { basename, resolve } from 'node:path'
import { fill } from '@shared/texts/fill'
import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { createProgressLine } from '@cli/progress-line'
import { submissionJson, submissionLines } from '@cli/submission-output'
import { withDesk } from '@cli/with-desk'

export const receiptsCommand: Command = {
  name: 'receipts',
  usage: 'receipts IN.zip',
  summary: commandSummaries.receipts,
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ args, opening, note }) {
    const path = resolve(args.positionals[0]!)
    return withDesk(opening, async (engine) => {
      const line = createProgressLine(note)
      const applied = await engine.services.answers
        .apply({ path, name: basename(path) }, line)
        .finally(() => line.end())
      const { answerNo, isRepeat, batches, pull } = applied
      const { rejected, corrections, takedowns, standards } = pull
      const wantsPerson =
        rejected + corrections + takedowns + standards > 0 ||
        batches.some(({ state, counts }) => state !== 'settled' || counts.rejected + counts.duplicate > 0)
      const lines = isRepeat
        ? [fill(cliTexts.answerRepeated, { answerNo })]
        : [...submissionLines({ batches, notSent: [] }), fill(cliTexts.pulled, { ...pull })]
      return {
        json: { answerNo, isRepeat, batches: submissionJson({ batches, notSent: [] }).batches, pull },
        text: lines.join('\n'),
        exit: wantsPerson ? EXIT.needsPerson : EXIT.done,
      }
    })
  },
}

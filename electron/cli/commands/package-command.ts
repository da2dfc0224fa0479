import { resolve } from 'node:path'
import { fill } from '@shared/texts/fill'
import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { submissionJson, submissionLines } from '@cli/submission-output'
import { withDesk } from '@cli/with-desk'

export const packageCommand: Command = {
  name: 'package',
  usage: 'package OUT.zip [--type T] [--label L]',
  summary: commandSummaries.package,
  options: { type: { type: 'string' }, label: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run({ args, opening }) {
    const path = resolve(args.positionals[0]!)
    return withDesk(opening, async (engine) => {
      const request = { type: args.text('type'), recordIds: null, label: args.text('label') }
      const { packageId, sha256, isAgain, batches, notSent } = await engine.services.packages.write(
        request,
        path,
      )
      const head = fill(isAgain ? cliTexts.packageAgain : cliTexts.packageWritten, { path })
      return {
        json: {
          packageId,
          path: packageId === null ? null : path,
          sha256,
          isAgain,
          ...submissionJson({ batches, notSent }),
        },
        text: [...(packageId === null ? [] : [head]), ...submissionLines({ batches, notSent })].join('\n'),
        exit: notSent.length > 0 ? EXIT.needsPerson : EXIT.done,
      }
    })
  },
}

import type { AttachmentView } from '@shared/contract/views/attachment-views'
import { FailureError, refuse } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import { fill } from '@shared/texts/fill'
import { cliTexts, commandSummaries, usageTexts } from '@shared/texts/zh-CN/cli'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { attachmentSources } from '@cli/attachment-paths'
import { attachmentNotesOf } from '@cli/attachment-output'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { withDesk } from '@cli/with-desk'

interface Refused {
  readonly file: string
  readonly failure: Failure
}

export const attachCommand: Command = {
  name: 'attach',
  usage: 'attach RECORD FILE... [--list LIST.txt]',
  summary: commandSummaries.attach,
  options: { list: { type: 'string' } },
  positionals: { min: 1, max: 200 },
  async run({ args, opening, note }) {
    const [recordId = '', ...paths] = args.positionals
    const list = args.text('list')
    if (paths.length === 0 && list === null) refuse('usage.invalid', { detail: usageTexts.attachNothing })
    // Before the desk is opened: a bad path must reach nothing at all.
    const sources = attachmentSources(paths, list)
    return withDesk(opening, async ({ services: { attachments } }) => {
      attachments.list(recordId)
      const added: AttachmentView[] = []
      const refused: Refused[] = []
      for (const source of sources) {
        try {
          added.push(await attachments.add(recordId, source))
        } catch (error) {
          if (!(error instanceof FailureError)) throw error
          refused.push({ file: source.name, failure: error.failure })
        }
      }
      for (const line of added.flatMap(attachmentNotesOf)) note(line)
      const messages = refused.map(({ file, failure }) => ({
        ...{ file, code: failure.code },
        message: failureSentence(failure),
      }))
      return {
        json: { added, refused: messages },
        text: [
          fill(cliTexts.attached, { added: added.length, refused: refused.length }),
          ...messages.map(({ message }) => `  ${message}`),
        ].join('\n'),
        exit: refused.length === 0 ? EXIT.done : added.length > 0 ? EXIT.needsPerson : EXIT.refused,
      }
    })
  },
}

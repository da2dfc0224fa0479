import { resolve } from 'node:path'
import { refuse } from '@shared/kernel/failure'
import { fill } from '@shared/texts/fill'
import { cliTexts, commandSummaries, usageTexts } from '@shared/texts/zh-CN/cli'
import type { AttachmentsService } from '@engine/services/attachments-service'
import { attachmentsText } from '@cli/attachment-output'
import type { Command, CommandResult } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { withDesk } from '@cli/with-desk'

type Act = (
  attachments: AttachmentsService,
  recordId: string,
  words: readonly string[],
) => CommandResult | Promise<CommandResult>

const listed = (attachments: AttachmentsService, recordId: string): CommandResult => {
  const json = attachments.list(recordId)
  return { json, text: attachmentsText(json), exit: EXIT.done }
}

/** The document that a number or an id stands for; `attachment.not-found` comes from what is done with an unknown one. */
function idOf(attachments: AttachmentsService, recordId: string, word: string): string {
  const { attachments: present, removed } = attachments.list(recordId)
  return [...present, ...removed].find(({ no }) => String(no) === word)?.attachmentId ?? word
}

const acts: Readonly<Record<string, { readonly words: number; readonly run: Act }>> = {
  remove: {
    words: 1,
    run: (attachments, recordId, [word = '']) => {
      attachments.remove(recordId, idOf(attachments, recordId, word))
      return listed(attachments, recordId)
    },
  },
  restore: {
    words: 1,
    run: (attachments, recordId, [word = '']) => {
      attachments.restore(recordId, idOf(attachments, recordId, word))
      return listed(attachments, recordId)
    },
  },
  save: {
    words: 2,
    run: async (attachments, recordId, [word = '', target = '']) => {
      const path = resolve(target)
      await attachments.save(recordId, idOf(attachments, recordId, word), path)
      return { json: { path }, text: fill(cliTexts.attachmentSaved, { path }), exit: EXIT.done }
    },
  },
  pack: {
    words: 1,
    run: async (attachments, recordId, [target = '']) => {
      const path = resolve(target)
      const files = await attachments.pack(recordId, path)
      return { json: { path, files }, text: fill(cliTexts.evidencePacked, { path, files }), exit: EXIT.done }
    },
  },
}

export const attachmentsCommand: Command = {
  name: 'attachments',
  usage: 'attachments RECORD [save NO OUT | remove NO | restore NO | pack OUT.zip]',
  summary: commandSummaries.attachments,
  options: {},
  positionals: { min: 1, max: 4 },
  async run({ args, opening }) {
    const [recordId = '', act, ...words] = args.positionals
    return withDesk(opening, async ({ services: { attachments } }) => {
      if (act === undefined) return listed(attachments, recordId)
      const known = Object.hasOwn(acts, act) ? acts[act] : undefined
      if (known === undefined || words.length !== known.words)
        return refuse('usage.invalid', { detail: usageTexts.attachmentsAct })
      return known.run(attachments, recordId, words)
    })
  },
}

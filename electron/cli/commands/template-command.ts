import { resolve } from 'node:path'
import { standardInUse } from '@cli/desk-standard'
import { typeOf } from '@engine/standards/installed-standard'
import { writeTemplate } from '@engine/sheets/template-writer'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'

export const templateCommand: Command = {
  name: 'template',
  usage: 'template --type T OUT.xlsx',
  summary: commandSummaries.template,
  options: { type: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(context) {
    const { args } = context
    const path = resolve(args.positionals[0]!)
    const standard = await standardInUse(context)
    await writeTemplate(standard.pack, typeOf(standard, args.required('type')).spec, path)
    return { json: { path }, text: fill(cliTexts.templateWritten, { path }), exit: EXIT.done }
  },
}

import { resolve } from 'node:path'
import { loadStandard } from '@engine/standards/standard-loader'
import { currentStandard, resourcePaths } from '@engine/standards/resource-paths'
import { compiledType } from '@engine/standards/compiled-type'
import { writeTemplate } from '@engine/sheets/template-writer'
import type { Command } from '@cli/command'
import { builtPaths } from '@cli/desk-opening'
import { EXIT } from '@cli/exit-code'
import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'

export const templateCommand: Command = {
  name: 'template',
  usage: 'template --type T OUT.xlsx',
  summary: commandSummaries.template,
  options: { type: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run({ args }) {
    const path = resolve(args.positionals[0]!)
    const standard = loadStandard(resourcePaths(builtPaths.resources).standard(currentStandard))
    await writeTemplate(standard.pack, compiledType(standard, args.required('type')).spec, path)
    return { json: { path }, text: fill(cliTexts.templateWritten, { path }), exit: EXIT.done }
  },
}

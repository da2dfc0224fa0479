import { commandSummaries } from '@shared/texts/zh-CN/cli'
import { basename, resolve } from 'node:path'
import { validateFile } from '@engine/services/file-validation'
import { standardInUse } from '@cli/desk-standard'
import type { Command } from '@cli/command'
import { importNotes } from '@cli/import-notes'
import { importJson, importText } from '@cli/import-output'
import { createProgressLine } from '@cli/progress-line'
import { EXIT } from '@cli/exit-code'
export const validateCommand: Command = {
  name: 'validate',
  usage: 'validate FILE --type T',
  summary: commandSummaries.validate,
  options: { type: { type: 'string' }, sheet: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(context) {
    const { args, opening, host, note } = context
    const path = resolve(args.positionals[0]!)
    const standard = await standardInUse(context)
    const line = createProgressLine(note)
    const summary = await validateFile(
      {
        standard,
        launchSheetChild: host.launchSheetChild,
        clock: opening.clock,
      },
      { path, name: basename(path), recordType: args.required('type'), sheet: args.text('sheet') },
      line,
    ).finally(() => line.end())
    for (const told of importNotes(summary)) note(told)
    return {
      json: importJson(summary),
      text: importText(summary),
      exit: summary.blocked > 0 || summary.warned > 0 ? EXIT.needsPerson : EXIT.done,
    }
  },
}

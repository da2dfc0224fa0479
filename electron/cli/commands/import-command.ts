import { commandSummaries } from '@shared/texts/zh-CN/cli'
import { basename, resolve } from 'node:path'
import type { Command } from '@cli/command'
import { importNotes } from '@cli/import-notes'
import { importJson, importText } from '@cli/import-output'
import { readMappingFile } from '@cli/mapping-file'
import { createProgressLine } from '@cli/progress-line'
import { withDesk } from '@cli/with-desk'
import { requireWritable } from '@engine/sheets/output-file'
import { EXIT } from '@cli/exit-code'

export const importCommand: Command = {
  name: 'import',
  usage: 'import FILE --type XZXK_FR [--sheet S] [--mapping FILE] [--errors OUT.xlsx]',
  summary: commandSummaries.import,
  options: {
    type: { type: 'string' },
    sheet: { type: 'string' },
    mapping: { type: 'string' },
    errors: { type: 'string' },
  },
  positionals: { min: 1, max: 1 },
  async run({ args, opening, note }) {
    const path = resolve(args.positionals[0]!)
    const recordType = args.required('type')
    const mapping = readMappingFile(args.text('mapping'))
    const errorsPath = args.text('errors')
    if (errorsPath !== null) await requireWritable(resolve(errorsPath))
    return withDesk(opening, async (engine) => {
      const line = createProgressLine(note)
      const summary = await engine.services.intake
        .importFile(
          {
            path,
            name: basename(path),
            recordType,
            sheet: args.text('sheet'),
            headerRow: null,
            mapping,
            dryRun: false,
          },
          line,
        )
        .finally(() => line.end())
      for (const told of importNotes(summary)) note(told)
      if (errorsPath !== null && summary.importId !== null) {
        await engine.services.intake.writeErrorWorkbook(summary.importId, resolve(errorsPath))
      }
      return {
        json: importJson(summary),
        text: importText(summary),
        exit: summary.blocked > 0 || summary.warned > 0 ? EXIT.needsPerson : EXIT.done,
      }
    })
  },
}

import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { TaskView } from '@shared/contract/views/task-views'
import type { CompiledStandard } from '@shared/standard/standard'
import { importTaskTitles } from '@shared/texts/zh-CN/import-texts'
import { fill } from '@shared/texts/fill'
import type { Files } from '@engine/ports'
import type { CheckingService } from '@engine/services/checking-service'
import type { ImportLimitsService } from '@engine/services/intake-limits'
import type { ImportRequest, IntakeService } from '@engine/services/intake-service'
import type { TasksService } from '@engine/services/tasks-service'
import { writeTemplate } from '@engine/sheets/template-writer'
import { writeTarget } from './target-writing'

type Names = Extract<EngineCallName, `import.${string}`> | 'template.write'

/** Files in, error workbooks and templates out. */
export function importHandlers(deps: {
  readonly files: Files
  readonly intake: IntakeService
  readonly importLimits: ImportLimitsService
  readonly checking: CheckingService
  readonly tasks: TasksService
  readonly standard: () => CompiledStandard
}): Pick<Handlers<EngineCallName>, Names> {
  const { files, intake, tasks } = deps

  const startImport = (
    input: { readonly file: string } & Omit<ImportRequest, 'path' | 'name' | 'dryRun'>,
    dryRun: boolean,
  ): TaskView => {
    const { file, ...request } = input
    const source = files.source(file)
    const title = fill(dryRun ? importTaskTitles.preview : importTaskTitles.run, { file: source.name })
    return tasks.start('import', title, async (task) => ({
      importSummary: await intake.importFile({ ...request, ...source, dryRun }, task),
    }))
  }

  return {
    'import.inspect': ({ file, ...request }) => intake.inspectFile({ ...request, ...files.source(file) }),
    'import.preview': (input) => startImport(input, true),
    'import.run': (input) => startImport(input, false),
    'import.stopInspecting': () => ({ stopped: intake.stopInspecting() }),
    'import.limits': () => deps.importLimits.get(),
    'import.setLimits': ({ limits }) => deps.importLimits.set(limits),
    'import.summary': ({ importId }) => intake.summary(importId),
    'import.errorWorkbook': async ({ importId, target }) => ({
      rows: await writeTarget(files, target, (path) => intake.writeErrorWorkbook(importId, path)),
    }),
    'template.write': async ({ recordType, target }) => {
      const { spec } = deps.checking.type(recordType)
      await writeTarget(files, target, (path) => writeTemplate(deps.standard().pack, spec, path))
      return { recordType }
    },
  }
}

import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { TaskView } from '@shared/contract/views/task-views'
import { refuse } from '@shared/kernel/failure'
import type { RecordTypeSpec } from '@shared/standard/pack'
import { referenceRules } from '@shared/standard/reference'
import type { CompiledStandard } from '@shared/standard/standard'
import { fill } from '@shared/texts/fill'
import { standardTaskTitles } from '@shared/texts/zh-CN/standards'
import type { Files } from '@engine/ports'
import type { PackSettingsService } from '@engine/services/standards-settings'
import type { StandardsService } from '@engine/services/standards-service'
import type { TaskHandle, TasksService } from '@engine/services/tasks-service'
import { readPackageFile } from '@engine/standards/package-file'

const olderLayouts = ({ conversions }: CompiledStandard): readonly RecordTypeSpec[] =>
  [...conversions.values()].map(({ source }) => source.spec)

type Names = Extract<EngineCallName, `standard.${string}`>

/** The standard in force, its other versions, and what a person does about them. */
export function standardHandlers(deps: {
  readonly standards: StandardsService
  readonly packSettings: PackSettingsService
  readonly tasks: TasksService
  readonly files: Files
  readonly recheck: (task: TaskHandle) => Promise<void>
}): Handlers<Names> {
  const { standards, packSettings, tasks } = deps
  const isRunning = (...kinds: readonly string[]): boolean =>
    tasks.list().some((task) => task.state === 'running' && kinds.includes(task.kind))
  const startRecheck = (title: string): TaskView =>
    tasks.start('standard', title, async (task) => {
      await deps.recheck(task)
      return {}
    })
  const recheckTitle = (): string =>
    fill(standardTaskTitles.recheck, { version: standards.current().pack.version })

  return {
    'standard.current': () => {
      const standard = standards.current()
      const { id, version, title, from, recordTypes, codeLists } = standard.pack
      return { id, version, title, from, recordTypes, olderLayouts: olderLayouts(standard), codeLists }
    },
    'standard.reference': () => {
      const standard = standards.current()
      const { id, version, title, from, to, sources = [], recordTypes, codeLists } = standard.pack
      return {
        id,
        version,
        title,
        from,
        to,
        sources,
        recordTypes,
        olderLayouts: olderLayouts(standard),
        codeLists,
        rules: referenceRules(standard),
      }
    },
    'standard.versions': () => standards.view(),
    'standard.install': ({ file }) => {
      const { path, name } = deps.files.source(file)
      const before = standards.current().pack.version
      const version = standards.install(readPackageFile(path, name))
      // A damaged version that was put right is in force again.
      if (standards.current().pack.version !== before) startRecheck(recheckTitle())
      return { version }
    },
    'standard.preview': ({ version }) => {
      if (isRunning('standard')) refuse('task.busy')
      return tasks.start('standard', fill(standardTaskTitles.preview, { version }), async (task) => ({
        standardPreview: await standards.preview(version, task),
      }))
    },
    'standard.adopt': ({ version }) => {
      // Rows of one import, and the items of one batch, are judged by one standard.
      if (isRunning('standard', 'import', 'submission')) refuse('task.busy')
      if (!standards.adopt(version)) return { task: null }
      return { task: startRecheck(recheckTitle()) }
    },
    'standard.settings': () => packSettings.view(),
    'standard.trySettings': ({ changes }) => {
      if (isRunning('standard')) refuse('task.busy')
      return tasks.start('standard', standardTaskTitles.trySettings, async (task) => ({
        standardPreview: await packSettings.preview(changes, task),
      }))
    },
    'standard.setSettings': ({ changes }) => {
      if (isRunning('standard', 'import', 'submission')) refuse('task.busy')
      const changed = packSettings.choose(changes)
      return { changed, task: changed === 0 ? null : startRecheck(standardTaskTitles.settings) }
    },
  }
}

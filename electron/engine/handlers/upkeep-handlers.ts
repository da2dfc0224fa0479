import type { EngineCallName, Handlers } from '@shared/contract/calls'
import { refuse } from '@shared/kernel/failure'
import { fill } from '@shared/texts/fill'
import { restoreTitle } from '@shared/texts/zh-CN/task-steps'
import type { Files } from '@engine/ports'
import type { AuditTrailService } from '@engine/services/audit-trail-service'
import type { BackupService } from '@engine/services/backup-service'
import type { DiagnosticsService } from '@engine/services/diagnostics-service'
import type { RestoreService } from '@engine/services/restore-service'
import type { TasksService } from '@engine/services/tasks-service'
import { writeTarget } from './target-writing'

type Names = Extract<
  EngineCallName,
  `diagnostics.${string}` | `backup.${string}` | `restore.${string}` | `audit.${string}`
>

/** Calls about copies of the desk, its soundness, its audit trail, and a backup in its place. */
export const upkeepHandlers = (deps: {
  readonly backup: BackupService
  readonly restore: RestoreService
  readonly diagnostics: DiagnosticsService
  readonly trail: AuditTrailService
  readonly tasks: TasksService
  readonly files: Files
}): Handlers<Names> => ({
  'backup.write': async ({ target, password }) => ({
    problems: await writeTarget(deps.files, target, (path) => deps.backup.write(path, password)),
  }),
  'backup.check': () => ({ problems: deps.backup.verify() }),
  'backup.last': () => ({ at: deps.backup.lastAt() }),
  'restore.prepare': ({ file, password }) => {
    if (deps.tasks.list().some(({ kind, state }) => kind === 'restore' && state === 'running'))
      refuse('task.busy')
    const source = deps.files.source(file)
    return deps.tasks.start('restore', fill(restoreTitle, { file: source.name }), async (task) => ({
      restore: await deps.restore.prepare(source, password, task),
    }))
  },
  'restore.discard': () => {
    deps.restore.discard()
    return { discarded: true }
  },
  'restore.confirm': ({ id }) => {
    deps.restore.confirm(id)
    return { confirmed: true }
  },
  'restore.former': () => deps.restore.former(),
  'diagnostics.collect': () => deps.diagnostics.collect(),
  'diagnostics.write': async ({ target }) => ({
    members: await writeTarget(deps.files, target, (path) => deps.diagnostics.write(path)),
  }),
  'audit.page': ({ scope, before, limit }) => deps.trail.page(scope, before, limit),
})

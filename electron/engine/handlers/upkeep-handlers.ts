import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { Files } from '@engine/ports'
import type { AuditTrailService } from '@engine/services/audit-trail-service'
import type { BackupService } from '@engine/services/backup-service'
import { writeTarget } from './target-writing'

type Names = Extract<EngineCallName, `backup.${string}` | `audit.${string}`>

/** Calls about copies of the desk, its soundness and its audit trail. */
export const upkeepHandlers = (deps: {
  readonly backup: BackupService
  readonly trail: AuditTrailService
  readonly files: Files
}): Handlers<Names> => ({
  'backup.write': async ({ target, password }) => ({
    problems: await writeTarget(deps.files, target, (path) => deps.backup.write(path, password)),
  }),
  'backup.check': () => ({ problems: deps.backup.verify() }),
  'backup.last': () => ({ at: deps.backup.lastAt() }),
  'audit.page': ({ scope, before, limit }) => deps.trail.page(scope, before, limit),
})

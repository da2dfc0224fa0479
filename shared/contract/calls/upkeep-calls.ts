import * as v from 'valibot'
import { call } from '@shared/contract/call-spec'
import type { UpdateView } from '@shared/contract/views/update-views'
import type { DiagnosticsMember } from '@shared/contract/views/diagnostics-views'
import type { FormerDesk } from '@shared/contract/views/restore-views'
import type { TaskView } from '@shared/contract/views/task-views'
import { auditScopes } from '@shared/contract/views/upkeep-views'
import type { AuditPage, StoreProblem } from '@shared/contract/views/upkeep-views'
import { id, pageSize, token, nothing } from './call-inputs'

const backupPassword = v.pipe(v.string(), v.minLength(1), v.maxLength(200))

/** Copies of the desk, its soundness, its audit trail, updates of the client. */
export const upkeepCalls = {
  /** Writes a copy of the desk under a password; nothing is written while the desk has a problem. */
  'backup.write': call<{ readonly problems: readonly StoreProblem[] }>()(
    'engine',
    v.strictObject({ target: token, password: backupPassword }),
  ),
  'backup.check': call<{ readonly problems: readonly StoreProblem[] }>()('engine', nothing),
  'backup.last': call<{ readonly at: string | null }>()('engine', nothing),
  /** Proves a backup and puts it ready, as a task; the present data is not touched. */
  'restore.prepare': call<TaskView>()('engine', v.strictObject({ file: token, password: backupPassword })),
  /** Gives up what was put ready. */
  'restore.discard': call<{ readonly discarded: boolean }>()('engine', nothing),
  /** Asked by the host right before it closes the engine; refuses while anything is being sent. */
  'restore.confirm': call<{ readonly confirmed: boolean }>()('engine', v.strictObject({ id })),
  /** Data that restored backups have taken the place of, newest first. */
  'restore.former': call<readonly FormerDesk[]>()('engine', nothing),
  /** Makes the bundle for support and shows it; the next `diagnostics.write` saves this very one. */
  'diagnostics.collect': call<readonly DiagnosticsMember[]>()('engine', nothing),
  'diagnostics.write': call<{ readonly members: readonly string[] }>()(
    'engine',
    v.strictObject({ target: token }),
  ),
  'audit.page': call<AuditPage>()(
    'engine',
    v.strictObject({
      scope: v.picklist(auditScopes),
      before: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))), null),
      limit: pageSize,
    }),
  ),
  /** Proves an update package and puts its installer ready. */
  'updates.prepare': call<UpdateView>()('engine', v.strictObject({ file: token })),
  'updates.ready': call<UpdateView | null>()('engine', nothing),
  /** Asked by the shell right before it starts the installer; refuses while anything is being sent. */
  'updates.confirm': call<UpdateView>()('engine', nothing),
} as const

import { rmSync } from 'node:fs'
import { BACKUP_PASSWORD_LENGTH } from '@shared/contract/views/upkeep-views'
import type { StoreProblem } from '@shared/contract/views/upkeep-views'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { ChainedAuditRepo } from '@engine/repos/audit-repo'
import type { Store } from '@engine/repos/repo-types'
import { writeWhole } from '@engine/sheets/output-file'
import type { StoreVerification } from './backup-verification'

/** Copies of the desk that leave its folder. */
export interface BackupService {
  /**
   * Writes a whole, encrypted copy of the store: under `password`, or without one under the store's own key. Nothing is
   * written while the store has a problem: a copy of damage would take the place of a sound one. Refuses
   * `backup.weak-password`, `output.not-writable`, `storage.*`.
   */
  write(path: string, password: string | null): Promise<readonly StoreProblem[]>
  /** When a copy was last written, as an instant; null for never. */
  lastAt(): string | null
  /** Looks through the whole store; changes nothing. */
  verify(): readonly StoreProblem[]
}

export interface BackupDeps {
  readonly store: Store
  readonly audit: ChainedAuditRepo
  readonly clock: Clock
  readonly actor: () => string
  readonly verification: StoreVerification
  /** Writes the copy into a file that does not exist yet. */
  readonly copyTo: (file: string, password: string | null) => void
}

/** Backups of one open desk. */
export function createBackupService(deps: BackupDeps): BackupService {
  const { verification } = deps
  return {
    lastAt: () => deps.audit.recent(['backup.written'], 1)[0]?.at ?? null,
    verify: () => verification.problems(),
    async write(path, password) {
      if (password !== null && password.length < BACKUP_PASSWORD_LENGTH)
        refuse('backup.weak-password', { length: BACKUP_PASSWORD_LENGTH })
      const problems = verification.problems()
      if (problems.length > 0) return problems
      // Before the copy, so that the copy knows of itself.
      deps.store.write(() =>
        deps.audit.append({
          at: deps.clock.now(),
          actor: deps.actor(),
          act: 'backup.written',
          ref: null,
          body: {},
        }),
      )
      await writeWhole(path, (part) => {
        rmSync(part, { force: true })
        deps.copyTo(part, password)
        return Promise.resolve()
      })
      return []
    },
  }
}

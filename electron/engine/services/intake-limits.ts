import * as v from 'valibot'
import { defaultImportLimits, importLimitsSchema } from '@shared/contract/import-limits'
import type { ImportLimits } from '@shared/contract/import-limits'
import type { Clock } from '@shared/kernel/clock'
import type { AuditRepo, SettingRepo, Store } from '@engine/repos/repo-types'
import type { SheetLimits } from '@engine/sheets/sheet-limits'

const KEY = 'importLimits'
const MB = 1024 * 1024

/** The limits of imports at one desk. */
export interface ImportLimitsService {
  get(): ImportLimits
  /** Null goes back to the defaults. Writes an audit row. */
  set(limits: ImportLimits | null): ImportLimits
}

export function createImportLimits(deps: {
  readonly store: Store
  readonly settings: SettingRepo
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly actor: () => string
}): ImportLimitsService {
  const get = (): ImportLimits => {
    const stored = v.safeParse(importLimitsSchema, deps.settings.get(KEY))
    return stored.success ? stored.output : defaultImportLimits
  }
  return {
    get,
    set(limits) {
      deps.store.write(() => {
        deps.settings.set(KEY, limits)
        const body = { settings: KEY, ...get() }
        deps.audit.append({
          at: deps.clock.now(),
          actor: deps.actor(),
          act: 'settings.changed',
          ref: null,
          body,
        })
      })
      return get()
    },
  }
}

/** The limits as the readers take them. */
export const sheetLimitsOf = (limits: ImportLimits): Partial<SheetLimits> => ({
  fileBytes: limits.fileMb * MB,
  inflatedBytes: limits.inflatedMb * MB,
  ratio: limits.ratio,
  rows: limits.rows,
  timeoutMs: limits.seconds * 1_000,
  memoryMb: limits.memoryMb,
})

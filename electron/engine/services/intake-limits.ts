import { defaultImportLimits, importLimitsSchema } from '@shared/contract/import-limits'
import type { ImportLimits } from '@shared/contract/import-limits'
import type { SheetLimits } from '@engine/sheets/sheet-limits'
import { createLimitsSetting } from './limits-setting'
import type { LimitsDeps, LimitsSetting } from './limits-setting'

const MB = 1024 * 1024

/** The limits of imports at one desk. */
export type ImportLimitsService = LimitsSetting<ImportLimits>

export const createImportLimits = (deps: LimitsDeps): ImportLimitsService =>
  createLimitsSetting(deps, 'importLimits', importLimitsSchema, defaultImportLimits)

/** The limits as the readers take them. */
export const sheetLimitsOf = (limits: ImportLimits): Partial<SheetLimits> => ({
  fileBytes: limits.fileMb * MB,
  inflatedBytes: limits.inflatedMb * MB,
  ratio: limits.ratio,
  rows: limits.rows,
  timeoutMs: limits.seconds * 1_000,
  memoryMb: limits.memoryMb,
})

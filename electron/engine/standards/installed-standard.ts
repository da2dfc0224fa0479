import { join } from 'node:path'
import type { WorkingCalendar } from '@shared/calendar/working-days'
import { refuse } from '@shared/kernel/failure'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import { loadCalendar } from './calendar-loader'
import { loadStandard } from './standard-loader'

/** The standard and the calendar that this release installs. */
const STANDARD = { id: 'pingxiang-credit', version: '2026.1' } as const
const CALENDAR = 'cn-2026-2.json'

/** Loads the standard in force from the resource folder; refuses `pack.invalid`. */
export const loadInstalledStandard = (resourceDir: string): CompiledStandard =>
  loadStandard(join(resourceDir, 'standards', STANDARD.id, STANDARD.version))

/** Loads the working-day calendar from the resource folder; refuses `calendar.invalid`. */
export const loadInstalledCalendar = (resourceDir: string): WorkingCalendar =>
  loadCalendar(join(resourceDir, 'calendars', CALENDAR))

/** A record type of the standard; refuses `pack.unknown-type`, naming those that there are. */
export const typeOf = (standard: CompiledStandard, code: string): CompiledType =>
  standard.types.get(code) ??
  refuse('pack.unknown-type', { type: code, known: [...standard.types.keys()].join('、') })

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { WorkingCalendar } from '@shared/calendar/working-days'
import type { Json } from '@shared/kernel/canonical-json'
import { refuse } from '@shared/kernel/failure'
import { withConversions } from '@shared/standard/compile-standard'
import type { StandardPack } from '@shared/standard/pack'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import { canonicalSha256 } from '@engine/crypto/digest'
import { loadCalendar } from './calendar-loader'
import { loadStandard, readPack } from './standard-loader'

/** The standard and the calendar that this release installs. */
const STANDARD = { id: 'pingxiang-credit', version: '2026.1' } as const
const CALENDAR = 'cn-2026-2.json'

/**
 * Loads the older standards whose layouts a pack converts; refuses `pack.invalid`. One that this release does not have
 * is left out: its layout cannot be read, all else can.
 */
export function loadOlderStandards(resourceDir: string, pack: StandardPack): readonly CompiledStandard[] {
  const named = Object.values(pack.conversions).map(({ from }) => `${from.standard}/${from.version}`)
  return [...new Set(named)]
    .map((path) => join(resourceDir, 'standards', path))
    .filter((folder) => existsSync(folder))
    .map((folder) => loadStandard(folder))
}

/** Loads the standard in force from the resource folder; refuses `pack.invalid`. */
export function loadInstalledStandard(resourceDir: string): CompiledStandard {
  const standard = loadStandard(join(resourceDir, 'standards', STANDARD.id, STANDARD.version))
  return withConversions(standard, loadOlderStandards(resourceDir, standard.pack))
}

/** Loads the working-day calendar from the resource folder; refuses `calendar.invalid`. */
export const loadInstalledCalendar = (resourceDir: string): WorkingCalendar =>
  loadCalendar(join(resourceDir, 'calendars', CALENDAR))

/** The standard of the release as a desk catalogues it. */
export interface ShippedStandard {
  readonly standard: CompiledStandard
  /** Its files as they are, from which it is compiled anew when the desk sets its settings otherwise. */
  readonly raw: object
  /** The hash by which a package of the same version is compared with it. */
  readonly packSha256: string
}

/** The standard of the release, with its own settings; refuses `pack.invalid`. */
export function loadShippedStandard(resourceDir: string): ShippedStandard {
  const raw = readPack(join(resourceDir, 'standards', STANDARD.id, STANDARD.version))
  return { standard: loadInstalledStandard(resourceDir), raw, packSha256: canonicalSha256(raw as Json) }
}

/** A record type of the standard; refuses `pack.unknown-type`, naming those that there are. */
export const typeOf = (standard: CompiledStandard, code: string): CompiledType =>
  standard.types.get(code) ??
  refuse('pack.unknown-type', { type: code, known: [...standard.types.keys()].join('、') })

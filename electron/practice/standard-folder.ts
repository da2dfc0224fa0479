import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CompiledStandard } from '@shared/standard/standard'
import { loadCalendar } from '@engine/standards/calendar-loader'
import { loadStandard } from '@engine/standards/standard-loader'

/** Loads every version of every standard in `<root>/standards`; throws `pack.invalid` as the loader does. */
export function loadStandards(root: string): CompiledStandard[] {
  const standards = join(root, 'standards')
  return foldersIn(standards).flatMap((id) =>
    foldersIn(join(standards, id)).map((version) => loadStandard(join(standards, id, version))),
  )
}

/** The version of the newest working-day calendar in `<root>/calendars` (`cn-<version>.json`). */
export function newestCalendarVersion(root: string): string {
  const names = readdirSync(join(root, 'calendars')).filter((name) => /^cn-.+\.json$/.test(name))
  const newest = names.sort().at(-1)
  if (newest === undefined) throw new Error('there is no calendar')
  return loadCalendar(join(root, 'calendars', newest)).version
}

const foldersIn = (directory: string): string[] =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()

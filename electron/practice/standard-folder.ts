import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CompiledStandard } from '@shared/standard/standard'
import { loadCalendar } from '@engine/standards/calendar-loader'
import { loadStandard, readPack } from '@engine/standards/standard-loader'

/** A standard and the raw parts that a package of it is made of. */
export interface ShippedStandard {
  readonly raw: object
  readonly standard: CompiledStandard
}

/** Loads every version of every standard in `<root>/standards` by which records are sent; throws `pack.invalid`. */
export function loadShippedStandards(root: string): ShippedStandard[] {
  const standards = join(root, 'standards')
  const folders = foldersIn(standards).flatMap((id) =>
    foldersIn(join(standards, id)).map((version) => join(standards, id, version)),
  )
  return folders
    .map((folder) => ({ raw: readPack(folder), standard: loadStandard(folder) }))
    .filter(({ standard }) => standard.pack.readOnly !== true)
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

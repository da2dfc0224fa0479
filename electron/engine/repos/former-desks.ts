/** The places inside a data folder for a backup on its way in, and for the data that it takes the place of. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { businessDate, businessTime } from '@shared/kernel/clock'
import { formerNamePattern } from '@shared/contract/views/restore-views'
import type { FormerDesk } from '@shared/contract/views/restore-views'
import { STORE_FILE } from './data-folder'

const RESTORING = 'restoring'
const FORMER = 'former'

/** Folder of backups that are being proved. Whatever lies there when a desk is opened was given up. */
export const restoringFolder = (dataDir: string): string => join(dataDir, RESTORING)

/** The store that was made from a backup and waits to be put in place; `id` is the name of its folder. */
export const waitingStore = (dataDir: string, id: string): string =>
  join(restoringFolder(dataDir), id, STORE_FILE)

const namesIn = (folder: string): readonly string[] =>
  statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(folder) : []

/** Whether any backup waits to be put in place. */
const isWaiting = (dataDir: string): boolean =>
  namesIn(restoringFolder(dataDir)).some((id) => existsSync(waitingStore(dataDir, id)))

/** Former data under this ending is not whole yet, or the store that takes its place is not there yet. */
export const FORMER_PART = '.part'

/**
 * Ends what a restoration that was cut off has left: with the new store in place the former data gets its name, without
 * it the copy of the present data goes, and then every backup that waits.
 */
export function tidyRestoring(dataDir: string): void {
  const folder = join(dataDir, FORMER)
  const isGivenUp = isWaiting(dataDir)
  for (const name of namesIn(folder)) {
    const path = join(folder, name)
    if (!name.endsWith(FORMER_PART)) continue
    if (isGivenUp) rmSync(path, { recursive: true, force: true })
    else renameSync(path, path.slice(0, -FORMER_PART.length))
  }
  rmSync(restoringFolder(dataDir), { recursive: true, force: true })
}

/** Folder for the data of a moment; a number follows when the second is taken. */
export function newFormerFolder(dataDir: string, at: string): string {
  const time = businessTime(at).replace(':', '')
  for (let second = Number(at.slice(17, 19)); ; second++) {
    const path = join(dataDir, FORMER, `${businessDate(at)}-${time}${String(second).padStart(2, '0')}`)
    if (existsSync(path)) continue
    mkdirSync(join(dataDir, FORMER), { recursive: true, mode: 0o700 })
    return path
  }
}

const instantOf = (name: string): string =>
  new Date(
    Date.parse(`${name.slice(0, 10)}T${name.slice(11, 13)}:${name.slice(13, 15)}:00+08:00`) +
      Number(name.slice(15)) * 1_000,
  ).toISOString()

/** The former data that a folder keeps, newest first. */
export function formerDesks(dataDir: string): readonly FormerDesk[] {
  const folder = join(dataDir, FORMER)
  return namesIn(folder)
    .filter((name) => formerNamePattern.test(name))
    .sort()
    .reverse()
    .map((name) => ({ name, at: instantOf(name), path: join(folder, name) }))
}

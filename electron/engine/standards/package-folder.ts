/**
 * The packages that a desk has installed, one file each: `<data folder>/standards/<id>/<version>.json`, the bytes as
 * they were signed. A file appears under its name whole or not at all.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { MAX_PACKAGE_BYTES } from '@shared/standard/pack-package'
import { refuse } from '@shared/kernel/failure'

export interface PackageFolder {
  /** Keeps a package; a file of that name is replaced in one step. Refuses `storage.io`. */
  save(id: string, version: string, bytes: Uint8Array): void
  /** The stored bytes; null when the file is missing, unreadable or larger than any package. */
  read(id: string, version: string): Uint8Array | null
  /** Removes what a cut-off installation has left behind: files that nobody knows. */
  sweep(isKnown: (id: string, version: string) => boolean): void
}

/** Another program (a virus scanner) may hold a file for a moment. */
const ATTEMPTS = 10
const HELD = new Set(['EPERM', 'EACCES', 'EBUSY'])
const SUFFIX = '.json'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

function renameHeld(from: string, to: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      return renameSync(from, to)
    } catch (error) {
      if (attempt === ATTEMPTS || !HELD.has(codeOf(error))) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, attempt * 10)
    }
  }
}

/** Makes the renaming itself last; Windows cannot open a folder and keeps its own journal. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r')
    fsyncSync(handle)
    closeSync(handle)
  } catch (error) {
    if (codeOf(error) === '') throw error
  }
}

/** The packages of a data folder; the folder is made with the first of them. */
export function createPackageFolder(dataDir: string): PackageFolder {
  const root = join(dataDir, 'standards')
  // Names come from packages whose shape was checked: no separators, no dots but that of a version.
  const fileOf = (id: string, version: string): string => join(root, id, `${version}${SUFFIX}`)
  const isFolder = (path: string): boolean =>
    statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  const foldersIn = (): string[] =>
    isFolder(root) ? readdirSync(root).filter((id) => isFolder(join(root, id))) : []

  return {
    save(id, version, bytes) {
      const file = fileOf(id, version)
      const partial = `${file}.partial`
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
        const handle = openSync(partial, 'w', 0o600)
        try {
          writeFileSync(handle, bytes)
          fsyncSync(handle)
        } finally {
          closeSync(handle)
        }
        renameHeld(partial, file)
        syncFolder(dirname(file))
      } catch (error) {
        if (codeOf(error) === '') throw error
        rmSync(partial, { force: true })
        refuse(codeOf(error) === 'ENOSPC' ? 'storage.full' : 'storage.io')
      }
    },

    read(id, version) {
      const file = fileOf(id, version)
      try {
        return statSync(file).size > MAX_PACKAGE_BYTES ? null : readFileSync(file)
      } catch (error) {
        if (codeOf(error) === '') throw error
        return null
      }
    },

    sweep(isKnown) {
      for (const id of foldersIn()) {
        for (const name of readdirSync(join(root, id))) {
          const isOurs = name.endsWith(SUFFIX) && isKnown(id, name.slice(0, -SUFFIX.length))
          if (!isOurs) rmSync(join(root, id, name), { force: true })
        }
      }
    },
  }
}

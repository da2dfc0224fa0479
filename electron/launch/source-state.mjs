import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What the build reads, relative to the project folder. */
const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'aliases.config.ts',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
]

function* filesUnder(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isDirectory()) {
    yield `${path}\t${found.size}\t${found.mtimeMs}`
    return
  }
  for (const name of readdirSync(path).sort()) yield* filesUnder(join(path, name))
}

/** One digest over path, size and time of every source file: equal digests mean that nothing has to be built. */
export function sourceState(projectDir) {
  const digest = createHash('sha256')
  for (const source of SOURCES)
    for (const line of filesUnder(join(projectDir, source))) digest.update(`${line}\n`)
  return digest.digest('hex')
}

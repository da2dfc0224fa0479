import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** The checkout's root folder. */
export const root = resolve(import.meta.dirname, '../..')

/** Tracked and new files below the given folders that end in one of the endings, as paths from the root. */
export function sourceFiles(folders: readonly string[], endings: readonly string[]): readonly string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...folders],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  const deleted = new Set(
    execFileSync('git', ['ls-files', '--deleted'], { cwd: root, encoding: 'utf8' }).split('\n'),
  )
  return listed
    .split('\n')
    .filter((file) => !deleted.has(file) && endings.some((ending) => file.endsWith(ending)))
}

/** The text of a file, by its path from the root. */
export const read = (file: string): string => readFileSync(resolve(root, file), 'utf8')

/** The text without comments, for searches that must not trip over prose. Strings stay. */
export const withoutComments = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"])\/\/[^\n]*/g, '$1')
    .replace(/<!--[\s\S]*?-->/g, '')

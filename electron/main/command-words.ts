import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { commandSummaries } from '@shared/texts/zh-CN/cli'
import { WRAPPED_KEY_FILE } from './secrets'

/**
 * The command that the client was started with, and what follows it; null when it was started to show its window. A
 * leading `--` keeps Chromium from reading switches and addresses that are meant for the command.
 */
export function commandWords(argv: readonly string[], isPackaged: boolean): readonly string[] | null {
  // In a checkout the program's own folder comes before the arguments.
  const given = argv.slice(isPackaged ? 1 : 2)
  const words = given[0] === '--' ? given.slice(1) : given
  const [name] = words
  if (name === undefined) return null
  return name === 'help' || name === '--help' || Object.hasOwn(commandSummaries, name) ? words : null
}

/**
 * The base folder whose key store a command needs: that of the desk which `--data` names, where the client has made
 * that desk; else the user's own.
 */
export function commandBaseFolder(words: readonly string[], ownBaseDir: string): string {
  const at = words.indexOf('--data')
  const joined = words.find((word) => word.startsWith('--data='))
  const data = joined?.slice('--data='.length) ?? (at < 0 ? undefined : words[at + 1])
  if (data === undefined) return ownBaseDir
  const folder = resolve(data)
  return existsSync(join(folder, WRAPPED_KEY_FILE)) ? dirname(folder) : ownBaseDir
}

import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fill } from '@shared/texts/fill'
import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import type { Command } from '@cli/command'
import { readPassword } from '@cli/key-files'
import { soundness } from '@cli/soundness-output'
import { withDesk } from '@cli/with-desk'

/** Name of the key beside a backup that has no password. */
export const keyFileOf = (backup: string): string => `${backup}.key`

export const backupCommand: Command = {
  name: 'backup',
  usage: 'backup OUT [--password-file FILE]',
  summary: commandSummaries.backup,
  options: { 'password-file': { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run({ args, opening, note }) {
    const path = resolve(args.positionals[0]!)
    const passwordFile = args.text('password-file')
    const password = passwordFile === null ? null : readPassword(passwordFile)
    return withDesk(opening, async (engine) => {
      const problems = await engine.services.backup.write(path, password)
      if (problems.length > 0) return soundness(problems, '')
      if (password === null) {
        const keyFile = keyFileOf(path)
        await writeFile(keyFile, `${await opening.key()}\n`, { mode: 0o600 })
        note(fill(cliTexts.backupKey, { keyFile }))
      }
      return soundness([], fill(cliTexts.backupWritten, { path }))
    })
  },
}

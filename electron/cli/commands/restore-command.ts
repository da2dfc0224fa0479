import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { refuse } from '@shared/kernel/failure'
import { fill } from '@shared/texts/fill'
import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import { restoreDesk } from '@engine/services/backup-restorer'
import type { StoreSecret } from '@engine/repos/store-copy'
import type { Command } from '@cli/command'
import type { DeskOpening } from '@cli/desk-opening'
import { readPassword, readStoreKey } from '@cli/key-files'
import { soundness } from '@cli/soundness-output'
import { withDesk } from '@cli/with-desk'
import { keyFileOf } from './backup-command'

/** A password where one is given, else the key beside the backup, else the key that this folder is to have. */
async function secretOf(
  backup: string,
  passwordFile: string | null,
  opening: DeskOpening,
): Promise<StoreSecret> {
  if (!existsSync(backup)) refuse('backup.missing-file', { file: basename(backup) })
  if (passwordFile !== null) return { password: readPassword(passwordFile) }
  if (existsSync(keyFileOf(backup))) return { key: readStoreKey(keyFileOf(backup)) }
  const key = await opening.knownKey()
  return key === null ? refuse('backup.wrong-secret', { file: basename(backup) }) : { key }
}

export const restoreCommand: Command = {
  name: 'restore',
  usage: 'restore IN [--password-file FILE]',
  summary: commandSummaries.restore,
  options: { 'password-file': { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run({ args, opening, note }) {
    const backup = resolve(args.positionals[0]!)
    const { dataDir, clock } = opening
    const secret = await secretOf(backup, args.text('password-file'), opening)
    await restoreDesk({ backup, secret, dataDir, storeKey: await opening.newKey(), clock })
    note(cliTexts.backupLate)
    return withDesk(opening, (engine) =>
      Promise.resolve(soundness(engine.services.backup.verify(), fill(cliTexts.restored, { dataDir }))),
    )
  },
}

import { fill } from '@shared/texts/fill'
import { cliTexts, commandSummaries, usageTexts } from '@shared/texts/zh-CN/cli'
import { initialiseDesk } from '@engine/services/desk-initialiser'
import { uuidIds } from '@engine/system-ids'
import { refuse } from '@shared/kernel/failure'
import type { Command } from '@cli/command'
import { readBureau, readClientId, readPlatformUrl } from '@cli/desk-identity'
import { readPlatformKey, readPrivateKey } from '@cli/key-files'
import { readSpelling, spellingOptions, spellingUsage } from '@cli/spelling-arguments'
import { EXIT } from '@cli/exit-code'

export const initCommand: Command = {
  name: 'init',
  usage: `init --bureau-code C --bureau-name N [--platform URL --client-id I --key FILE --platform-key FILE] ${spellingUsage}`,
  summary: commandSummaries.init,
  options: {
    'bureau-code': { type: 'string' },
    'bureau-name': { type: 'string' },
    platform: { type: 'string' },
    'client-id': { type: 'string' },
    key: { type: 'string' },
    'platform-key': { type: 'string' },
    ...spellingOptions,
  },
  positionals: { min: 0, max: 0 },
  async run({ args, opening }) {
    const bureau = readBureau(args.required('bureau-code'), args.required('bureau-name'))
    const platform = args.text('platform')
    const platformUrl = platform === null ? null : readPlatformUrl(platform)
    opening.checkPlatform(platformUrl)
    const wanted = args.text('client-id')
    const clientId = wanted === null ? null : readClientId(wanted)
    const keyPath = args.text('key')
    const platformKeyPath = args.text('platform-key')
    if ((platformUrl === null) !== (platformKeyPath === null)) {
      refuse('usage.invalid', { detail: usageTexts.platformPair })
    }
    const spelling = readSpelling(args)
    // Read every key before anything is made, so that a wrong path leaves no half-made folder behind.
    const deskPrivateKey = keyPath === null ? null : readPrivateKey(keyPath)
    const platformPublicKey = platformKeyPath === null ? null : readPlatformKey(platformKeyPath)
    const made = await initialiseDesk({
      dataDir: opening.dataDir,
      storeKey: await opening.newKey(),
      clock: opening.clock,
      ids: uuidIds,
      bureau,
      clientId,
      deskPrivateKey,
      connection:
        platformUrl === null || platformPublicKey === null
          ? null
          : { platformUrl, platformPublicKey, spelling },
    })
    const json = {
      dataDir: made.dataDir,
      deskId: made.deskId,
      clientId: made.clientId,
      publicKey: made.publicKey,
    }
    return {
      json,
      text: fill(cliTexts.initialised, json),
      exit: EXIT.done,
    }
  },
}

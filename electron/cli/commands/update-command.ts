import { basename, resolve } from 'node:path'
import { version as own } from '@package'
import { softwareSmProvider } from '@engine/crypto/software-sm-provider'
import { proveUpdate } from '@engine/updates/update-package'
import { loadUpdateTrust } from '@engine/updates/update-trust'
import { fill } from '@shared/texts/fill'
import { cliTexts, commandSummaries } from '@shared/texts/zh-CN/cli'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'

/** Proves an update package and says what the client would do with it; starts nothing. */
export const updateCommand: Command = {
  name: 'update',
  usage: 'update FILE',
  summary: commandSummaries.update,
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ args, host }) {
    const path = resolve(args.positionals[0]!)
    const judge = { trust: loadUpdateTrust(host.resourceDir), own, sm: softwareSmProvider }
    const { version, channel, size, sha256, notes } = await proveUpdate(
      { path, name: basename(path) },
      judge,
      null,
    )
    return {
      json: { own, version, channel, bytes: size, sha256, notes },
      text: [fill(cliTexts.updateGood, { version, own }), ...(notes === '' ? [] : [notes])].join('\n'),
      exit: EXIT.done,
    }
  },
}

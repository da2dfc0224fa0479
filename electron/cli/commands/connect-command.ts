import { commandSummaries } from '@shared/texts/zh-CN/cli'
import type { Command } from '@cli/command'
import { withDesk } from '@cli/with-desk'
import { EXIT, exitCodeOf } from '@cli/exit-code'
import { readClientId, readPlatformUrl } from '@cli/desk-identity'
import { readPlatformKey } from '@cli/key-files'

export const connectCommand: Command = {
  name: 'connect',
  usage: 'connect --platform URL --client-id I --platform-key FILE [--enrol]',
  summary: commandSummaries.connect,
  options: {
    platform: { type: 'string' },
    'client-id': { type: 'string' },
    'platform-key': { type: 'string' },
    enrol: { type: 'boolean' },
  },
  positionals: { min: 0, max: 0 },
  async run({ args, opening, note }) {
    const platformUrl = args.required('platform')
    opening.checkPlatform(platformUrl)
    const clientId = readClientId(args.required('client-id'))
    const platformPublicKey = readPlatformKey(args.required('platform-key'))
    return withDesk(opening, async (engine) => {
      if (args.flag('enrol')) {
        const origin = new URL(readPlatformUrl(platformUrl)).origin
        await engine.services.connection.enrolPractice({
          url: platformUrl,
          origin,
          clientId,
          platformPublicKey,
        })
      }
      const test = await engine.services.connection.save({ platformUrl, clientId, platformPublicKey })
      const failed = test.steps.find((step) => !step.ok)
      if (failed !== undefined) note(failed.message)
      const lines = test.steps.map((step) => `${step.ok ? '✓' : '✗'} ${step.message}`)
      const exit = test.ok
        ? EXIT.done
        : failed?.step === 'reach'
          ? exitCodeOf('transport.offline')
          : EXIT.refused
      return { json: test, text: lines.join('\n'), exit }
    })
  },
}

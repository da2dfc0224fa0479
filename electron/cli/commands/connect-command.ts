import { commandSummaries } from '@shared/texts/zh-CN/cli'
import type { ConnectionTest } from '@shared/contract/views/connection-views'
import type { Command, CommandResult } from '@cli/command'
import { addressOf } from '@engine/services/connection-choice'
import { readSpelling, spellingOptions, spellingUsage } from '@cli/spelling-arguments'
import { readTransport, transportOptions } from '@cli/transport-arguments'
import { withDesk } from '@cli/with-desk'
import { EXIT, exitCodeOf } from '@cli/exit-code'
import { readClientId, readPlatformUrl } from '@cli/desk-identity'
import { readPlatformKey } from '@cli/key-files'

export const connectCommand: Command = {
  name: 'connect',
  usage: [
    `connect --platform URL --client-id I --platform-key FILE [--enrol] ${spellingUsage}`,
    `connect --by package --client-id I --platform-key FILE ${spellingUsage}`,
    'connect --by city-soap --platform URL --department C --table-version V [--look-up none|doubtful|all]',
    'connect --by front-db --database postgres://USER@HOST:PORT/NAME --password-file FILE [--table-prefix P]',
  ].join('\n  '),
  summary: commandSummaries.connect,
  options: {
    platform: { type: 'string' },
    'client-id': { type: 'string' },
    'platform-key': { type: 'string' },
    enrol: { type: 'boolean' },
    ...transportOptions,
    ...spellingOptions,
  },
  positionals: { min: 0, max: 0 },
  async run({ args, opening, note }) {
    const chosen = readTransport(args)
    if (chosen !== null) {
      opening.checkPlatform(addressOf(chosen))
      return withDesk(opening, async (engine) =>
        testOutcome(await engine.services.connection.choose(chosen), note),
      )
    }
    const platformUrl = args.required('platform')
    opening.checkPlatform(platformUrl)
    const clientId = readClientId(args.required('client-id'))
    const platformPublicKey = readPlatformKey(args.required('platform-key'))
    const spelling = readSpelling(args)
    return withDesk(opening, async (engine) => {
      if (args.flag('enrol')) {
        const origin = new URL(readPlatformUrl(platformUrl)).origin
        await engine.services.connection.enrolPractice({
          url: platformUrl,
          origin,
          clientId,
          platformPublicKey,
          spelling,
        })
      }
      const test = await engine.services.connection.save({
        ...{ platformUrl, clientId, platformPublicKey, spelling },
      })
      return testOutcome(test, note)
    })
  },
}

function testOutcome(test: ConnectionTest, note: (line: string) => void): CommandResult {
  const failed = test.steps.find((step) => !step.ok)
  if (failed !== undefined) note(failed.message)
  const lines = test.steps.map((step) => `${step.ok ? '✓' : '✗'} ${step.message}`)
  const exit = test.ok ? EXIT.done : failed?.step === 'reach' ? exitCodeOf('transport.offline') : EXIT.refused
  return { json: test, text: lines.join('\n'), exit }
}

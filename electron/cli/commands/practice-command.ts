import { readFile, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { startPractice } from '@practice/practice-server'
import type { PracticeServer } from '@practice/practice-options'
import { ProtocolError } from '@practice/http/protocol-error'
import { isScenarioName, scenarioNames } from '@shared/domain/practice-scenario'
import { refuse } from '@shared/kernel/failure'
import { cliTexts, commandSummaries, usageTexts } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import type { FrontDbPlace } from '@practice/rows/front-db-watch'
import type { Arguments } from '@cli/arguments'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { databasePlace, passwordOf } from '@cli/transport-arguments'
import { readSpelling, spellingOptions, spellingUsage } from '@cli/spelling-arguments'
import { untilStopped } from '@cli/until-stopped'
import { writeWhole } from '@engine/sheets/output-file'

/** The front-end database that the platform looks into, if one is named. */
function frontDbOf(args: Arguments): { readonly frontDb?: FrontDbPlace } {
  const text = args.text('front-db')
  if (text === null) return {}
  const place = { ...databasePlace(text), password: passwordOf(args.text('password-file')) ?? '' }
  return { frontDb: { tablePrefix: 'L_PX_', ...place } }
}

/** Answers one package file and ends: the platform's end of a network without wires. */
async function answerPackage(server: PracticeServer, given: string, answer: string): Promise<void> {
  const file = basename(given)
  const bytes = await readFile(given).catch(() => refuse('input.missing-file', { file }))
  const answered = await server.answerPackage(bytes).catch((error: unknown) => {
    if (!(error instanceof ProtocolError)) throw error
    const { reason } = error.details
    return refuse('platform.refused', { detail: typeof reason === 'string' ? reason : error.code })
  })
  await writeWhole(answer, (partial) => writeFile(partial, answered))
}

export const practiceCommand: Command = {
  name: 'practice',
  usage:
    'practice [--port P] [--scenario S] [--seed N] [--ledger FILE] [--data DIR] [--package IN.zip --answer OUT.zip] [--front-db postgres://USER@HOST:PORT/NAME --password-file FILE] ' +
    spellingUsage,
  summary: commandSummaries.practice,
  options: {
    port: { type: 'string' },
    scenario: { type: 'string' },
    seed: { type: 'string' },
    ledger: { type: 'string' },
    package: { type: 'string' },
    answer: { type: 'string' },
    'front-db': { type: 'string' },
    'password-file': { type: 'string' },
    ...spellingOptions,
  },
  positionals: { min: 0, max: 0 },
  async run({ args, opening, host, announce }) {
    const scenario = args.text('scenario') ?? 'clean'
    if (!isScenarioName(scenario))
      refuse('usage.invalid', {
        detail: fill(usageTexts.oneOf, { name: 'scenario', allowed: scenarioNames.join('、') }),
      })
    const dataDir = args.text('data') === null ? join(opening.baseDir, 'practice-server') : opening.dataDir
    const ledgerFile = args.text('ledger')
    const given = args.text('package')
    if ((given === null) !== (args.text('answer') === null))
      refuse('usage.invalid', { detail: usageTexts.packagePair })
    const server = await startPractice({
      dataDir,
      port: args.number('port', 0, 65_535) ?? 0,
      scenario,
      seed: args.number('seed', 0, 2_147_483_647) ?? 1,
      ...(ledgerFile === null ? {} : { ledgerFile }),
      ...frontDbOf(args),
      spelling: readSpelling(args),
      standardDir: host.resourceDir,
      clock: opening.clock,
    })
    if (given !== null) {
      const path = resolve(args.required('answer'))
      await answerPackage(server, resolve(given), path).finally(() => server.close())
      return { json: { answer: path }, text: fill(cliTexts.packageAnswered, { path }), exit: EXIT.done }
    }
    const { url, clientId, platformPublicKey } = server
    announce({ url, clientId, platformPublicKey }, fill(cliTexts.practiceRunning, { url, scenario }))
    await untilStopped()
    await server.close()
    return { json: null, text: '', exit: EXIT.done }
  },
}

import { join } from 'node:path'
import { startPractice } from '@practice/practice-server'
import { isScenarioName, scenarioNames } from '@practice/practice-options'
import { refuse } from '@shared/kernel/failure'
import { cliTexts, commandSummaries, usageTexts } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import type { Command } from '@cli/command'
import { EXIT } from '@cli/exit-code'
import { untilStopped } from '@cli/until-stopped'

export const practiceCommand: Command = {
  name: 'practice',
  usage: 'practice [--port P] [--scenario S] [--seed N] [--ledger FILE] [--data DIR]',
  summary: commandSummaries.practice,
  options: {
    port: { type: 'string' },
    scenario: { type: 'string' },
    seed: { type: 'string' },
    ledger: { type: 'string' },
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
    const server = await startPractice({
      dataDir,
      port: args.number('port', 0, 65_535) ?? 0,
      scenario,
      seed: args.number('seed', 0, 2_147_483_647) ?? 1,
      ...(ledgerFile === null ? {} : { ledgerFile }),
      standardDir: host.resourceDir,
      clock: opening.clock,
    })
    const { url, clientId, platformPublicKey } = server
    announce({ url, clientId, platformPublicKey }, fill(cliTexts.practiceRunning, { url, scenario }))
    await untilStopped()
    await server.close()
    return { json: null, text: '', exit: EXIT.done }
  },
}

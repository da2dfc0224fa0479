import type { Log } from '@engine/ports'
import { FailureError, failure, refuse } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import { cliTexts, usageTexts } from '@shared/texts/zh-CN/cli'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { fill } from '@shared/texts/fill'
import { withoutDeceivers } from '@shared/kernel/text'
import { parseCommandArguments } from './arguments'
import type { Command } from './command'
import type { CommandHost } from './command-host'
import { createConsoleLog } from './console-log'
import { prepareDesk } from './desk-opening'
import { EXIT, exitCodeOf } from './exit-code'
import type { ExitCode } from './exit-code'
import { commands } from './registry'

const helpText = (): string =>
  [cliTexts.usage, '', ...commands.map((command) => `  ${command.usage}\n      ${command.summary}`)].join(
    '\n',
  )

async function runCommand(
  command: Command,
  words: readonly string[],
  host: CommandHost,
  log: Log,
): Promise<ExitCode> {
  const args = parseCommandArguments(words, command.options, command.positionals)
  const asJson = args.flag('json')
  const opening = prepareDesk({ data: args.text('data'), now: args.text('now'), host, log })
  const note = (line: string): void => host.err(`${withoutDeceivers(line)}\n`)
  const result = await command.run({
    args,
    opening,
    host,
    note,
    // The first line of a server command is JSON whoever reads it, for scripts that wait for the address.
    announce: (json, text) => {
      host.out(`${JSON.stringify(json)}\n`)
      if (!asJson) note(text)
    },
  })
  const output = asJson ? JSON.stringify(result.json) : withoutDeceivers(result.text)
  if (result.json !== null && output !== '') host.out(`${output}\n`)
  return result.exit
}

function explain(refused: Failure, asJson: boolean, host: CommandHost): ExitCode {
  const message = failureSentence(refused)
  host.err(`${withoutDeceivers(message)}\n`)
  if (asJson)
    host.out(`${JSON.stringify({ failure: { code: refused.code, message, params: refused.params } })}\n`)
  return exitCodeOf(refused.code)
}

/** Runs one command of the public interface to its end; `argv` is the command and what follows it. Never rejects. */
export async function runCommandLine(argv: readonly string[], host: CommandHost): Promise<ExitCode> {
  const [name, ...words] = argv
  if (
    name === undefined ||
    name === 'help' ||
    words.includes('--help') ||
    words.includes('-h') ||
    name === '--help'
  ) {
    host.out(`${helpText()}\n`)
    return name === undefined ? EXIT.usage : EXIT.done
  }
  const log = createConsoleLog({ verbose: process.env['XINBAO_VERBOSE'] === '1', err: host.err })
  const asJson = argv.includes('--json')
  try {
    if (name.startsWith('-')) refuse('usage.invalid', { detail: usageTexts.noCommand })
    const command =
      commands.find((known) => known.name === name) ??
      refuse('usage.invalid', { detail: fill(usageTexts.unknownCommand, { name }) })
    return await runCommand(command, words, host, log)
  } catch (error) {
    if (error instanceof FailureError) return explain(error.failure, asJson, host)
    log.error('command.defect', error, { command: name })
    return explain(failure('defect.unexpected', {}, { kind: 'never' }), asJson, host)
  }
}

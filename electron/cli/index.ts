import { FailureError, failure } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import { cliTexts, usageTexts } from '@shared/texts/zh-CN/cli'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { fill } from '@shared/texts/fill'
import { parseCommandArguments } from './arguments'
import type { Command } from './command'
import { createConsoleLog } from './console-log'
import { prepareDesk } from './desk-opening'
import { EXIT, exitCodeOf } from './exit-code'
import type { ExitCode } from './exit-code'
import { commands } from './registry'

const log = createConsoleLog({ verbose: process.env['XINBAO_VERBOSE'] === '1' })

const note = (line: string): void => void process.stderr.write(`${line}\n`)

const print = (asJson: boolean, json: unknown, text: string): void => {
  const output = asJson ? JSON.stringify(json) : text
  if (output !== '') process.stdout.write(`${output}\n`)
}

const helpText = (): string =>
  [cliTexts.usage, '', ...commands.map((command) => `  ${command.usage}\n      ${command.summary}`)].join(
    '\n',
  )

async function runCommand(command: Command, words: readonly string[]): Promise<ExitCode> {
  const args = parseCommandArguments(words, command.options, command.positionals)
  const asJson = args.flag('json')
  const opening = prepareDesk({ data: args.text('data'), now: args.text('now'), log })
  const result = await command.run({
    args,
    opening,
    note,
    // The first line of a server command is JSON whoever reads it, for scripts that wait for the address.
    announce: (json, text) => {
      process.stdout.write(`${JSON.stringify(json)}\n`)
      if (!asJson) note(text)
    },
  })
  if (result.json !== null) print(asJson, result.json, result.text)
  return result.exit
}

function explain(refused: Failure, asJson: boolean): ExitCode {
  const message = failureSentence(refused)
  note(message)
  if (asJson)
    process.stdout.write(
      `${JSON.stringify({ failure: { code: refused.code, message, params: refused.params } })}\n`,
    )
  return exitCodeOf(refused.code)
}

async function main(argv: readonly string[]): Promise<ExitCode> {
  const [name, ...words] = argv
  if (
    name === undefined ||
    name === 'help' ||
    words.includes('--help') ||
    words.includes('-h') ||
    name === '--help'
  ) {
    process.stdout.write(`${helpText()}\n`)
    return name === undefined ? EXIT.usage : EXIT.done
  }
  const asJson = words.includes('--json')
  const command = commands.find((known) => known.name === name)
  if (!command) {
    return explain(failure('usage.invalid', { detail: fill(usageTexts.unknownCommand, { name }) }), asJson)
  }
  try {
    return await runCommand(command, words)
  } catch (error) {
    if (error instanceof FailureError) return explain(error.failure, asJson)
    log.error('command.defect', error, { command: name })
    return explain(failure('defect.unexpected', {}, { kind: 'never' }), asJson)
  }
}

// What a library thinks of its own calls is nothing that a clerk or a script could act on.
process.noDeprecation = true
process.exitCode = await main(process.argv.slice(2))

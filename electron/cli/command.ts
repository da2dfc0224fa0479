import type { ParseArgsConfig } from 'node:util'
import type { Arguments } from './arguments'
import type { CommandHost } from './command-host'
import type { ExitCode } from './exit-code'
import type { DeskOpening } from './desk-opening'

/** What a command hands back: the JSON document and the same thing for people. */
export interface CommandResult {
  readonly json: unknown
  /** Lines for a person, without the final line feed. */
  readonly text: string
  readonly exit: ExitCode
}

/** What a command works with. */
export interface CommandContext {
  readonly args: Arguments
  readonly opening: DeskOpening
  readonly host: CommandHost
  /** One line on stderr; never the result. */
  note(line: string): void
  /** One line on stdout before the command ends (for commands that run until stopped). */
  announce(json: unknown, text: string): void
}

/** One command of the public interface. */
export interface Command {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly options: NonNullable<ParseArgsConfig['options']>
  readonly positionals: { readonly min: number; readonly max: number }
  run(context: CommandContext): Promise<CommandResult>
}

import { usageTexts } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'
import { refuse } from '@shared/kernel/failure'

type OptionSpecs = NonNullable<ParseArgsConfig['options']>

/** What every command accepts. */
export const globalOptions = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  now: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies OptionSpecs

/** The arguments of one command after parsing. */
export interface Arguments {
  readonly positionals: readonly string[]
  /** The value of a text option, or null. */
  text(name: string): string | null
  /** The value of a text option; `usage.invalid` when it is missing. */
  required(name: string): string
  flag(name: string): boolean
  /** A whole number within bounds, or null. */
  number(name: string, min: number, max: number): number | null
}

/** What Node says of an option, in our words; it has no other sign of which one it means than its message. */
function misuse(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (!code.startsWith('ERR_PARSE_ARGS_')) throw error
  const name = /'(--?[^' ,]+)/.exec(message)?.[1] ?? ''
  return fill(code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? usageTexts.unknownOption : usageTexts.optionValue, {
    name,
  })
}

/** Parses the words after the command. Unknown options and a wrong number of words are `usage.invalid`. */
export function parseCommandArguments(
  words: readonly string[],
  options: OptionSpecs,
  positionals: { readonly min: number; readonly max: number },
): Arguments {
  let parsed: ReturnType<typeof parseArgs>
  try {
    parsed = parseArgs({
      args: [...words],
      options: { ...options, ...globalOptions },
      allowPositionals: true,
      strict: true,
    })
  } catch (error) {
    refuse('usage.invalid', { detail: misuse(error) })
  }
  const values = parsed.values
  if (parsed.positionals.length < positionals.min || parsed.positionals.length > positionals.max) {
    refuse('usage.invalid', {
      detail: fill(usageTexts.wordCount, positionals),
    })
  }
  const text = (name: string): string | null => {
    const value = values[name]
    return typeof value === 'string' ? value : null
  }
  return {
    positionals: parsed.positionals,
    text,
    required: (name) =>
      text(name) ?? refuse('usage.invalid', { detail: fill(usageTexts.missingOption, { name }) }),
    flag: (name) => values[name] === true,
    number(name, min, max) {
      const value = text(name)
      if (value === null) return null
      const number = Number(value)
      if (!Number.isInteger(number) || number < min || number > max) {
        refuse('usage.invalid', { detail: fill(usageTexts.wholeNumber, { name, min, max }) })
      }
      return number
    },
  }
}

/** Splits `FIELD=VALUE` words; `usage.invalid` names the word that is none. */
export function parseAssignments(words: readonly string[]): Readonly<Record<string, string>> {
  const changes: Record<string, string> = {}
  for (const word of words) {
    const match = /^([A-Za-z][A-Za-z0-9_]*)=([\s\S]*)$/.exec(word)
    if (!match) refuse('usage.invalid', { detail: fill(usageTexts.assignment, { word }) })
    changes[match[1]!] = match[2]!
  }
  return changes
}

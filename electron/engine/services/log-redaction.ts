/** Lines of a log that may leave the desk: only what looks like a code, a count or a place in our program stays. */
import { basename } from 'node:path'
import type { LogDetail } from '@shared/contract/engine-messages'

/** What stands where something was left out. */
export const LEFT_OUT = '***'

/** A code, an event or an enum of ours: Latin letters first, never a longer run of digits, never of hex digits. */
const isWord = (text: string): boolean =>
  /^[A-Za-z][A-Za-z0-9_.-]{0,47}$/.test(text) && !/\d{5}|[0-9a-f]{12}/i.test(text)

/** A code as it is; anything else is left out. */
export const safeWord = (text: string): string => (isWord(text) ? text : LEFT_OUT)

/** Numbers, truths and codes of a detail; every other text is left out. */
export const safeDetail = (detail: LogDetail): LogDetail =>
  Object.fromEntries(
    Object.entries(detail)
      .filter(([name]) => isWord(name))
      .map(([name, value]) => [name, typeof value === 'string' ? safeWord(value) : value]),
  )

/** The file without its folders, which name the user of the machine. */
function safeFrame(line: string): string | null {
  const frame = /^\s*at (?:(?:async )?([\w.$<>]+(?: \[as [\w$]+\])?) \()?(.*?)(:\d+)?(:\d+)?\)?$/.exec(line)
  if (frame === null) return null
  const [, name = '', place = '', ...numbers] = frame
  const file = basename(place.replaceAll('\\', '/'))
  const shown = /^[\w.-]{1,60}$/.test(file) && !/\d{8}/.test(file) ? file : LEFT_OUT
  return `    at ${name === '' ? '' : `${name} `}${shown}${numbers.filter((one) => one !== undefined).join('')}`
}

/** Kind of an error and the places where it came from. Its message may quote what a person has typed: it stays here. */
export function safeStack(stack: string): string {
  const [first = '', ...rest] = stack.split('\n')
  const frames = rest.map(safeFrame).filter((frame) => frame !== null)
  return [safeWord(/^[\w.]+/.exec(first)?.[0] ?? ''), ...frames.slice(0, 12)].join('\n')
}

const HEAD = /^\[(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3})\] \[(\w+)\]\s+(\S+) ?(\{.*\})?/

const detailOf = (json: string | undefined): string => {
  try {
    return JSON.stringify(safeDetail(JSON.parse(json ?? '{}') as LogDetail))
  } catch {
    return LEFT_OUT
  }
}

/** The last lines of a log file of the shell. Lines of any other form are dropped. */
export function safeLogFile(text: string, lines: number): string {
  const kept = text.split('\n').flatMap((line) => {
    const [, at, level, event = '', detail] = HEAD.exec(line) ?? []
    if (at !== undefined) return [`${at} ${safeWord(level ?? '')} ${safeWord(event)} ${detailOf(detail)}`]
    const frame = safeFrame(line)
    return frame === null ? [] : [frame]
  })
  return kept.slice(-lines).join('\n')
}

import type { Log } from '@engine/ports'

/** Logs to stderr, one line an event, so that stdout stays the result alone. Errors show their stack. */
export function createConsoleLog(options: {
  readonly verbose: boolean
  readonly err: (text: string) => void
}): Log {
  return {
    info(event, detail) {
      if (options.verbose) options.err(`${event} ${JSON.stringify(detail ?? {})}\n`)
    },
    error(event, error, detail) {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
      options.err(`${event} ${JSON.stringify(detail ?? {})}\n${stack}\n`)
    },
  }
}

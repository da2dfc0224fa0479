import type { LogDetail } from '@shared/contract/engine-messages'
import type { Clock } from '@shared/kernel/clock'
import type { Log } from '@engine/ports'
import { safeDetail, safeStack, safeWord } from './log-redaction'

/** The log of the host, and what went into it last. */
export interface LogTail {
  readonly log: Log
  /** The last lines since the desk was opened, oldest first, without anything personal. */
  lines(): readonly string[]
}

const KEPT = 300

/** Remembers what passes to a log. */
export function createLogTail(log: Log, clock: Clock): LogTail {
  const kept: string[] = []
  const keep = (level: string, event: string, detail: LogDetail, error: unknown): void => {
    const stack = error instanceof Error ? `\n${safeStack(error.stack ?? error.name)}` : ''
    kept.push(`${clock.now()} ${level} ${safeWord(event)} ${JSON.stringify(safeDetail(detail))}${stack}`)
    if (kept.length > KEPT) kept.shift()
  }
  return {
    log: {
      info(event, detail = {}) {
        keep('info', event, detail, null)
        log.info(event, detail)
      },
      error(event, error, detail = {}) {
        keep('error', event, detail, error)
        log.error(event, error, detail)
      },
    },
    lines: () => kept,
  }
}

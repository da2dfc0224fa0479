import { join } from 'node:path'
import log from 'electron-log/node'
import type { LogDetail } from '@shared/contract/engine-messages'

/** Where the shell and its engine write what happened: codes, counts and ids, and the stack of a defect. */
export interface ShellLog {
  info(event: string, detail?: LogDetail): void
  error(event: string, stack: string | null, detail?: LogDetail): void
}

/** Text of whatever was thrown, for the log alone. */
export const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

/** A log of one file a month in `folder`, kept for ever: the law asks for six months, and lines are few and small. */
export function openShellLog(folder: string): ShellLog {
  const logger = log.create({ logId: folder })
  logger.transports.console.level = false
  logger.transports.file.level = 'info'
  logger.transports.file.maxSize = 0
  logger.transports.file.resolvePathFn = (_variables, message) =>
    join(folder, `shell-${(message?.date ?? new Date(0)).toISOString().slice(0, 7)}.log`)
  return {
    info: (event, detail = {}) => logger.info(event, JSON.stringify(detail)),
    error: (event, stack, detail = {}) => logger.error(event, JSON.stringify(detail), stack ?? ''),
  }
}

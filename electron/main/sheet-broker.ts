import type { FromSheets, ToSheets } from '@shared/contract/engine-messages'
import type { ShellProcess } from './shell-process'

/** Starts a child that reads one workbook, with at most so much heap. */
export type ForkSheetChild = (memoryMb: number) => ShellProcess

/** The children of one engine process. */
export interface SheetBroker {
  /** Does what the engine asks for; unknown children are ignored, since they may just have ended. */
  receive(message: FromSheets): void
  /** Ends every child, when their engine is gone. */
  killAll(): void
}

/**
 * Keeps the sheet children of an engine: only the shell can start processes, so it carries messages between them. What
 * passes is lots of rows as text; the shell does not look inside.
 */
export function createSheetBroker(fork: ForkSheetChild, post: (message: ToSheets) => void): SheetBroker {
  const children = new Map<number, ShellProcess>()
  return {
    receive(message) {
      const { child } = message
      if (message.kind === 'sheet-launch') {
        const started = fork(message.memoryMb)
        children.set(child, started)
        started.on('message', (said) => post({ kind: 'sheet-message', child, message: said }))
        started.on('exit', (code) => {
          children.delete(child)
          post({ kind: 'sheet-exit', child, code })
        })
      } else if (message.kind === 'sheet-send') children.get(child)?.postMessage(message.message)
      else children.get(child)?.kill()
    },
    killAll() {
      for (const child of children.values()) child.kill()
      children.clear()
    },
  }
}

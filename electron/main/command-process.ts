import type { FromCommand, ToCommand } from '@shared/contract/command-messages'
import { failure, FailureError } from '@shared/kernel/failure'
import { err, ok } from '@shared/kernel/result'
import type { Result } from '@shared/kernel/result'
import { createSheetBroker } from './sheet-broker'
import type { ForkSheetChild } from './sheet-broker'
import type { ShellProcess } from './shell-process'

/** The exit code of a program that is wrong, as the command line has it. */
const DEFECT = 70

/** Keys that the client keeps in the system's key store. */
export interface ClientKeys {
  /** The key of a folder that the client made; null for any other. Throws `FailureError`. */
  read(dataDir: string): string | null
  /** The key for a folder of the client that is about to be made; null for any other. Throws `FailureError`. */
  make(dataDir: string): string | null
}

const answerOf = (work: () => string | null): Result<string | null> => {
  try {
    return ok(work())
  } catch (error) {
    return err(error instanceof FailureError ? error.failure : failure('storage.wrong-key'))
  }
}

/** Runs one command in a process of its own, writes what it writes, and gives its exit code. */
export function runCommandProcess(options: {
  readonly words: readonly string[]
  readonly resourceDir: string
  readonly fork: () => ShellProcess
  readonly forkSheetChild: ForkSheetChild
  readonly keys: ClientKeys
  readonly write: (to: 'stdout' | 'stderr', text: string) => void
  /** Calls back when the user asks to stop. */
  readonly onInterrupt: (stop: () => void) => void
}): Promise<number> {
  const { words, resourceDir, keys } = options
  return new Promise((resolve) => {
    const child = options.fork()
    const post = (message: ToCommand): void => child.postMessage(message)
    const broker = createSheetBroker(options.forkSheetChild, post)
    const end = (code: number): void => {
      broker.killAll()
      child.kill()
      resolve(code)
    }
    child.on('message', (said) => {
      const message = said as FromCommand
      switch (message.kind) {
        case 'output':
          return options.write(message.to, message.text)
        case 'key': {
          const { id, dataDir, make } = message
          return post({
            kind: 'key',
            id,
            result: answerOf(() => (make ? keys.make(dataDir) : keys.read(dataDir))),
          })
        }
        case 'end':
          return end(message.code)
        case 'sheet-launch':
        case 'sheet-send':
        case 'sheet-kill':
          return broker.receive(message)
      }
    })
    // It says `end` before it ends; without that something broke.
    child.on('exit', () => end(DEFECT))
    options.onInterrupt(() => post({ kind: 'interrupt' }))
    post({ kind: 'start', words, resourceDir })
  })
}

import type { FromSheets, ToSheets } from '@shared/contract/engine-messages'
import type { ChildExit, LaunchSheetChild } from '@engine/sheets/sheet-types'

/** Starts sheet children through the shell, because a utility process cannot start another. */
export interface BrokeredSheetLauncher {
  readonly launch: LaunchSheetChild
  /** Takes the shell's messages about children; ignores those about children that are no longer known. */
  receive(message: ToSheets): void
}

interface Ears {
  readonly onMessage: ((message: unknown) => void)[]
  readonly onExit: ((exit: ChildExit) => void)[]
}

/** A launcher that speaks to the shell through `post`. */
export function createBrokeredSheetLauncher(post: (message: FromSheets) => void): BrokeredSheetLauncher {
  const children = new Map<number, Ears>()
  let last = 0
  return {
    launch({ memoryMb }) {
      const child = ++last
      const ears: Ears = { onMessage: [], onExit: [] }
      children.set(child, ears)
      post({ kind: 'sheet-launch', child, memoryMb })
      return {
        send: (message) => post({ kind: 'sheet-send', child, message }),
        onMessage: (listener) => void ears.onMessage.push(listener),
        onExit: (listener) => void ears.onExit.push(listener),
        kill: () => post({ kind: 'sheet-kill', child }),
      }
    },
    receive(message) {
      const ears = children.get(message.child)
      if (message.kind === 'sheet-message') {
        for (const listener of ears?.onMessage ?? []) listener(message.message)
        return
      }
      children.delete(message.child)
      for (const listener of ears?.onExit ?? []) listener({ code: message.code, signal: null })
    },
  }
}

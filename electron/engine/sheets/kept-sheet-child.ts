/** One child for two requests about one file: what the look at a file has read need not be read again for its rows. */
import type { ChildMessage } from './child-protocol'
import type { ChildExit, LaunchSheetChild, SheetChild } from './sheet-types'

/** A launcher whose child outlives a finished inspection. */
export interface KeptSheetChild {
  readonly launch: LaunchSheetChild
  /** Ends the child that is still there. */
  end(): void
}

/** Who listens to the child at the moment. */
interface Conversation {
  onMessage: (message: unknown) => void
  onExit: (exit: ChildExit) => void
}

const nobody: Conversation = { onMessage: () => {}, onExit: () => {} }

/**
 * Starts a child by `launch` at the first call. A later call gets the same one when it has answered an inspection and
 * lives; after a cancel, a time-out, a failure or rows it is ended as ever. Both calls name the same file.
 */
export function keptSheetChild(launch: LaunchSheetChild): KeptSheetChild {
  let child: SheetChild | null = null
  let isIdle = false
  let conversation = nobody

  const start = (memoryMb: number): SheetChild => {
    const started = launch({ memoryMb })
    started.onMessage((message) => {
      if (child !== started) return
      isIdle = (message as ChildMessage).type === 'info'
      conversation.onMessage(message)
    })
    started.onExit((exit) => {
      if (child !== started) return
      child = null
      conversation.onExit(exit)
    })
    return started
  }

  const end = (): void => {
    child?.kill()
    child = null
  }

  return {
    end,
    launch({ memoryMb }) {
      const current = (child ??= start(memoryMb))
      const own: Conversation = { ...nobody }
      conversation = own
      return {
        send: (message) => {
          isIdle = false
          current.send(message)
        },
        onMessage: (listener) => {
          own.onMessage = listener
        },
        onExit: (listener) => {
          own.onExit = listener
        },
        kill: () => {
          if (conversation === own) conversation = nobody
          if (!isIdle) end()
        },
      }
    },
  }
}

/**
 * Entry of the killable child process that reads one untrusted file, and checks its rows. It takes requests over its channel (Electron's
 * parent port, or Node's), one at a time, and never touches the store or the network.
 */
import { createSheetReading } from '@engine/reading/sheet-reading'
import { createAnswerer } from './child-answer'
import type { ChildMessage, ParentMessage } from './child-protocol'

/** The part of Electron's `process.parentPort` that is used. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  postMessage(message: unknown): void
}

const { parentPort } = process as { parentPort?: ParentPort }

const waiting: (() => void)[] = []
let unclaimed = 0

function receive(message: ParentMessage): void {
  if (message.type === 'start') {
    // Whatever was not claimed belonged to the answer before.
    unclaimed = 0
    void answer(message.request)
    return
  }
  const next = waiting.shift()
  if (next === undefined) unclaimed++
  else next()
}

function acknowledged(): Promise<void> {
  if (unclaimed > 0) {
    unclaimed--
    return Promise.resolve()
  }
  return new Promise((resolve) => waiting.push(resolve))
}

const answer = createAnswerer({ send, acknowledged }, createSheetReading)

/** The parent ends the process when it has the last message, so nothing can be lost on the way out. */
function send(message: ChildMessage): void {
  if (parentPort === undefined) process.send?.(message)
  else parentPort.postMessage(message)
}

if (parentPort === undefined) {
  process.on('message', (message) => receive(message as ParentMessage))
  // A parent that is gone will read nothing any more.
  process.on('disconnect', () => process.exit())
} else {
  parentPort.on('message', ({ data }) => receive(data as ParentMessage))
}

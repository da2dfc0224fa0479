/** Entry of the engine as a utility process of the desktop shell: its parent port on one side, the engine on the other. */
import type { FromEngine, ToEngine } from '@shared/contract/engine-messages'
import { openOrMakeDesk } from './desk-opener'
import { createEngineServer } from './engine-server'
import { systemClock } from './system-clock'
import { uuidIds } from './system-ids'

/** The part of Electron's `process.parentPort` that is used. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  postMessage(message: FromEngine): void
}

const { parentPort } = process as { parentPort?: ParentPort }
if (parentPort === undefined) throw new Error('the engine entry runs only as a utility process')

const receive = createEngineServer({
  post: (message) => parentPort.postMessage(message),
  openEngine: ({ bureau, restore, ...start }, ports) =>
    openOrMakeDesk({ ...start, ...ports, clock: systemClock, ids: uuidIds }, bureau, restore),
  exit: () => process.exit(0),
})
parentPort.on('message', ({ data }) => receive(data as ToEngine))

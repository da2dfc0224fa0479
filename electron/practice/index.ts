/**
 * Entry of the practice platform as an Electron utility process. The parent posts `start` once and, before it quits,
 * `stop`; it hears `started` or `failed`, and `stopped`.
 */
import { systemClock } from '@engine/system-clock'
import type { PracticeOptions, PracticeServer } from './practice-options'
import { startPractice } from './practice-server'

/** What the parent may post. */
export type PracticeCommand =
  | { readonly type: 'start'; readonly options: Omit<PracticeOptions, 'clock' | 'onDefect'> }
  | { readonly type: 'stop' }

/** What the process answers. */
export type PracticeReport =
  | ({ readonly type: 'started' } & Omit<PracticeServer, 'close'>)
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'stopped' }

interface ParentPort {
  postMessage(message: PracticeReport): void
  on(event: 'message', listener: (event: { readonly data: PracticeCommand }) => void): void
}

const { parentPort } = process as typeof process & { parentPort?: ParentPort }
if (parentPort === undefined) throw new Error('to be forked as a utility process')

let server: PracticeServer | null = null

async function obey(command: PracticeCommand, port: ParentPort): Promise<void> {
  if (command.type === 'start') {
    server ??= await startPractice({ ...command.options, clock: systemClock })
    const { url, origin, clientId, platformPublicKey } = server
    port.postMessage({ type: 'started', url, origin, clientId, platformPublicKey })
  } else {
    await server?.close()
    server = null
    port.postMessage({ type: 'stopped' })
  }
}

parentPort.on('message', ({ data }) => {
  obey(data, parentPort).catch((error: unknown) => {
    parentPort.postMessage({
      type: 'failed',
      message: error instanceof Error ? error.message : String(error),
    })
  })
})

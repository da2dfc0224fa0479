/**
 * Entry of the practice platform as an Electron utility process. The parent posts `start` once and, before it quits,
 * `stop`; it hears `started` or `failed`, and `stopped`.
 */
import { systemClock } from '@engine/system-clock'
import type { FromPractice, ToPractice } from '@shared/contract/practice-messages'
import type { PracticeServer } from './practice-options'
import { startPractice } from './practice-server'

interface ParentPort {
  postMessage(message: FromPractice): void
  on(event: 'message', listener: (event: { readonly data: ToPractice }) => void): void
}

const { parentPort } = process as typeof process & { parentPort?: ParentPort }
if (parentPort === undefined) throw new Error('to be forked as a utility process')

let server: PracticeServer | null = null

async function obey(command: ToPractice, port: ParentPort): Promise<void> {
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

parentPort.on('message', ({ data }: { readonly data: ToPractice }) => {
  obey(data, parentPort).catch((error: unknown) => {
    parentPort.postMessage({
      type: 'failed',
      message: error instanceof Error ? error.message : String(error),
    })
  })
})

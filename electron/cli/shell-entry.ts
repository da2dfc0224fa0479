/** Entry of the command line as a utility process of the desktop client. */
import { resolve } from 'node:path'
import type { FromCommand, ToCommand } from '@shared/contract/command-messages'
import { createCommandServer } from './command-server'

/** The part of Electron's `process.parentPort` that is used. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  postMessage(message: FromCommand): void
}

const { parentPort } = process as { parentPort?: ParentPort }
if (parentPort === undefined) throw new Error('this entry runs only as a utility process')

process.noDeprecation = true
const receive = createCommandServer({
  post: (message) => parentPort.postMessage(message),
  rendererDir: resolve(import.meta.dirname, '../renderer'),
  env: process.env,
})
parentPort.on('message', ({ data }) => receive(data as ToCommand))

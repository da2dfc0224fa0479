import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Log } from '@engine/ports'
import { pageSecurityHeaders } from '@shared/contract/page-policy'
import { createEventStream } from './event-stream'
import { createFileShelf } from './file-shelf'
import { createHostCalls } from './host-calls'
import type { DeskFolders } from './desk-folders'
import { createSessionGate } from './session-gate'
import { openSwitchableDesk } from './switchable-desk'
import type { OpenDeskEngine } from './switchable-desk'
import { createWebRoutes } from './web-routes'

/** What the loopback host needs. */
export interface WebHostOptions {
  readonly folders: DeskFolders
  /** Folder for files on their way between page and engine; emptied at start and end. */
  readonly shelfDir: string
  readonly openEngine: OpenDeskEngine
  /** Folder with the built page. */
  readonly rendererDir: string
  /** Folder of the user guide. */
  readonly guideDir: string
  readonly version: string
  readonly log: Log
  /** 0 or absent: any free port. */
  readonly port?: number
  /** Milliseconds since some moment, never going back; limits the life of tokens. */
  readonly elapsedMs?: () => number
}

/** A running loopback host. */
export interface WebHost {
  /** The address to open, with a token for one browser within five minutes. */
  readonly url: string
  readonly port: number
  /** Another address with a fresh token; the former one stops working. */
  freshUrl(): string
  /** Ends every connection, closes the engine, removes files under way. */
  close(): Promise<void>
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    // Only this machine: never an address that another could reach.
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })

/** Serves the client to one browser on this machine. Refuses as the engine does when the desk cannot be opened. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { log } = options
  const shelf = createFileShelf(options.shelfDir)
  const desk = await openSwitchableDesk({
    folders: options.folders,
    files: shelf,
    openEngine: options.openEngine,
    log,
  })
  await shelf.prepare()
  const events = createEventStream()
  const stopEvents = desk.on((name, payload) => events.send(name, payload))
  const hostCalls = createHostCalls({
    desk,
    shelf,
    version: options.version,
  })

  let answer: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null = null
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(pageSecurityHeaders)) response.setHeader(name, value)
    void answer?.(request, response)
  })
  // Nothing here speaks another protocol: WebSockets and tunnels are cut off unanswered.
  server.on('upgrade', (_request, socket) => socket.destroy())
  server.on('connect', (_request, socket) => socket.destroy())

  const stop = async (): Promise<void> => {
    stopEvents()
    events.close()
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
    await desk.close()
    await shelf.close()
  }

  let port: number
  try {
    port = await listen(server, options.port ?? 0)
  } catch (error) {
    await stop()
    throw error
  }
  const gate = createSessionGate(port, options.elapsedMs ?? (() => performance.now()))
  const authority = `127.0.0.1:${port}`
  answer = createWebRoutes({
    authority,
    gate,
    desk,
    shelf,
    events,
    hostCalls,
    rendererDir: options.rendererDir,
    guideDir: options.guideDir,
    log,
  })
  const freshUrl = (): string => `http://${authority}/?token=${gate.issueToken()}`
  return { url: freshUrl(), port, freshUrl, close: stop }
}

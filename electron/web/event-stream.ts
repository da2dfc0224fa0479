import type { ServerResponse } from 'node:http'

const KEEP_ALIVE_MS = 20_000
/** A page that falls this far behind is cut off; it connects again and refetches. */
const MAX_BACKLOG_BYTES = 1024 * 1024

/** Server-sent events to every open page. */
export interface EventStream {
  /** Turns a response into a stream of events until either side closes it. */
  attach(response: ServerResponse): void
  send(name: string, payload: unknown): void
  close(): void
}

/** An event stream without any page yet. */
export function createEventStream(): EventStream {
  const open = new Set<ServerResponse>()
  const write = (text: string): void => {
    for (const response of open) {
      if (response.writableLength > MAX_BACKLOG_BYTES) response.destroy()
      else response.write(text)
    }
  }
  const keepAlive = setInterval(() => write(':\n\n'), KEEP_ALIVE_MS)
  keepAlive.unref()

  return {
    attach(response) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' })
      response.write(':\n\n')
      open.add(response)
      response.on('close', () => open.delete(response))
    },
    send(name, payload) {
      write(`event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`)
    },
    close() {
      clearInterval(keepAlive)
      for (const response of open) response.end()
    },
  }
}

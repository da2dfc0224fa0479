import { createServer, connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** When a connection is cut, seen in what the client sends. */
export interface Cut {
  /** Bytes of a message after which it happens. */
  readonly at: string
  /** How many such messages pass first. */
  readonly after: number
  /** Whether the message itself still arrives; its answer does not, either way. */
  readonly arrives: boolean
}

export interface WireCutter {
  readonly port: number
  /** Cuts once; null lets everything pass. */
  arm(cut: Cut | null): void
}

/** A proxy of plain bytes in front of a server on this machine. */
export async function startWireCutter(target: number): Promise<WireCutter> {
  let armed: Cut | null = null
  let seen = 0
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    let isCut = false
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        if (!isCut) (socket === client ? upstream : client).destroy()
      })
    }
    client.on('data', (chunk) => {
      if (isCut) return
      const cut = armed
      if (cut === null || !chunk.includes(cut.at) || seen++ < cut.after) return void upstream.write(chunk)
      armed = null
      isCut = true
      if (!cut.arrives) upstream.destroy()
      // The server acts on what has arrived and answers into nothing.
      else upstream.write(chunk, () => setTimeout(() => upstream.destroy(), 100))
      client.destroy()
    })
    upstream.on('data', (chunk) => {
      if (!isCut) client.write(chunk)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    arm(cut) {
      armed = cut
      seen = 0
    },
  }
}

import { createServer, connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { Framing } from './http-framing'
import type { Message } from './http-framing'

/** What happens to one request on its way. */
export type Fate =
  | { readonly kind: 'pass' }
  /** The connection is reset before the platform has read anything. */
  | { readonly kind: 'reset-before' }
  /** The platform acts; the connection is reset instead of its answer. */
  | { readonly kind: 'reset-after' }
  /** The platform acts; the answer breaks off after so many of its bytes, head included. */
  | { readonly kind: 'cut'; readonly at: number }
  /** Swallowed on the way there, or on the way back: nothing is ever said. */
  | { readonly kind: 'black-hole'; readonly when: 'before' | 'after' }
  /** The platform acts; its answer trickles, a few bytes every few milliseconds. */
  | { readonly kind: 'trickle'; readonly bytes: number; readonly everyMs: number }
  /** The platform gets the request twice; the first or the second answer comes back. */
  | { readonly kind: 'twice'; readonly answer: 'first' | 'second' }
  /** The platform gets the request later once more, when nobody listens any longer. */
  | { readonly kind: 'echo-later'; readonly afterMs: number }
  /** Held back so long that others overtake it. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Somebody else answers; `when` says whether the platform has acted before that. */
  | { readonly kind: 'instead'; readonly when: 'before' | 'after'; readonly answer: Answer }
  /** The platform acts; its answer's body is replaced. */
  | { readonly kind: 'alter'; readonly body: (body: Buffer) => Buffer }

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** A request as the proxy sees it. */
export interface Seen {
  /** `capabilities`, `open`, `part`, `close`, `state`, `items`, `receipt`, `lookup`, `feed` or `other`. */
  readonly call: string
  readonly method: string
  readonly path: string
}

export interface Proxy {
  readonly origin: string
  /** Every request in the order of arrival. */
  readonly seen: Seen[]
  /** Decides about the n-th request (from 0) from now on. */
  decide(fate: (seen: Seen, n: number) => Fate): void
  /** No connection gets through any more, present ones are dead; or all is well again. */
  partition(isCut: boolean): void
  close(): Promise<void>
}

const pass: Fate = { kind: 'pass' }
const HOST = '127.0.0.1'

/** The platform says that it takes so few items in a part, so that a few records make several parts. */
const ITEMS_IN_A_PART = 2

/** A TCP server between desk and platform that does to each request what the run says. */
export async function startProxy(port: number): Promise<Proxy> {
  const seen: Seen[] = []
  const sockets = new Set<Socket>()
  let fateOf: (seen: Seen, n: number) => Fate = () => pass
  let count = 0
  let isCut = false

  const track = (socket: Socket): Socket => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    return socket
  }

  /** Gives a request to the platform over a connection of its own; null when none came. */
  const pose = (bytes: Buffer): Promise<Message | null> =>
    new Promise((done) => {
      const socket = track(connect(port, HOST))
      const framing = new Framing()
      socket.on('data', (chunk) => {
        const [reply] = framing.push(chunk)
        if (reply === undefined) return
        done(reply)
        socket.destroy()
      })
      socket.on('close', () => done(null))
      socket.write(bytes)
    })

  const answer = (client: Socket, reply: Message | null, altered?: Buffer): void => {
    if (reply === null || client.destroyed || isCut) return void client.destroy()
    const body = altered ?? reply.body
    const head = reply.head.replace(/^content-length:.*$/im, `content-length: ${body.length}`)
    client.write(Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]))
  }

  const trickle = (client: Socket, bytes: Buffer, size: number, everyMs: number): void => {
    let at = 0
    const timer = setInterval(() => {
      if (client.destroyed || at >= bytes.length) return clearInterval(timer)
      client.write(bytes.subarray(at, (at += size)))
    }, everyMs)
  }

  const handle = async (client: Socket, request: Message): Promise<void> => {
    const named = nameOf(request)
    seen.push(named)
    const fate = fateOf(named, count++)
    switch (fate.kind) {
      case 'pass': {
        const reply = await pose(request.bytes)
        return answer(client, reply, named.call === 'capabilities' ? withSmallParts(reply) : undefined)
      }
      case 'reset-before':
        return void client.resetAndDestroy()
      case 'reset-after':
        await pose(request.bytes)
        return void client.resetAndDestroy()
      case 'cut': {
        const reply = await pose(request.bytes)
        client.write(reply?.bytes.subarray(0, fate.at) ?? '', () => client.destroy())
        return
      }
      case 'black-hole':
        if (fate.when === 'after') await pose(request.bytes)
        return
      case 'trickle': {
        const reply = await pose(request.bytes)
        if (reply === null) return void client.destroy()
        return trickle(client, reply.bytes, fate.bytes, fate.everyMs)
      }
      case 'twice': {
        const first = await pose(request.bytes)
        const second = await pose(request.bytes)
        return answer(client, fate.answer === 'first' ? first : second)
      }
      case 'echo-later':
        answer(client, await pose(request.bytes))
        setTimeout(() => void pose(request.bytes), fate.afterMs)
        return
      case 'delay':
        await new Promise((done) => setTimeout(done, fate.ms))
        return answer(client, await pose(request.bytes))
      case 'instead': {
        if (fate.when === 'after') await pose(request.bytes)
        const { status, headers, body } = fate.answer
        const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`)
        const head = `HTTP/1.1 ${status} Said\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n`
        client.write(head + body)
        return
      }
      case 'alter': {
        const reply = await pose(request.bytes)
        return answer(client, reply, reply === null ? undefined : fate.body(reply.body))
      }
    }
  }

  const server = createServer((client) => {
    track(client)
    if (isCut) return void client.destroy()
    const framing = new Framing()
    client.on('data', (chunk) => {
      for (const request of framing.push(chunk)) void handle(client, request)
    })
  })
  await new Promise<void>((done) => server.listen(0, HOST, done))

  const drop = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    origin: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    seen,
    decide(next) {
      fateOf = next
      count = 0
    },
    partition(cut) {
      isCut = cut
      if (cut) drop()
    },
    async close() {
      drop()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

function withSmallParts(reply: Message | null): Buffer | undefined {
  const text = reply?.body.toString('utf8')
  if (text === undefined) return undefined
  return Buffer.from(text.replace(/"maxPartItems":\d+/, `"maxPartItems":${ITEMS_IN_A_PART}`))
}

function nameOf({ head }: Message): Seen {
  const [method = '', path = ''] = head.split(' ', 2)
  const calls: readonly (readonly [RegExp, string])[] = [
    [/\/capabilities$/, 'capabilities'],
    [/\/parts\/\d+$/, 'part'],
    [/\/close$/, 'close'],
    [/\/items\?/, 'items'],
    [/\/receipt$/, 'receipt'],
    [/\/lookup\?/, 'lookup'],
    [/\/feed\?/, 'feed'],
    [/\/batches\/[^/]+$/, method === 'PUT' ? 'open' : 'state'],
  ]
  return { call: calls.find(([pattern]) => pattern.test(path))?.[1] ?? 'other', method, path }
}

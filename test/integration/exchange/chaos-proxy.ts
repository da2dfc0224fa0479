import { createServer, request as forward } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

/** What happens to one request on its way. */
export type Fate =
  | 'pass'
  /** As `pass`, after a while. */
  | { readonly lateMs: number }
  /** The connection is reset before the platform has seen anything. */
  | 'reset-before'
  /** The platform answers, the answer never arrives. */
  | 'drop-reply'
  /** The connection breaks after so many bytes of the answer's body. */
  | { readonly tearAt: number }
  /** Somebody else answers; the platform sees nothing. */
  | { readonly answer: Answer }
  /** The platform acts, but its answer is replaced. */
  | { readonly replace: (body: Buffer) => Buffer | string }
  /** The platform acts, then a gateway answers in its place. */
  | { readonly answerAfter: Answer }
  /** Nothing is ever answered. */
  | 'swallow'

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly body: Buffer
}

export interface ChaosProxy {
  /** Base address of the protocol through the proxy. */
  readonly url: string
  readonly seen: SeenRequest[]
  /** Requests that have no answer yet. */
  unanswered(): number
  /** Decides about the n-th request (from 0) from now on. */
  decide(fate: (request: SeenRequest, n: number) => Fate): void
}

const bodyOf = async (stream: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** A real HTTP server between desk and platform that does to each request what the test says. */
export async function startChaosProxy(targetUrl: string): Promise<ChaosProxy> {
  const target = new URL(targetUrl)
  const seen: SeenRequest[] = []
  let fateOf: (request: SeenRequest, n: number) => Fate = () => 'pass'
  let count = 0
  let open = 0

  const passOn = (
    incoming: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> =>
    new Promise((done, fail) => {
      const { method, url, headers } = incoming
      const outgoing = forward(
        { host: target.hostname, port: target.port, method, path: url, headers },
        (reply) => {
          bodyOf(reply).then(
            (bytes) => done({ status: reply.statusCode ?? 0, headers: reply.headers, body: bytes }),
            fail,
          )
        },
      )
      outgoing.on('error', fail)
      outgoing.end(body)
    })

  const say = (outgoing: ServerResponse, answer: Answer): void => {
    outgoing.writeHead(answer.status, { ...answer.headers })
    outgoing.end(answer.body ?? '')
  }

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await bodyOf(incoming)
    const request = { method: incoming.method ?? '', path: incoming.url ?? '', body }
    seen.push(request)
    const fate = fateOf(request, count++)
    if (fate === 'swallow') return
    if (fate === 'reset-before') return void incoming.socket.resetAndDestroy()
    if (typeof fate === 'object' && 'answer' in fate) return say(outgoing, fate.answer)
    if (typeof fate === 'object' && 'lateMs' in fate) await sleep(fate.lateMs)
    const reply = await passOn(incoming, body)
    if (fate === 'drop-reply') return void incoming.socket.resetAndDestroy()
    if (typeof fate === 'object' && 'answerAfter' in fate) return say(outgoing, fate.answerAfter)
    if (typeof fate === 'object' && 'tearAt' in fate) {
      outgoing.writeHead(reply.status, reply.headers)
      outgoing.write(reply.body.subarray(0, fate.tearAt), () => incoming.socket.destroy())
      return
    }
    const isReplaced = typeof fate === 'object' && 'replace' in fate
    const bytes = isReplaced ? Buffer.from(fate.replace(reply.body)) : reply.body
    const { ['content-length']: _length, ...headers } = reply.headers
    outgoing.writeHead(reply.status, headers)
    outgoing.end(bytes)
  }

  const server = createServer((incoming, outgoing) => {
    open++
    outgoing.once('close', () => open--)
    handle(incoming, outgoing).catch(() => incoming.socket.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(
    () =>
      new Promise<void>((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  )
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${target.pathname}`,
    seen,
    unanswered: () => open,
    decide(next) {
      fateOf = next
      count = 0
    },
  }
}

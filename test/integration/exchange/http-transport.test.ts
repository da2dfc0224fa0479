import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { randomHex } from '@engine/crypto/random'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { createHttpTransport } from '@engine/transports/http/http-transport'
import type { Transport } from '@engine/transports/transport-port'
import { runningClock } from './exchange-fixture'

const json = { 'content-type': 'application/json' }
const key = softwareKey(sm.generateKeyPair().privateKey)
const batchId = '01900000-0000-7000-8000-000000000001'

const transportTo = (platformUrl: string, deadlineMs = 5_000): Transport => {
  const transport = createHttpTransport({
    ...{ platformUrl, clientId: 'desk-1', key, clock: runningClock, sm, deadlineMs },
    nonce: () => randomHex(16),
  })
  onTestFinished(() => transport.dispose())
  return transport
}

async function serve(listener: RequestListener, deadlineMs?: number) {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return transportTo(`http://127.0.0.1:${port}/api/v1`, deadlineMs)
}

afterEach(() => vi.unstubAllEnvs())

test('a part counts as taken on 204 only', async () => {
  const transport = await serve((request, reply) => {
    request.resume()
    reply.writeHead(request.url?.endsWith('/1') ? 204 : 200, { 'content-type': 'text/html' }).end()
  })
  expect((await transport.part(batchId, 1, Buffer.from('x'))).kind).toBe('ok')
  expect(await transport.part(batchId, 2, Buffer.from('x'))).toMatchObject({
    kind: 'unknown',
    failure: { code: 'transport.captive-page' },
  })
})

test('the deadline is for the whole request, also when bytes keep trickling', async () => {
  const transport = await serve((request, reply) => {
    request.resume()
    reply.writeHead(200, json)
    const drip = setInterval(() => reply.write(' '), 20)
    reply.on('close', () => clearInterval(drip))
  }, 300)
  const close = await transport.close(batchId)
  expect(close).toMatchObject({ kind: 'unknown', failure: { code: 'transport.timeout' } })
  expect(await transport.state(batchId)).toMatchObject({
    kind: 'retryable',
    failure: { code: 'transport.timeout' },
  })
})

test('a change of protocol that nobody asked for is a broken line, not a request without an end', async () => {
  const transport = await serve((request) => {
    request.socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: tunnel\r\nconnection: upgrade\r\n\r\n')
  })
  const broken = { code: 'transport.offline' }
  expect(await transport.close(batchId)).toMatchObject({ kind: 'unknown', failure: broken })
  expect(await transport.state(batchId)).toMatchObject({ kind: 'retryable', failure: broken })
})

test('a cancelled request says so', async () => {
  const transport = await serve((request) => request.resume())
  const abort = new AbortController()
  const asked = transport.state(batchId, abort.signal)
  await sleep(30)
  abort.abort()
  expect(await asked).toMatchObject({ failure: { code: 'task.cancelled' } })
})

test('every attempt has its own nonce, and a replayed one is tried again once', async () => {
  const nonces: string[] = []
  const transport = await serve((request, reply) => {
    nonces.push(String(request.headers['x-nonce']))
    const error = { code: 'nonce_replayed', message: '', details: {} }
    reply.writeHead(401, json).end(JSON.stringify({ error }))
  })
  expect((await transport.state(batchId)).kind).toBe('auth')
  expect(nonces).toHaveLength(2)
  expect(new Set(nonces).size).toBe(2)
  expect(nonces.every((nonce) => /^[0-9a-f]{32}$/.test(nonce))).toBe(true)
})

test('R15 a server time without a zone or beyond reason in form is not believed', async () => {
  for (const serverTime of ['1970-01-01T00:00:00', 'soon', 12]) {
    let count = 0
    const transport = await serve((_request, reply) => {
      count++
      reply
        .writeHead(401, json)
        .end(JSON.stringify({ error: { code: 'clock_skew', message: '', details: { serverTime } } }))
    })
    expect(await transport.state(batchId)).toMatchObject({
      kind: 'auth',
      failure: { code: 'platform.clock-skew' },
    })
    expect([count, transport.skewMs()]).toEqual([1, null])
  }
})

test('a proxy of the environment never stands between us and this machine', async () => {
  for (const name of ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'])
    vi.stubEnv(name, 'http://127.0.0.1:9')
  const transport = await serve((_request, reply) => {
    reply.writeHead(202, json).end('{"state":"processing"}')
  })
  expect(await transport.close(batchId)).toEqual({ kind: 'ok', value: { state: 'processing' } })
})

test('a server without the right TLS gets no byte of a request', async () => {
  const seen: Buffer[] = []
  const server = createTcpServer((socket) => {
    socket.on('data', (bytes) => {
      seen.push(bytes)
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}')
    })
    socket.on('error', () => undefined)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const transport = transportTo(`https://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`)
  expect(await transport.close(batchId)).toMatchObject({
    kind: 'retryable',
    failure: { code: 'transport.tls' },
  })
  expect(Buffer.concat(seen).includes('X-Signature')).toBe(false)
})

test.each([
  ['double gzip', 'gzip, gzip'],
  ['brotli, which was not asked for', 'br'],
  ['a gzip label on plain text', 'gzip'],
])('R2 %s is no answer', async (_title, encoding) => {
  const transport = await serve((_request, reply) => {
    reply.writeHead(200, { ...json, 'content-encoding': encoding }).end('{"state":"done"}')
  })
  expect((await transport.close(batchId)).kind).toBe('unknown')
})

import { createServer } from 'node:http'
import type { RequestListener, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { randomHex } from '@engine/crypto/random'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { createHttpTransport } from '@engine/transports/http/http-transport'
import { BODY_CAP } from '@engine/transports/http/wire-exchange'
import type { Reply, Transport } from '@engine/transports/transport-port'
import { encoded } from '@test/integration/acceptance/bad-files'
import { runningClock } from '@test/integration/exchange/exchange-fixture'

const json = { 'content-type': 'application/json' }
const batchId = '01900000-0000-7000-8000-000000000001'

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A transport to a platform that answers everything so. */
async function transportTo(answer: (reply: ServerResponse) => void): Promise<Transport> {
  const origin = await listen((request, reply) => {
    request.resume()
    request.on('end', () => answer(reply))
  })
  const transport = createHttpTransport({
    platformUrl: `${origin}/api/v1`,
    clientId: 'desk-1',
    key: softwareKey(sm.generateKeyPair().privateKey),
    clock: runningClock,
    sm,
    deadlineMs: 60_000,
    nonce: () => randomHex(16),
  })
  onTestFinished(() => transport.dispose())
  return transport
}

/** Closes a batch at a platform that answers so. */
const closeAt = async (answer: (reply: ServerResponse) => void): Promise<Reply<{ readonly state: string }>> =>
  (await transportTo(answer)).close(batchId)

const replying =
  (body: Buffer | string, headers: Readonly<Record<string, string>> = json, status = 200) =>
  (reply: ServerResponse): void =>
    void reply.writeHead(status, headers).end(body)

/** In doubt: what was asked may have been done, so it is looked up before anything is sent again. */
const inDoubt = (code: string) => ({ kind: 'unknown', failure: { code } })

describe('replies of the corpus', () => {
  it('R1 a reply without end is left at the cap', async () => {
    let sent = 0
    const reply = await closeAt((stream) => {
      stream.writeHead(200, json)
      const piece = Buffer.alloc(1024 * 1024, ' ')
      const pour = (): void => {
        while (!stream.destroyed && stream.write(piece)) sent += piece.length
        if (!stream.destroyed) stream.once('drain', pour)
      }
      pour()
    })
    expect(reply).toMatchObject(inDoubt('transport.reply-too-large'))
    expect(sent).toBeLessThan(BODY_CAP * 8)
  })

  it('R1 a reply that announces 2 GB is left at the cap', async () => {
    const reply = await closeAt((stream) => {
      stream.writeHead(200, { ...json, 'content-length': String(2 * 1024 ** 3) })
      for (let sent = 0; sent <= BODY_CAP; sent += 1024 * 1024) stream.write(Buffer.alloc(1024 * 1024, ' '))
    })
    expect(reply).toMatchObject(inDoubt('transport.reply-too-large'))
  })

  it('R2 a small reply that inflates without end is left at the cap', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '))
    const reply = await closeAt(replying(bomb, { ...json, 'content-encoding': 'gzip' }))
    expect(reply).toMatchObject(inDoubt('transport.reply-too-large'))
  })

  it.each([
    ['gzip twice', gzipSync(gzipSync('{"state":"done"}')), 'gzip'],
    ['gzip that is none', Buffer.from('{"state":"done"}'), 'gzip'],
    ['gzip cut short', gzipSync('{"state":"done"}').subarray(0, 20), 'gzip'],
    ['deflate, which was not asked for', Buffer.from('{"state":"done"}'), 'deflate'],
  ])('R2 %s is no answer', async (_, body, encoding) => {
    expect((await closeAt(replying(body, { ...json, 'content-encoding': encoding }))).kind).not.toBe('ok')
  })

  it.each(['http', 'other host', 'file:///etc/passwd', 'data:application/json,{"state":"done"}'])(
    'R3 a redirect to %s is not followed, nothing is signed for anybody else',
    async (where) => {
      const seen: string[] = []
      const elsewhere = await listen((request, reply) => {
        seen.push(request.url ?? '')
        reply.writeHead(200, json).end('{"state":"done"}')
      })
      const location =
        where === 'http'
          ? `${elsewhere}/api/v1`
          : where === 'other host'
            ? elsewhere.replace('127.0.0.1', 'localhost')
            : where
      for (const status of [301, 302, 307, 308])
        expect(await closeAt(replying('', { location }, status))).toMatchObject(
          inDoubt('transport.redirected'),
        )
      expect(seen).toEqual([])
    },
  )

  it('R5 the login page of a network is no success, and the sentence says what to do', async () => {
    const page = '<!DOCTYPE html><html><form action="/login"><input name="user"></form></html>'
    const reply = await closeAt(replying(page, { 'content-type': 'text/html; charset=utf-8' }))
    expect(reply).toMatchObject(inDoubt('transport.captive-page'))
    if (reply.kind === 'unknown') expect(failureSentence(reply.failure)).toContain('登录')
  })

  it.each([
    '',
    'null',
    '[]',
    '"ok"',
    'true',
    '{"state":"done"} x',
    '{"state":"done"}{"state":"done"}',
    '\ufeff{"state":"done"}',
  ])('R6 %j is no success', async (body) => {
    expect((await closeAt(replying(body))).kind).toMatch(/^(unknown|protocol)$/)
  })

  it('R6 GBK is read where the header says so and nowhere else', async () => {
    const body = encoded('{"state":"done","说明":"完成"}', 'gb18030')
    expect((await closeAt(replying(body))).kind).toBe('unknown')
    const told = { 'content-type': 'application/json; charset=GBK' }
    expect(await closeAt(replying(body, told))).toEqual({ kind: 'ok', value: { state: 'done' } })
  })

  it.each([
    ['nested 200,000 deep', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['800,000 members', `{${Array.from({ length: 800_000 }, (_, at) => `"k${at}":0`).join(',')}}`],
    ['a text of 50 MB', `{"state":"${'a'.repeat(50 * 1024 * 1024)}"}`],
  ])('R8 %s is no success', async (_, body) => {
    expect((await closeAt(replying(body))).kind).toMatch(/^(unknown|protocol)$/)
  })

  it.each(['{"state":1e400}', '{"state":9007199254740993}', '{"state":"done","n":1e400}'])(
    'R9 %s is no success',
    async (body) => {
      expect((await closeAt(replying(body))).kind).toMatch(/^(unknown|protocol)$/)
    },
  )

  it.each([
    '{"code":"0"}',
    '{"code":0,"msg":"ok"}',
    '{"code":"000000","data":{}}',
    '{"code":"200"}',
    '{"success":true}',
    '{"success":true,"errors":[{"code":"1001"}]}',
    '{"state":"DONE"}',
    '{"state":["done"]}',
  ])('R10 %s of another kind of platform is no success', async (body) => {
    expect((await closeAt(replying(body))).kind).toMatch(/^(unknown|protocol)$/)
  })

  const capabilities = {
    protocol: ['1'],
    bureau: { code: '1', name: '示例局' },
    standards: [],
    limits: { maxPartBytes: 1, maxPartItems: 1, maxBatchItems: 1, minPollSeconds: 1 },
    calendar: { version: '1' },
    idempotencyWindowDays: 1,
  }
  it.each(['1970-01-01T00:00:00Z', '2099-01-01T00:00:00Z', '2026-07-01T09:00:00+09:00'])(
    'R15 a server time of %s is told and used for signatures alone',
    async (serverTime) => {
      const transport = await transportTo(replying(JSON.stringify({ ...capabilities, serverTime })))
      const before = Date.parse(runningClock.now())
      expect((await transport.capabilities()).kind).toBe('ok')
      expect(transport.skewMs()! / 1_000).toBeCloseTo((Date.parse(serverTime) - before) / 1_000, -2)
      expect(Date.parse(runningClock.now()) - before).toBeLessThan(60_000)
    },
  )

  it.each(['2026-03-02T09:00:00', '2026-03-02', 'soon', 0])(
    'R15 %j is no server time',
    async (serverTime) => {
      const transport = await transportTo(replying(JSON.stringify({ ...capabilities, serverTime })))
      expect((await transport.capabilities()).kind).toBe('protocol')
      expect(transport.skewMs()).toBeNull()
    },
  )
})

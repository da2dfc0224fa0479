/** What the desk sends to: the practice platform, and a platform that only reads and answers. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PracticeLink } from '@engine/ports'
import { softwareSmProvider } from '@engine/crypto/software-sm-provider'
import { loadInstalledStandard } from '@engine/standards/installed-standard'
import { startPractice } from '@practice/practice-server'
import type { Capabilities, Manifest } from '@shared/domain/exchange'
import { benchClock, resourceDir } from './bench-desk'
import { testBureau } from '@test/fixtures/invented-subjects'

type Program = (args: readonly string[]) => Promise<void>

/** What a platform of the bench tells when it serves. `plainUrl` takes any body and answers nothing. */
export interface PlatformTold {
  readonly link: PracticeLink
  readonly plainUrl: string
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {
  const server: Server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Reads whatever comes and answers that it has it. */
const plainServer = (): Promise<string> =>
  listen(async (request, response) => {
    await bodyOf(request)
    response.writeHead(204).end()
  })

/** Serves until whoever started this process closes its input or is gone. */
async function untilLeft(stop: () => Promise<void>): Promise<void> {
  await once(process.stdin.resume(), 'end')
  await stop()
  process.exit()
}

/** The practice platform in the scenario `clean`, and a plain server in the same process. */
const practice: Program = async ([dataDir = '']) => {
  const server = await startPractice({ dataDir, standardDir: resourceDir, clock: benchClock })
  const { url, origin, clientId, platformPublicKey } = server
  const link = { url, origin, clientId, platformPublicKey }
  console.log(JSON.stringify({ link, plainUrl: await plainServer() } satisfies PlatformTold))
  await untilLeft(() => server.close())
}

/**
 * A platform that takes every part as it comes: neither signature nor content is looked at and nothing is kept, so a
 * desk that sends to it is measured alone. Its batches never settle: the run ends after the close.
 */
const reader: Program = async () => {
  const { pack } = loadInstalledStandard(resourceDir)
  const capabilities = (): Capabilities => ({
    serverTime: benchClock.now(),
    protocol: ['1'],
    bureau: testBureau,
    standards: [{ id: pack.id, version: pack.version, from: '2026-01-01', to: null }],
    limits: { maxPartBytes: 1_048_576, maxPartItems: 500, maxBatchItems: 100_000, minPollSeconds: 1 },
    calendar: { version: '1' },
    idempotencyWindowDays: 90,
  })
  const json = (response: ServerResponse, status: number, body: unknown): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const origin = await listen(async (request, response) => {
    const body = await bodyOf(request)
    const path = new URL(request.url ?? '', 'http://reader').pathname
    if (path.includes('/parts/')) response.writeHead(204).end()
    else if (path.endsWith('/capabilities')) json(response, 200, capabilities())
    else if (path.endsWith('/close')) json(response, 202, { state: 'processing' })
    else if (request.method === 'PUT') {
      const { parts } = JSON.parse(body.toString()) as Manifest
      const missingParts = parts.map(({ no }) => no)
      json(response, 201, { state: 'open', receivedAt: benchClock.now(), missingParts })
    } else if (path.includes('/batches/')) {
      const counts = { accepted: 0, warned: 0, rejected: 0, duplicate: 0, pending: 0 }
      json(response, 200, { state: 'failed', receivedAt: benchClock.now(), counts, missingParts: [] })
    } else json(response, 201, { clientId: 'bench' })
  })
  const { publicKey } = softwareSmProvider.generateKeyPair()
  const link = { url: `${origin}/api/v1`, origin, clientId: 'bench', platformPublicKey: publicKey }
  console.log(JSON.stringify({ link, plainUrl: await plainServer() } satisfies PlatformTold))
  await untilLeft(() => Promise.resolve())
}

export const platformPrograms = { practice, reader }

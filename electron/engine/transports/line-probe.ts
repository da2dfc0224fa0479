/** Looks outwards from this machine, step by step: nothing of the desk's records leaves. */
import { lookup } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { connect, createServer, isIP } from 'node:net'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { isAnswered } from '@shared/domain/line-probe'
import type { ProbeStep, ProbeStepName } from '@shared/domain/line-probe'
import { isLoopbackHost } from './platform-address'
import type { Reply } from './transport-port'

/** Asks the platform for its capabilities, once. */
export type AskPlatform = (signal: AbortSignal) => Promise<Reply<unknown>>

/** Probes the line to a platform; never rejects for what the world can do. */
export type ProbeLine = (
  platformUrl: string,
  ask: AskPlatform,
  signal: AbortSignal,
) => Promise<readonly ProbeStep[]>

const STEP_MS = 2_000
const ANSWER_MS = 5_000
/** Any port will do: a gateway that refuses the connection is there. */
const GATEWAY_PORT = 80

interface Seen {
  readonly ok: boolean | null
  readonly detail: string
}

const codeOf = (error: unknown): string => {
  const code = (error as { readonly code?: unknown }).code
  return typeof code === 'string' ? code : 'EUNKNOWN'
}

/** Connects and lets go; a machine that says no is there too. */
function knock(host: string, port: number, signal: AbortSignal): Promise<Seen> {
  return new Promise((done) => {
    const socket = connect({ host, port, signal, timeout: STEP_MS })
    const end = (seen: Seen): void => {
      socket.destroy()
      done(seen)
    }
    socket.once('connect', () => end({ ok: true, detail: 'connected' }))
    socket.once('timeout', () => end({ ok: false, detail: 'ETIMEDOUT' }))
    socket.once('error', (error) => end({ ok: false, detail: codeOf(error) }))
  })
}

/** The machine's own network stack: a connection to itself. */
async function ownStack(signal: AbortSignal): Promise<Seen> {
  const server = createServer((socket) => socket.destroy())
  try {
    await new Promise<void>((done, fail) => {
      server.once('error', fail)
      server.listen(0, '127.0.0.1', done)
    })
    return await knock('127.0.0.1', (server.address() as AddressInfo).port, signal)
  } catch (error) {
    return { ok: false, detail: codeOf(error) }
  } finally {
    server.close()
  }
}

function interfaces(): Seen {
  const up = Object.values(networkInterfaces()).filter((addresses) =>
    addresses?.some(({ internal }) => !internal),
  )
  return { ok: up.length > 0, detail: String(up.length) }
}

/** The default gateway where the system tells it in a file; null elsewhere. */
async function defaultGateway(): Promise<string | null> {
  const table = await readFile('/proc/net/route', 'utf8').catch(() => '')
  for (const line of table.split('\n').slice(1)) {
    const [, destination, gateway] = line.trim().split(/\s+/)
    if (destination !== '00000000' || gateway === undefined || !/^[0-9A-F]{8}$/i.test(gateway)) continue
    // Written in the byte order of the machine, which is little-endian wherever this program runs.
    const bytes = gateway.match(/../g) ?? []
    return bytes
      .reverse()
      .map((byte) => Number.parseInt(byte, 16))
      .join('.')
  }
  return null
}

async function gateway(signal: AbortSignal): Promise<Seen> {
  const address = await defaultGateway()
  if (address === null) return { ok: null, detail: 'unknown' }
  const seen = await knock(address, GATEWAY_PORT, signal)
  return isAnswered(seen.detail) ? { ok: true, detail: seen.detail } : seen
}

async function names(host: string): Promise<Seen> {
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return { ok: null, detail: 'address' }
  try {
    const timeout = new Promise<never>((_, fail) => {
      setTimeout(() => fail(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })), STEP_MS).unref()
    })
    const found = await Promise.race([lookup(host, { all: true }), timeout])
    return { ok: found.length > 0, detail: String(found.length) }
  } catch (error) {
    return { ok: false, detail: codeOf(error) }
  }
}

/**
 * Asks the platform itself, signed as every request. A refusal is as good an answer as any; a page that is none of the
 * platform's is somebody else on the way.
 */
async function application(ask: AskPlatform, signal: AbortSignal): Promise<Seen> {
  const reply = await ask(AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]))
  switch (reply.kind) {
    case 'ok':
    case 'auth':
    case 'conflict':
    case 'poison':
      return { ok: true, detail: reply.kind }
    case 'protocol':
      return { ok: false, detail: 'protocol' }
    case 'retryable':
    case 'unknown': {
      const { code, params } = reply.failure
      if (code === 'transport.captive-page' || code === 'transport.redirected')
        return { ok: false, detail: `captive ${code}` }
      if (code === 'transport.busy') return { ok: false, detail: String(params['detail'] ?? code) }
      return { ok: false, detail: code === 'task.cancelled' ? 'ETIMEDOUT' : code }
    }
  }
}

/** The probe of this machine. A platform on this machine has no cable, gateway or name before it. */
export const probeLine: ProbeLine = async (platformUrl, ask, signal) => {
  const url = new URL(platformUrl)
  const isLoopback = isLoopbackHost(url.hostname)
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const steps: ProbeStep[] = []
  const take = async (step: ProbeStepName, look: () => Promise<Seen> | Seen): Promise<void> => {
    const from = performance.now()
    const { ok, detail } = await look()
    steps.push({ step, ok, detail: detail.slice(0, 60), ms: Math.round(performance.now() - from) })
  }
  if (!isLoopback) await take('interfaces', interfaces)
  await take('loopback', () => ownStack(signal))
  if (!isLoopback) {
    await take('gateway', () => gateway(signal))
    await take('dns', () => names(url.hostname))
  }
  await take('tcp', () => knock(host, port, signal))
  await take('https', () => application(ask, signal))
  return steps
}

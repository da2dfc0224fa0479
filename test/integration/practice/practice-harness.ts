import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import type { PracticeOptions, PracticeServer } from '@practice/practice-options'
import { startPractice } from '@practice/practice-server'
import type { Effect } from '@practice/store/register-repo'
import type { Clock } from '@shared/kernel/clock'
import { testBureau } from '@test/fixtures/invented-subjects'
import { createSignedClient } from './signed-client'
import type { SignedClient, TestDesk } from './signed-client'

/** A clock that stands still until it is moved. */
export interface HandClock extends Clock {
  set(instant: string): void
  forward(seconds: number): void
}

export function handClock(start: string): HandClock {
  let now = start
  return {
    now: () => now,
    set: (instant) => void (now = instant),
    forward: (seconds) => void (now = new Date(Date.parse(now) + seconds * 1000).toISOString()),
  }
}

/** A platform in a folder of its own, a desk that is enrolled with it, and the means to restart it. */
export interface PracticeHarness {
  readonly clock: HandClock
  readonly desk: TestDesk
  readonly client: SignedClient
  readonly defects: unknown[]
  server(): PracticeServer
  /** Another desk of another bureau. */
  secondDesk(code: string): Promise<{ desk: TestDesk; client: SignedClient }>
  control(path: string, body?: unknown): Promise<{ status: number; json: unknown }>
  ledger(): Effect[]
  restart(change?: Partial<PracticeOptions>): Promise<void>
  end(): Promise<void>
}

export async function startHarness(options: Partial<PracticeOptions> = {}): Promise<PracticeHarness> {
  const clock = handClock('2026-03-02T01:00:00.000Z')
  const dataDir = mkdtempSync(join(tmpdir(), 'practice-'))
  const ledgerFile = join(dataDir, 'ledger.ndjson')
  const defects: unknown[] = []
  const start = (change: Partial<PracticeOptions>) =>
    startPractice({
      dataDir,
      ledgerFile,
      standardDir: resolve(import.meta.dirname, '../../../resources'),
      clock,
      settleDelayMs: 0,
      onDefect: (error) => defects.push(error),
      ...options,
      ...change,
    })
  let server = await start({})
  const control = async (path: string, body?: unknown) => {
    const response = await fetch(`${server.origin}/practice${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
    return { status: response.status, json: (await response.json()) as unknown }
  }
  const enrol = async (clientId: string, bureau: TestDesk['bureau']) => {
    const desk: TestDesk = { clientId, keys: sm.generateKeyPair(), bureau }
    await control('/enrol', { clientId, publicKey: desk.keys.publicKey, bureau })
    return { desk, client: createSignedClient(() => server.origin, desk, clock) }
  }
  const first = await enrol(server.clientId, testBureau)
  return {
    clock,
    ...first,
    defects,
    server: () => server,
    secondDesk: (code) => enrol(`desk-of-${code}`, { code, name: `示例单位${code}` }),
    control,
    ledger: () =>
      readFileSync(ledgerFile, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Effect),
    async restart(change = {}) {
      await server.close()
      server = await start(change)
    },
    async end() {
      await server.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

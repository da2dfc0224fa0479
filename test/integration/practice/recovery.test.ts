import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyReceipt } from '@engine/crypto/receipt-signature'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { systemClock } from '@engine/system-clock'
import type { Effect } from '@practice/store/register-repo'
import type { SignedReceipt } from '@shared/domain/exchange'
import { bundleEntry } from '@test/fixtures/bundle-entry'
import type { BundledEntry } from '@test/fixtures/bundle-entry'
import { testBureau } from '@test/fixtures/invented-subjects'
import { licenceItem } from './invented-items'
import { startHarness } from './practice-harness'
import { createSignedClient, sealBatch } from './signed-client'

const root = resolve(import.meta.dirname, '../../..')

describe('a restart', () => {
  it('between any two steps changes nothing', async () => {
    const harness = await startHarness({ settleDelayMs: 50 })
    const { client, desk } = harness
    const batchId = uuidv7()
    const items = Array.from({ length: 4 }, (_, index) => licenceItem(index + 1, index + 1))
    const { manifest, parts } = sealBatch(desk, batchId, items, 2)
    const { receivedAt } = (await client.open(manifest)).json as { receivedAt: string }
    harness.clock.forward(10)
    await harness.restart()
    expect((await client.open(manifest)).json).toEqual({ state: 'open', receivedAt, missingParts: [1, 2] })
    await client.part(batchId, 1, parts[0]!)
    await harness.restart()
    expect(await client.state(batchId)).toMatchObject({
      state: 'open',
      missingParts: [2],
      counts: { pending: 2 },
    })
    await client.part(batchId, 2, parts[1]!)
    await harness.restart()
    await client.close(batchId)
    await harness.restart()
    expect(await client.settled(batchId)).toMatchObject({ receivedAt, counts: { accepted: 4, pending: 0 } })
    const receipt = (await client.get(`/batches/${batchId}/receipt`)).text
    const outcomes = await client.items(batchId)
    await harness.restart()
    expect((await client.get(`/batches/${batchId}/receipt`)).text).toBe(receipt)
    expect(verifyReceipt(sm, JSON.parse(receipt) as SignedReceipt, harness.server().platformPublicKey)).toBe(
      true,
    )
    expect(await client.items(batchId)).toEqual(outcomes)
    expect((await client.submit([licenceItem(50)], uuidv7()))[0]).toMatchObject({ outcome: 'accepted' })
    expect(harness.ledger().map((line) => line.seq)).toEqual([1, 2, 3, 4, 5])
    expect(new Set(harness.ledger().map((line) => line.platformRef)).size).toBe(5)
    await harness.end()
  })
})

describe('a crash', () => {
  it('before the ledger was written, or in the middle of a line, leaves no gap and no double', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'practice-'))
    const ledgerFile = join(dataDir, 'ledger.ndjson')
    const harness = await startHarness({ dataDir, ledgerFile })
    const items = Array.from({ length: 6 }, (_, index) => licenceItem(index + 1, index + 1))
    await harness.client.submit(items, uuidv7())
    const whole = readFileSync(ledgerFile, 'utf8')
    for (const size of [0, 1, whole.indexOf('\n'), whole.indexOf('\n') + 1, whole.length - 1]) {
      await harness.restart()
      truncateSync(ledgerFile, size)
      await harness.restart()
      expect(readFileSync(ledgerFile, 'utf8')).toBe(whole)
    }
    appendFileSync(ledgerFile, '{"seq":7,"at":"2026')
    await harness.restart()
    expect(readFileSync(ledgerFile, 'utf8')).toBe(whole)
    await harness.end()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('after the ledger was written, before the batch was done, ends in one receipt', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'practice-'))
    const ledgerFile = join(dataDir, 'ledger.ndjson')
    const harness = await startHarness({ dataDir, ledgerFile })
    const batchId = uuidv7()
    await harness.client.submit([licenceItem(1, 1), licenceItem(2, 2)], batchId)
    const before = readFileSync(ledgerFile, 'utf8')
    await harness.server().close()
    const db = new Database(join(dataDir, 'practice.db'))
    db.exec("UPDATE batch SET state = 'processing', receipt_json = NULL")
    db.close()
    // The platform is closed already: starting it again is all that restart does here.
    harness.server().close = () => Promise.resolve()
    await harness.restart()
    expect(await harness.client.settled(batchId)).toMatchObject({ counts: { accepted: 2 } })
    expect(readFileSync(ledgerFile, 'utf8')).toBe(before)
    await harness.end()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('that loses the database but not the ledger goes on numbering above it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'practice-'))
    const ledgerFile = join(folder, 'ledger.ndjson')
    const first = await startHarness({ ledgerFile })
    await first.client.submit([licenceItem(1)], uuidv7())
    await first.end()
    const second = await startHarness({ ledgerFile })
    await second.client.submit([licenceItem(2)], uuidv7())
    await second.end()
    const lines = readFileSync(ledgerFile, 'utf8').trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as Effect).seq)).toEqual([1, 2])
    writeFileSync(ledgerFile, 'not a ledger\n')
    await expect(startHarness({ ledgerFile })).rejects.toThrow()
    rmSync(folder, { recursive: true, force: true })
  })
})

describe('kill -9', () => {
  let bundle: BundledEntry
  beforeAll(async () => {
    bundle = await bundleEntry('test/integration/practice/platform-process.ts')
    symlinkSync(join(root, 'node_modules'), join(dirname(bundle.path), 'node_modules'))
  })
  afterAll(() => bundle.remove())

  const launch = async (
    dataDir: string,
  ): Promise<{ child: ChildProcess; origin: string; clientId: string }> => {
    const child = spawn(process.execPath, [bundle.path, dataDir, join(root, 'resources')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const line = await new Promise<string>((done, fail) => {
      createInterface({ input: child.stdout }).once('line', done)
      child.once('close', () => fail(new Error('the platform did not start')))
    })
    return { child, ...(JSON.parse(line) as { origin: string; clientId: string }) }
  }

  it('at many moments of a submission loses and doubles nothing', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'practice-'))
    const keys = sm.generateKeyPair()
    let running = await launch(dataDir)
    const desk = { clientId: running.clientId, keys, bureau: testBureau }
    await fetch(`${running.origin}/practice/enrol`, {
      method: 'POST',
      body: JSON.stringify({ clientId: desk.clientId, publicKey: keys.publicKey, bureau: testBureau }),
    })
    const client = createSignedClient(() => running.origin, desk, systemClock)
    const batchId = uuidv7()
    const items = Array.from({ length: 3_000 }, (_, index) => licenceItem(index + 1, index + 1))
    const { manifest, parts } = sealBatch(desk, batchId, items, 500)

    /** Repeats a step through restarts until it is answered. */
    const insist = async <T>(step: () => Promise<T>): Promise<T> => {
      for (let attempt = 0; attempt < 40; attempt++) {
        try {
          return await step()
        } catch {
          running = await relaunched
        }
      }
      throw new Error('the step was never answered')
    }
    let relaunched = Promise.resolve(running)
    let kills = 0
    const killer = setInterval(() => {
      if (kills >= 12) return
      kills++
      const { child } = running
      relaunched = new Promise((done) => child.once('close', done)).then(() => launch(dataDir))
      child.kill('SIGKILL')
    }, 170)

    await insist(() => client.open(manifest))
    for (const [index, bytes] of parts.entries()) await insist(() => client.part(batchId, index + 1, bytes))
    await insist(() => client.close(batchId))
    let done = await insist(() => client.state(batchId))
    while (done.state !== 'done') done = await insist(() => client.state(batchId))
    while (kills < 12) await insist(() => client.state(batchId))
    clearInterval(killer)
    const outcomes = await insist(() => client.items(batchId))
    running.child.kill('SIGKILL')

    expect(done.counts).toEqual({ accepted: 3_000, warned: 0, rejected: 0, duplicate: 0, pending: 0 })
    const ledger = readFileSync(join(dataDir, 'ledger.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Effect)
    expect(ledger.map((line) => line.seq)).toEqual(items.map((_, index) => index + 1))
    expect(new Set(ledger.map((line) => line.recordId))).toEqual(new Set(items.map((item) => item.recordId)))
    expect(new Set(outcomes.map((item) => item.platformRef)).size).toBe(3_000)
    rmSync(dataDir, { recursive: true, force: true })
  })
})

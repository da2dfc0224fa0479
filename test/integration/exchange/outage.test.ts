import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { randomHex } from '@engine/crypto/random'
import { verifyDocument } from '@engine/crypto/document-signature'
import { softwareKey } from '@engine/crypto/software-keys'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { outagePage } from '@engine/services/outage-page'
import { createHttpTransport } from '@engine/transports/http/http-transport'
import { probeLine } from '@engine/transports/line-probe'
import { faultOf } from '@shared/domain/line-probe'
import type { Clock } from '@shared/kernel/clock'
import { startChaosProxy } from './chaos-proxy'
import {
  connect,
  everything,
  newDeskFolder,
  openDesk,
  runningClock,
  startPlatform,
  task,
} from './exchange-fixture'

async function startOutage() {
  const platform = await startPlatform()
  const proxy = await startChaosProxy(platform.server.url)
  let aheadMs = 0
  const clock: Clock = { now: () => new Date(Date.parse(runningClock.now()) + aheadMs).toISOString() }
  const patience = { attempts: 1, settleWithinMs: 60_000, longestPauseMs: 0 }
  const desk = openDesk(await newDeskFolder(), { clock, patience })
  await connect(desk, platform, proxy.url)
  return { platform, proxy, desk, pass: (minutes: number) => void (aheadMs += minutes * 60_000) }
}

const { signal } = new AbortController()

/** A probe as a desk that the platform does not know: its refusal is an answer. */
function probe(url: string) {
  const key = softwareKey(sm.generateKeyPair().privateKey)
  const nonce = (): string => randomHex(16)
  const transport = createHttpTransport({
    ...{ platformUrl: url, clientId: 'unknown', key, clock: runningClock, sm, nonce },
  })
  onTestFinished(() => transport.dispose())
  return probeLine(url, (end) => transport.capabilities(end), signal)
}

/** A server that answers every request alike. */
async function answering(status: number, type: string, body: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'Content-Type': type }).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`
}

test('a real probe tells a platform that answers from one that fails, and from somebody else', async () => {
  const { server } = await startPlatform()
  const steps = await probe(server.url)
  expect(steps.map(({ step, ok }) => `${step} ${ok}`)).toEqual(['loopback true', 'tcp true', 'https true'])
  expect(faultOf(steps)).toBe('ok')
  const busy = await probe(await answering(503, 'application/json', '{}'))
  expect(busy.at(-1)).toMatchObject({ ok: false, detail: 'HTTP 503' })
  expect(faultOf(busy)).toBe('platform')
  const portal = await probe(await answering(200, 'text/html', '<html>login'))
  expect(faultOf(portal)).toBe('gateway')
  const gone = await probe('http://127.0.0.1:9/api/v1')
  expect(gone.find(({ step }) => step === 'tcp')).toMatchObject({ ok: false, detail: 'ECONNREFUSED' })
  expect(faultOf(gone)).toBe('platform')
})

test('while sending fails the line is looked at every five minutes, and once more when it goes again', async () => {
  const { proxy, desk, pass } = await startOutage()
  desk.addLicences(1, 2)
  await desk.submission.submit(everything, task)
  expect(() => desk.outage.proof(null, null)).toThrow('outage.nothing')
  desk.addLicences(10, 2)
  proxy.decide(() => 'reset-before')
  await desk.submission.submit(everything, task)
  await desk.submission.resume(task)
  const probes = () => desk.database.prepare('SELECT fault FROM line_probe ORDER BY probe_no').pluck().all()
  expect(probes()).toEqual(['platform'])
  pass(5)
  await desk.submission.resume(task)
  pass(30)
  proxy.decide(() => 'pass')
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
  await desk.submission.resume(task)
  expect(probes()).toEqual(['platform', 'platform', 'ok'])
  const { proof } = desk.outage.proof(null, null)
  expect(proof.spans).toMatchObject([
    { fault: 'platform', probes: 2 },
    { fault: 'ok', probes: 1 },
  ])
  expect(Date.parse(proof.spans[0]!.to) - Date.parse(proof.spans[0]!.from)).toBeGreaterThanOrEqual(
    35 * 60_000,
  )
  expect(proof.waiting).toMatchObject([{ items: 2 }])
  expect(proof.probes[0]).toMatchObject({ cause: 'transport.offline' })
  expect(desk.outage.spans(1)).toHaveLength(1)
})

test('a run that had nothing to send has not shown that the line is whole', async () => {
  const { proxy, desk, pass } = await startOutage()
  desk.addLicences(1, 2)
  proxy.decide(() => 'reset-before')
  await desk.submission.submit(everything, task)
  pass(30)
  // What waits in a batch is not sealed again: this run says nothing to the platform that it answers.
  expect((await desk.submission.submit(everything, task)).batches).toEqual([])
  expect(desk.outage.proof(null, null).proof.spans.map(({ fault }) => fault)).toEqual(['platform'])
})

test('the proof is signed by the desk, and an altered probe breaks its chain', async () => {
  const { proxy, desk, pass } = await startOutage()
  desk.addLicences(1, 1)
  proxy.decide(() => 'reset-before')
  await desk.submission.submit(everything, task)
  pass(6)
  await desk.submission.resume(task)
  const { proof, signature } = desk.outage.proof(null, null)
  expect(proof).toMatchObject({ isChainWhole: true, probeCount: 2 })
  expect(verifyDocument(sm, JSON.parse(JSON.stringify(proof)) as never, signature, proof.deskPublicKey)).toBe(
    true,
  )
  const forged = { ...proof, to: '2026-03-09T00:00:00.000Z' }
  expect(verifyDocument(sm, forged as never, signature, proof.deskPublicKey)).toBe(false)
  expect(() => desk.database.prepare("UPDATE line_probe SET fault = 'ok'").run()).toThrow('evidence')
  expect(() => desk.database.prepare('DELETE FROM line_probe').run()).toThrow('evidence')
  desk.database.exec(
    "DROP TRIGGER line_probe_no_update; UPDATE line_probe SET fault = 'local' WHERE probe_no = 1",
  )
  expect(desk.outage.proof(null, null).proof.isChainWhole).toBe(false)
})

test('refusals that are no matter of the line leave no probe', async () => {
  const { proxy, desk } = await startOutage()
  desk.addLicences(1, 1)
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ error: { code: 'unknown_client', message: '', details: {} } })
  proxy.decide(({ path }) =>
    path.includes('/batches/') ? { answer: { status: 401, headers, body } } : 'pass',
  )
  await desk.submission.submit(everything, task)
  expect(() => desk.outage.proof(null, null)).toThrow('outage.nothing')
})

test('the page has all of it on text alone; words of the platform cannot become markup', async () => {
  const { platform, proxy, desk } = await startOutage()
  await platform.control('/events', {
    type: 'outage.announced',
    body: {
      ...{ outageId: 'O1', from: '2026-03-02T00:00:00Z', to: '2026-03-02T09:00:00Z' },
      text: '<script>alert(1)</script>检修',
    },
  })
  await desk.feedback.pull(task)
  desk.addLicences(1, 1)
  proxy.decide(() => 'reset-before')
  await desk.submission.submit(everything, task)
  const page = outagePage(desk.outage.proof(null, null))
  expect(page).toContain('平台线路故障情况证明')
  expect(page).toContain('线路通，平台没有正常答复')
  expect(page).toContain('&lt;script&gt;')
  expect(page).not.toContain('<script>')
})

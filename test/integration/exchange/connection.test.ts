import { expect, test } from 'vitest'
import { FailureError } from '@shared/kernel/failure'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { startChaosProxy } from './chaos-proxy'
import {
  connect,
  everything,
  newDeskFolder,
  openDesk,
  startPair,
  startPlatform,
  task,
} from './exchange-fixture'

test('a good connection passes every step', async () => {
  const { desk } = await startPair()
  const test = await desk.connection.test()
  expect(test.ok).toBe(true)
  expect(test.steps.map((step) => step.step)).toEqual([
    ...['address', 'reach', 'tls', 'page', 'clock', 'signature', 'bureau', 'standard'],
  ])
  expect(test.steps.every((step) => step.message.length > 4 && !step.message.includes('{'))).toBe(true)
  expect(desk.connection.link()).toMatchObject({ state: 'ok', failureCode: null })
  expect(desk.connection.view().deskPublicKey).toMatch(/^04[0-9a-f]{128}$/)
})

test('the test ends at the first step that fails', async () => {
  const platform = await startPlatform()
  const desk = openDesk(await newDeskFolder())
  const { clientId, platformPublicKey } = platform.server
  const last = async (platformUrl: string) => {
    const { ok, steps } = await desk.connection.save({ platformUrl, clientId, platformPublicKey })
    return [ok, steps.at(-1)?.step, steps.slice(0, -1).every((step) => step.ok)]
  }
  expect(await last('platform')).toEqual([false, 'address', true])
  expect(await last('http://example.org/api/v1')).toEqual([false, 'address', true])
  expect(desk.connection.isReady()).toBe(false)
  expect(await last('http://127.0.0.1:9/api/v1')).toEqual([false, 'reach', true])
  // The client id is known to nobody yet.
  expect(await last(platform.server.url)).toEqual([false, 'signature', true])
  await desk.connection.enrolPractice(platform.server)
  expect((await desk.connection.test()).ok).toBe(true)
  const proxy = await startChaosProxy(platform.server.url)
  proxy.decide(() => ({ answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' } }))
  expect(await last(proxy.url)).toEqual([false, 'page', true])
  proxy.decide(() => ({
    replace: (body: Buffer) => body.toString().replace(/"code":"[^"]+"/, '"code":"11360300000000000X"'),
  }))
  expect(await last(proxy.url)).toEqual([false, 'bureau', true])
})

test('a key that is none is refused and changes nothing', async () => {
  const { desk, platform } = await startPair()
  const before = desk.connection.view()
  const { url, clientId } = platform.server
  const save = desk.connection.save({ platformUrl: url, clientId, platformPublicKey: 'ab'.repeat(65) })
  await expect(save).rejects.toBeInstanceOf(FailureError)
  expect(desk.connection.view()).toEqual(before)
  const upper = sm.generateKeyPair().publicKey.toUpperCase()
  await desk.connection.save({ platformUrl: `${url}/`, clientId, platformPublicKey: upper })
  expect(desk.connection.view()).toMatchObject({ platformUrl: url, platformPublicKey: upper.toLowerCase() })
})

test('every change of the link is told to the pages', async () => {
  const { desk, platform } = await startPair()
  const seen: string[] = []
  desk.bus.on((name, payload) => {
    if (name === 'link.changed') seen.push((payload as { state: string }).state)
  })
  await desk.connection.test()
  await platform.close()
  await desk.connection.test()
  expect(seen.at(-1)).toBe('offline')
})

test('another platform is refused while batches wait at the present one; a platform that moved is not', async () => {
  const { desk, platform } = await startPair()
  const proxy = await startChaosProxy(platform.server.url)
  await connect(desk, platform, proxy.url)
  desk.addLicences(1, 2)
  proxy.decide(({ path }) => (path.endsWith('/close') ? 'reset-before' : 'pass'))
  const [batch] = (await desk.submission.submit(everything, task)).batches
  expect(batch!.state).not.toBe('settled')

  const other = await startPlatform()
  const before = desk.connection.view()
  const { url, clientId, platformPublicKey } = other.server
  const refused = { failure: { code: 'connection.batches-open', params: { count: 1, label: batch!.label } } }
  const moved = desk.connection.save({ platformUrl: url, clientId, platformPublicKey })
  await expect(moved).rejects.toMatchObject(refused)
  await expect(desk.connection.enrolPractice(other.server)).rejects.toMatchObject(refused)
  expect(() => desk.connection.ensureNothingOpen()).toThrow(FailureError)
  expect(desk.connection.view()).toEqual(before)

  // The same platform under another address, then with a corrected key.
  const own = platform.server
  expect((await desk.connection.save({ ...own, platformUrl: own.url })).ok).toBe(true)
  await desk.connection.save({ ...own, platformUrl: own.url, platformPublicKey })
  await desk.connection.save({ ...own, platformUrl: own.url })
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
  desk.connection.ensureNothingOpen()
  await desk.connection.enrolPractice(other.server)
  expect(desk.connection.view()).toMatchObject({ platformUrl: url })
})

test('the practice platform that the host has started is taken whatever waits', async () => {
  const { desk, platform } = await startPair()
  desk.addLicences(1, 1)
  await platform.close()
  await desk.submission.submit(everything, task)
  const next = await startPlatform()
  await desk.connection.enrolPractice(next.server, true)
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
})

test('a practice platform is enrolled with only at its own address on this machine', async () => {
  const platform = await startPlatform()
  const desk = openDesk(await newDeskFolder())
  const { server } = platform
  for (const wrong of [
    { url: 'platform' },
    { url: 'https://example.cn/api/v1' },
    { origin: 'http://127.0.0.1:9' },
  ]) {
    await expect(desk.connection.enrolPractice({ ...server, ...wrong })).rejects.toMatchObject({
      failure: { code: 'connection.invalid' },
    })
  }
  // Something answers there, but not as a practice platform does.
  const proxy = await startChaosProxy(server.url)
  proxy.decide(() => ({ answer: { status: 404, body: 'no' } }))
  const elsewhere = { ...server, url: proxy.url, origin: new URL(proxy.url).origin }
  await expect(desk.connection.enrolPractice(elsewhere)).rejects.toMatchObject({
    failure: { code: 'connection.invalid' },
  })
  expect(desk.connection.isReady()).toBe(false)
})

test('a connection at which the test fails does not take the place of a working one', async () => {
  const { desk, platform } = await startPair()
  await desk.connection.test()
  const before = desk.connection.view()
  const { url, platformPublicKey } = platform.server
  const proxy = await startChaosProxy(url)
  const attempt = async (platformUrl: string, clientId = before.clientId!) => {
    const { ok, steps } = await desk.connection.save({ platformUrl, clientId, platformPublicKey })
    return [ok, steps.at(-1)!.step, /原来的连接没有改动。$/.test(steps.at(-1)!.message)]
  }
  expect(await attempt(url, 'nobody')).toEqual([false, 'signature', true])
  proxy.decide(() => ({ answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' } }))
  expect(await attempt(proxy.url)).toEqual([false, 'page', true])
  proxy.decide(() => ({
    replace: (body: Buffer) => body.toString().replace(/"code":"[^"]+"/, '"code":"11360300000000000X"'),
  }))
  expect(await attempt(proxy.url)).toEqual([false, 'bureau', true])
  expect(desk.connection.view()).toEqual(before)
  expect(desk.connection.link().state).toBe('ok')
  expect((await desk.connection.test()).ok).toBe(true)
  // What cannot be reached may be a platform that is yet to start.
  expect(await attempt('http://127.0.0.1:9/api/v1')).toEqual([false, 'reach', false])
  expect(desk.connection.view()).toMatchObject({ platformUrl: 'http://127.0.0.1:9/api/v1' })
  expect((await desk.connection.save({ ...platform.server, platformUrl: url })).ok).toBe(true)
  expect(desk.connection.link().state).toBe('ok')
})

test('nothing is sealed or sent while the platform takes this desk for another bureau', async () => {
  const { desk, platform } = await startPair()
  const proxy = await startChaosProxy(platform.server.url)
  await connect(desk, platform, proxy.url)
  const [recordId] = desk.addLicences(1, 1)
  proxy.decide(({ path }) => (path.endsWith('/capabilities') ? 'pass' : { answer: { status: 503 } }))
  await desk.submission.submit(everything, task)
  desk.addLicences(2, 1)
  const stranger = { replace: (body: Buffer) => body.toString().replace(/"code":"[^"]+"/, '"code":"X"') }
  proxy.decide(({ path }) => (path.endsWith('/capabilities') ? stranger : 'pass'))
  const refused = { failure: { code: 'platform.other-bureau', params: { code: 'X' } } }
  await expect(desk.submission.submit(everything, task)).rejects.toMatchObject(refused)
  await expect(desk.submission.resume(task)).rejects.toMatchObject(refused)
  expect(platform.ledger()).toEqual([])
  expect(desk.deliveries()).toMatchObject({ none: 1 })
  // Put right at the platform: the next run asks again.
  proxy.decide(() => 'pass')
  expect((await desk.submission.resume(task)).batches).toMatchObject([{ state: 'settled' }])
  expect(desk.delivery(recordId!)).toBe('accepted')
})

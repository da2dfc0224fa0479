import { expect, test } from 'vitest'
import { FailureError } from '@shared/kernel/failure'
import { softwareSmProvider as sm } from '@engine/crypto/software-sm-provider'
import { startChaosProxy } from './chaos-proxy'
import { newDeskFolder, openDesk, startPair, startPlatform } from './exchange-fixture'

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

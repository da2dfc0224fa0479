import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { startChaosProxy } from './chaos-proxy'
import { connect, effectKeys, everything, newDeskFolder, openDesk, startPlatform } from './exchange-fixture'

const until = async (isSo: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 2_000 && !isSo(); turn++) await sleep(5)
  expect(isSo()).toBe(true)
}

test.each([401, 403])(
  '%d stops all sending at once, and everything goes on after the reconnect',
  async (status) => {
    const platform = await startPlatform()
    const proxy = await startChaosProxy(platform.server.url)
    const desk = openDesk(await newDeskFolder())
    await connect(desk, platform, proxy.url)
    for (const at of [0, 1, 2]) {
      desk.addLicences(1 + at * 10, 2)
      desk.sealing.seal(everything)
    }
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ error: { code: 'client_revoked', message: '已停用', details: {} } })
    proxy.decide(({ path }) => (path.includes('/batches/') ? { answer: { status, headers, body } } : 'pass'))
    const isBatchCall = ({ path }: { path: string }): boolean => path.includes('/batches/')
    const links: string[] = []
    desk.bus.on((name, payload) => {
      if (name === 'link.changed' && 'state' in payload) links.push(String(payload.state))
    })

    desk.outboxLoop.start()
    onTestFinished(() => desk.outboxLoop.stop())
    await until(() => desk.connection.link().state === 'auth')
    await sleep(100)
    // One batch met the refusal; the others were not even tried, no attempt counts, one message was given.
    expect(proxy.seen.filter(isBatchCall)).toHaveLength(1)
    expect(links.filter((state) => state === 'auth')).toHaveLength(1)
    expect(desk.batchViews.open().map(({ attempts }) => attempts)).toEqual([0, 0, 0])
    expect(effectKeys(platform)).toEqual([])

    proxy.decide(() => 'pass')
    expect((await desk.connection.test()).ok).toBe(true)
    await until(() => desk.batchViews.open().length === 0)
    expect(new Set(effectKeys(platform)).size).toBe(6)
    expect(effectKeys(platform)).toHaveLength(6)
  },
)

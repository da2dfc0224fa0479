import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ended } from '@test/fixtures/command-line'
import { IndependentPlatform } from '@test/fixtures/independent-platform/independent-platform'
import { newPair } from '@test/fixtures/independent-platform/sm2-keys'
import { testBureau } from '@test/fixtures/invented-subjects'
import { goodTable, workbookBytes } from './bad-files'
import { DeskUnderTest, makeIndependentDesk, platformClock, reckon, scratchFolder } from './desk-under-test'
import type { FailureJson } from './desk-under-test'
import { expectRefusal, spokenLines } from './plain-refusal'

const scratch = scratchFolder('surroundings')
const goodFile = join(scratch.path, '好.xlsx')
const rows = 5
let count = 0
const fresh = (): string => join(scratch.path, `case-${++count}`)
const scratchFolderIn = (): string => {
  const path = fresh()
  mkdirSync(path)
  return path
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

beforeAll(() => writeFileSync(goodFile, workbookBytes('xlsx', goodTable(rows))))
afterAll(() => scratch.remove())

describe('a platform that does not take part', () => {
  it('unreachable: exit 4, nothing lost, and resume goes on when it is back', async () => {
    const port = await freePort()
    const platform = new IndependentPlatform(testBureau, platformClock())
    const keyFile = join(scratch.path, 'key.hex')
    writeFileSync(keyFile, platform.keys.publicKey)
    const desk = new DeskUnderTest(fresh())
    const url = `http://127.0.0.1:${port}/api/v1`
    const made = await desk.init('--platform', url, '--client-id', 'px-2', '--platform-key', keyFile)
    platform.desks.push({ clientId: 'px-2', publicKey: (made.json as { publicKey: string }).publicKey })
    expect((await desk.run('import', goodFile, '--type', 'XZXK_FR')).code).toBe(0)
    expect(
      (await desk.run('connect', '--platform', url, '--client-id', 'px-2', '--platform-key', keyFile)).code,
    ).toBe(4)
    expectRefusal(await desk.run('pull'), 4)

    const sent = await desk.run('submit')
    expect(sent.code).toBe(4)
    expect(spokenLines(sent)).toEqual([expect.stringMatching(/连不上平台.*不会丢失/)])
    expect(sent.json).toMatchObject({
      batches: [{ items: rows, accepted: 0, rejected: 0, receiptNo: null }],
      notSent: [],
    })
    expect(await desk.list('--delivery', 'accepted')).toEqual([])
    expect(await desk.list()).toHaveLength(rows)

    await platform.start(port)
    const resumed = await desk.run('resume')
    expect(resumed.code, resumed.stderr).toBe(0)
    expect(resumed.json).toMatchObject({ batches: [{ accepted: rows, unknown: 0 }] })
    expect(await reckon({ desk, platform, platformKeyFile: keyFile })).toMatchObject({
      violations: [],
      ledgerLines: rows,
    })
    await platform.stop()
  })

  it('a desk key that is not enrolled: refused until it is', async () => {
    const { desk, platform } = await makeIndependentDesk(scratchFolderIn())
    const [enrolled] = platform.desks.splice(0)
    platform.desks.push({ clientId: 'px-0001', publicKey: newPair().publicKey })
    await desk.run('import', goodFile, '--type', 'XZXK_FR')
    const refused = await desk.run('submit')
    expectRefusal(refused, 3)
    expect((refused.json as FailureJson).failure.code).toBe('platform.signature-refused')
    expectRefusal(await desk.run('pull'), 3)
    expect((await desk.list('--delivery', 'none')).length).toBe(rows)

    platform.desks.splice(0)
    expect((await desk.run('submit')).code).toBe(3)
    platform.desks.push(enrolled!)
    expect((await desk.run('submit')).json).toMatchObject({ batches: [{ accepted: rows }] })
    expect(platform.book.ledger).toHaveLength(rows)
    await platform.stop()
  })

  it('a wrong platform key: the receipt is refused, the batch stays open until the key is right', async () => {
    const made = await makeIndependentDesk(scratchFolderIn())
    const { desk, platform } = made
    const wrongKey = join(scratch.path, 'wrong-key.hex')
    writeFileSync(wrongKey, newPair().publicKey)
    await desk.run('import', goodFile, '--type', 'XZXK_FR')
    const words = ['connect', '--platform', platform.url, '--client-id', 'px-0001', '--platform-key']
    await desk.run(...words, wrongKey)
    const refused = await desk.run('submit')
    expect(refused.code, refused.stdout).toBe(3)
    expect(spokenLines(refused)).toEqual([expect.stringMatching(/回执没有通过验证.*联系平台管理员/)])
    expect(refused.json).toMatchObject({ batches: [{ accepted: 0, unknown: rows, receiptNo: null }] })
    expect(await desk.list('--delivery', 'unknown')).toHaveLength(rows)
    expect((await desk.run('resume')).code).toBe(3)

    expect((await desk.run(...words, made.platformKeyFile)).code).toBe(0)
    expect((await desk.run('resume')).json).toMatchObject({ batches: [{ accepted: rows, unknown: 0 }] })
    expect(await reckon(made)).toMatchObject({ violations: [], redelivered: [], ledgerLines: rows })
    await platform.stop()
  })
})

describe('a data folder that cannot be used', () => {
  it('is not initialised', async () => {
    const desk = new DeskUnderTest(fresh())
    for (const words of [
      ['list'],
      ['submit'],
      ['import', goodFile, '--type', 'XZXK_FR'],
      ['due'],
      ['check'],
    ]) {
      const refused = await desk.run(...words)
      expectRefusal(refused, 3)
      expect((refused.json as FailureJson).failure.message).toMatch(/init/)
    }
    expect(existsSync(desk.dataDir)).toBe(false)
  })

  it('is initialised twice', async () => {
    const desk = new DeskUnderTest(fresh())
    expect((await desk.init()).code).toBe(0)
    await desk.run('import', goodFile, '--type', 'XZXK_FR')
    const key = readFileSync(join(desk.dataDir, 'desk.key'))
    expectRefusal(await desk.init(), 3)
    expect(readFileSync(join(desk.dataDir, 'desk.key'))).toEqual(key)
    expect(await desk.list()).toHaveLength(rows)
  })

  it('belongs to another key', async () => {
    const desk = new DeskUnderTest(fresh())
    await desk.init()
    for (const key of ['0'.repeat(64), 'short']) {
      const refused = await new DeskUnderTest(desk.dataDir, { XINBAO_KEY: key }).run('list')
      expectRefusal(refused, 3)
      expect((refused.json as FailureJson).failure.code).toBe('storage.wrong-key')
    }
    expect((await desk.run('list')).code).toBe(0)
  })

  it('opens with XINBAO_KEY and keeps no key file then', async () => {
    const desk = new DeskUnderTest(fresh(), { XINBAO_KEY: 'a1'.repeat(32) })
    expect((await desk.init()).code).toBe(0)
    expect(existsSync(join(desk.dataDir, 'desk.key'))).toBe(false)
    expect((await desk.run('list')).json).toEqual({ records: [], next: null })
    expectRefusal(await new DeskUnderTest(desk.dataDir, { XINBAO_KEY: '' }).run('list'), 3)
  })

  it('is given keys that are none, and leaves nothing half-made', async () => {
    const desk = new DeskUnderTest(fresh())
    const bad = join(scratch.path, 'bad-key.hex')
    for (const text of ['f'.repeat(64), '0'.repeat(64), 'not hex', '']) {
      writeFileSync(bad, text)
      expectRefusal(await desk.init('--key', bad), 3)
    }
    expectRefusal(await desk.init('--key', join(scratch.path, 'nowhere.hex')), 3)
    expectRefusal(await desk.run('init', '--bureau-code', testBureau.code), 2)
    expect((await desk.init()).code).toBe(0)
  })

  it('lies below a file', async () => {
    expectRefusal(await new DeskUnderTest(join(goodFile, 'desk')).init(), 3)
    expectRefusal(await new DeskUnderTest(goodFile).init(), 3)
  })

  it('is in use by another process', async () => {
    const { desk, platform } = await makeIndependentDesk(scratchFolderIn())
    platform.book.settleMs = 6_000
    await desk.run('import', goodFile, '--type', 'XZXK_FR')
    const first = ended(desk.start('submit'))
    while (platform.book.batches.size === 0) await new Promise((done) => setTimeout(done, 20))
    const others = await Promise.all([desk.run('list'), desk.run('submit')])
    for (const refused of others) {
      expectRefusal(refused, 3)
      expect((refused.json as FailureJson).failure.code).toBe('storage.in-use')
    }
    expect((await first).json).toMatchObject({ batches: [{ accepted: rows }] })
    expect(platform.book.ledger).toHaveLength(rows)
    await platform.stop()
  })
})

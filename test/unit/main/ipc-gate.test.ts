import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { openIpcGate } from '@main/ipc-gate'
import { PAGE_ORIGIN } from '@main/page-address'
import { CALL_CHANNEL } from '@shared/contract/bridge'
import { calls } from '@shared/contract/calls'
import type { Handlers, HostCallName } from '@shared/contract/calls'
import { refuse } from '@shared/kernel/failure'
import { ok } from '@shared/kernel/result'
import type { Result } from '@shared/kernel/result'
import { fake, ipcMain } from '@test/fakes/electron'

const PAGE_ID = 7
let contentsId: number | null = PAGE_ID
const reached: string[] = []
const logged: string[] = []

const hostCalls = new Proxy(
  {
    'host.print': () => {
      throw new Error('secret words of a defect')
    },
    'host.deliver': () => refuse('output.not-writable'),
  } as unknown as Handlers<HostCallName>,
  {
    get: (known, name) => {
      reached.push(String(name))
      return (Reflect.get(known, name) as unknown) ?? (() => ({ from: 'host' }))
    },
  },
)

openIpcGate({
  ipc: ipcMain,
  pageContentsId: () => contentsId,
  pageOrigin: PAGE_ORIGIN,
  callEngine(name) {
    reached.push(name)
    return Promise.resolve(ok({ from: 'engine' }))
  },
  hostCalls,
  log: { info: (event) => logged.push(event), error: (event) => logged.push(event) },
})

beforeEach(() => {
  contentsId = PAGE_ID
  reached.length = 0
  logged.length = 0
})

const page = { id: PAGE_ID, frame: { url: 'app://xinbao/#/desk', parent: null } }
const ask = (values: readonly unknown[], sender: Parameters<typeof fake.invoke>[2] = page) =>
  fake.invoke(CALL_CHANNEL, values, sender) as Promise<Result<unknown>>

test('there is one channel, and a second handler for it is refused', () => {
  expect([...ipcMain.handlers.keys()]).toEqual([CALL_CHANNEL])
  expect(() => ipcMain.handle(CALL_CHANNEL, () => null)).toThrow('second handler')
})

test('a call of the page is answered by the side that the contract names', async () => {
  expect(await ask(['records.counts', {}])).toEqual({ ok: true, value: { from: 'engine' } })
  expect(await ask(['host.chooseFiles', {}])).toEqual({ ok: true, value: { from: 'host' } })
  expect(reached).toEqual(['records.counts', 'host.chooseFiles'])
})

test.each<[string, Parameters<typeof fake.invoke>[2]]>([
  ['a frame inside the page', { id: PAGE_ID, frame: { url: 'app://xinbao/', parent: {} } }],
  ['a frame that has gone', { id: PAGE_ID, frame: null }],
  ['another window', { id: 8, frame: { url: 'app://xinbao/', parent: null } }],
  ['a page elsewhere', { id: PAGE_ID, frame: { url: 'https://example.org/', parent: null } }],
  ['a file', { id: PAGE_ID, frame: { url: 'file:///C:/x.html', parent: null } }],
  ['a blank page', { id: PAGE_ID, frame: { url: 'about:blank', parent: null } }],
  ['a look-alike host', { id: PAGE_ID, frame: { url: 'app://xinbao.evil/', parent: null } }],
  ['a page with a user name', { id: PAGE_ID, frame: { url: 'app://a@xinbao/', parent: null } }],
  ['no address', { id: PAGE_ID, frame: { url: '', parent: null } }],
])('%s is nobody (17)', async (_name, sender) => {
  expect(await ask(['records.counts', {}], sender)).toMatchObject({
    ok: false,
    failure: { code: 'contract.unknown-call' },
  })
  expect(reached).toEqual([])
  expect(logged).toEqual(['ipc.foreign-sender'])
})

test('without a window nobody is the page', async () => {
  contentsId = null
  expect(await ask(['records.counts', {}])).toMatchObject({ ok: false })
  expect(reached).toEqual([])
})

test('a refusal keeps its code; a defect loses its words', async () => {
  expect(await ask(['host.deliver', { target: 'x'.repeat(8) }])).toMatchObject({
    failure: { code: 'output.not-writable' },
  })
  const defect = await ask(['host.print', {}])
  expect(defect).toEqual({
    ok: false,
    failure: { code: 'defect.unexpected', retry: { kind: 'never' }, params: {} },
  })
  expect(logged).toContain('ipc.defect')
})

test('ten thousand fuzzed messages: each gets an envelope, none reaches a handler with an input outside its schema', async () => {
  const names = fc.oneof(
    fc.constantFrom(...Object.keys(calls)),
    fc.constantFrom(
      'constructor',
      '__proto__',
      'toString',
      'hasOwnProperty',
      'valueOf',
      'records',
      'records.',
      '.get',
    ),
    fc.string(),
    fc.anything({ withDate: true, withMap: true, withSet: true, withTypedArray: true }),
  )
  const inputs = fc.oneof(
    fc.anything({ withDate: true, withMap: true, withBigInt: true, withTypedArray: true }),
    fc.constant({}),
    fc.constant(undefined),
    fc.dictionary(
      fc.constantFrom('recordId', 'file', '__proto__', 'limit', 'target', 'mode', 'bureau', 'type'),
      fc.anything(),
    ),
  )
  await fc.assert(
    fc.asyncProperty(names, inputs, fc.array(fc.anything(), { maxLength: 2 }), async (name, input, more) => {
      reached.length = 0
      const values = [name, input, ...more]
      // What cannot be cloned never leaves a page.
      try {
        structuredClone(values)
      } catch {
        return
      }
      const answer = await ask(values)
      expect(typeof answer.ok).toBe('boolean')
      if (reached.length > 0) {
        expect(reached).toEqual([name])
        expect(Object.hasOwn(calls, name as string)).toBe(true)
      } else {
        expect(answer).toMatchObject({
          ok: false,
          failure: { code: expect.stringMatching(/^contract\./) as string },
        })
      }
    }),
    { numRuns: 10_000 },
  )
  expect(Object.keys(Object.prototype)).toEqual([])
}, 60_000)

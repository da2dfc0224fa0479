import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { pageHeaders, sendRaw, startRunningHost } from './running-host'
import type { RunningHost } from './running-host'

let running: RunningHost
let port: number
let cookie: string

beforeAll(async () => {
  running = await startRunningHost()
  port = running.host.port
  cookie = await running.logIn()
})
afterAll(() => running.stop())
beforeEach(() => running.engines[0]!.asked.splice(0))

/** A good call as header lines; a change set to null leaves the header out, a list repeats it. */
const callWith = (
  changes: Record<string, string | string[] | null>,
  start = 'POST /bridge/records.counts HTTP/1.1',
) => {
  const headers: Record<string, string | string[] | null> = {
    Host: `127.0.0.1:${port}`,
    Connection: 'close',
    ...pageHeaders(port, cookie),
    'Content-Length': '2',
    ...changes,
  }
  return [
    start,
    ...Object.entries(headers).flatMap(([name, value]) =>
      value === null ? [] : [value].flat().map((one) => `${name}: ${one}`),
    ),
  ]
}
const getWith = (path: string, changes: Record<string, string | string[] | null> = {}, method = 'GET') =>
  callWith(
    { Origin: null, 'X-Xinbao': null, 'Content-Type': null, 'Content-Length': null, ...changes },
    `${method} ${path} HTTP/1.1`,
  )

test('the call that every forgery starts from is answered', async () => {
  const answer = await sendRaw(port, callWith({}), '{}')
  expect(answer.status).toBe(200)
  expect(running.engines[0]!.asked).toEqual(['records.counts'])
  expect((await sendRaw(port, getWith('/'))).status).toBe(200)
  expect((await sendRaw(port, getWith('/assets/index-Ab_1.js'))).status).toBe(200)
})

const evil = 'http://evil.example'
const forgedCalls: Record<string, () => string[]> = {
  'no Host': () => callWith({ Host: null }),
  'Host of a rebound name': () => callWith({ Host: `evil.example:${port}` }),
  'Host localhost': () => callWith({ Host: `localhost:${port}` }),
  'Host without port': () => callWith({ Host: '127.0.0.1' }),
  'Host with another port': () => callWith({ Host: '127.0.0.1:1' }),
  'Host 0.0.0.0': () => callWith({ Host: `0.0.0.0:${port}` }),
  'Host [::1]': () => callWith({ Host: `[::1]:${port}` }),
  'Host as a decimal address': () => callWith({ Host: `2130706433:${port}` }),
  'Host with a trailing dot': () => callWith({ Host: `127.0.0.1.:${port}` }),
  'two Hosts': () => callWith({ Host: [`127.0.0.1:${port}`, 'evil.example'] }),
  'absolute target of another site': () => callWith({}, `POST ${evil}/bridge/records.counts HTTP/1.1`),
  'absolute target of our own': () =>
    callWith({}, `POST http://127.0.0.1:${port}/bridge/records.counts HTTP/1.1`),
  'target with two slashes': () => callWith({}, 'POST //bridge/records.counts HTTP/1.1'),
  'no Origin': () => callWith({ Origin: null }),
  'Origin of another site': () => callWith({ Origin: evil }),
  'Origin null': () => callWith({ Origin: 'null' }),
  'Origin on another port': () => callWith({ Origin: 'http://127.0.0.1:1' }),
  'Origin https': () => callWith({ Origin: `https://127.0.0.1:${port}` }),
  'Origin localhost': () => callWith({ Origin: `http://localhost:${port}` }),
  'Origin with our own as a prefix': () => callWith({ Origin: `http://127.0.0.1:${port}.evil.example` }),
  'two Origins': () => callWith({ Origin: [`http://127.0.0.1:${port}`, evil] }),
  'cross-site': () => callWith({ 'Sec-Fetch-Site': 'cross-site' }),
  'same-site': () => callWith({ 'Sec-Fetch-Site': 'same-site' }),
  'site none on an effect': () => callWith({ 'Sec-Fetch-Site': 'none' }),
  'no Sec-Fetch-Site on an effect': () => callWith({ 'Sec-Fetch-Site': null }),
  'no marker header': () => callWith({ 'X-Xinbao': null }),
  'wrong marker header': () => callWith({ 'X-Xinbao': '0' }),
  'no cookie': () => callWith({ Cookie: null }),
  'empty cookie': () => callWith({ Cookie: `${cookie.split('=')[0]}=` }),
  'cookie of another value': () => callWith({ Cookie: `${cookie.split('=')[0]}=${'A'.repeat(43)}` }),
  'cookie of another port': () => callWith({ Cookie: cookie.replace(/_\d+=/, '_1=') }),
  'cookie planted before ours': () => callWith({ Cookie: `${cookie.split('=')[0]}=x; ${cookie}` }),
  'cookie planted behind ours': () => callWith({ Cookie: `${cookie}; ${cookie.split('=')[0]}=x` }),
  'simple form': () => callWith({ 'Content-Type': 'application/x-www-form-urlencoded' }),
  'plain text, as a form can send': () => callWith({ 'Content-Type': 'text/plain' }),
  'no Content-Type': () => callWith({ 'Content-Type': null }),
  'GET with effect': () => callWith({}, 'GET /bridge/records.counts HTTP/1.1'),
  'HEAD with effect': () => callWith({}, 'HEAD /bridge/records.counts HTTP/1.1'),
  'PUT with effect': () => callWith({}, 'PUT /bridge/records.counts HTTP/1.1'),
  preflight: () =>
    callWith(
      { Origin: evil, 'Access-Control-Request-Method': 'POST' },
      'OPTIONS /bridge/records.counts HTTP/1.1',
    ),
  'private network preflight': () =>
    callWith(
      { Origin: evil, 'Access-Control-Request-Private-Network': 'true' },
      'OPTIONS /bridge/x HTTP/1.1',
    ),
  'length and chunks at once': () => callWith({ 'Transfer-Encoding': 'chunked' }),
}

test.each(Object.keys(forgedCalls))('a call is refused: %s', async (name) => {
  const answer = await sendRaw(port, forgedCalls[name]!(), '{}')
  expect([0, 400, 403, 415]).toContain(answer.status)
  expect(answer.head).not.toMatch(/access-control-allow/i)
  expect(running.engines[0]!.asked).toEqual([])
})

const forgedLoads: Record<string, () => string[]> = {
  'page without a cookie': () => getWith('/', { Cookie: null }),
  'page with a wrong token': () => getWith(`/?token=${'A'.repeat(43)}`, { Cookie: null }),
  'page linked from another site': () => getWith('/', { 'Sec-Fetch-Site': 'cross-site' }),
  'page under a rebound name': () => getWith('/', { Host: `evil.example:${port}` }),
  'page in a POST': () => getWith('/', {}, 'POST'),
  'script without a cookie': () => getWith('/assets/index-Ab_1.js', { Cookie: null }),
  'bridge without a cookie': () => getWith('/bridge.js', { Cookie: null }),
  'bridge as a script of another site': () => getWith('/bridge.js', { 'Sec-Fetch-Site': 'cross-site' }),
  'events without a cookie': () => getWith('/events', { Cookie: null }),
  'events from another site': () => getWith('/events', { Origin: evil, 'Sec-Fetch-Site': 'cross-site' }),
  'download without a cookie': () => getWith('/files/abcdefgh', { Cookie: null }),
  'download of something unknown': () => getWith('/files/abcdefgh'),
  'upload without a cookie': () => getWith('/files', { Cookie: null }, 'POST'),
  'upload by GET': () => getWith('/files'),
  traversal: () => getWith('/../secret.js'),
  'traversal, encoded': () => getWith('/%2e%2e/secret.js'),
  'traversal, encoded slash': () => getWith('/..%2fsecret.js'),
  'traversal, back slash': () => getWith('/..\\secret.js'),
  'traversal below assets': () => getWith('/assets/../../secret.js'),
  'absolute path': () => getWith('//etc/passwd'),
  'path with a zero byte': () => getWith('/index.html%00.js'),
  'path of a download that climbs': () => getWith('/files/..%2f..%2fsecret.js'),
  'hidden file': () => getWith('/.env.js'),
  'file that is not there': () => getWith('/assets/other.js'),
  WebSocket: () =>
    getWith('/events', { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' }),
  tunnel: () => getWith('evil.example:80', {}, 'CONNECT'),
}

test.each(Object.keys(forgedLoads))('a load is refused: %s', async (name) => {
  const answer = await sendRaw(port, forgedLoads[name]!())
  expect([0, 400, 403, 404]).toContain(answer.status)
  expect(answer.body).not.toMatch(/not for pages|doctype|root:/)
  expect(answer.head).not.toMatch(/set-cookie|access-control-allow/i)
})

test('there are at least thirty forged header sets', () => {
  expect(Object.keys(forgedCalls).length + Object.keys(forgedLoads).length).toBeGreaterThanOrEqual(60)
})

test('every answer carries the security headers, refusals too', async () => {
  for (const lines of [
    getWith('/'),
    getWith('/', { Cookie: null }),
    getWith('/assets/other.js'),
    callWith({}),
  ]) {
    const { head } = await sendRaw(port, lines, lines[0]!.startsWith('POST') ? '{}' : '')
    expect(head).toMatch(/content-security-policy: default-src 'none'.*frame-ancestors 'none'/i)
    expect(head).toMatch(/x-content-type-options: nosniff/i)
    expect(head).toMatch(/cross-origin-opener-policy: same-origin/i)
    expect(head).toMatch(/cross-origin-resource-policy: same-origin/i)
    expect(head).toMatch(/cache-control: no-store/i)
    expect(head).toMatch(/referrer-policy: no-referrer/i)
  }
})

test('a token opens one browser, once, and not after five minutes', async () => {
  const path = (): string =>
    new URL(running.host.freshUrl()).pathname + new URL(running.host.freshUrl()).search
  const first = path()
  const opened = await sendRaw(port, getWith(first, { Cookie: null, 'Sec-Fetch-Site': 'none' }))
  expect(opened.status).toBe(303)
  expect(opened.head).toMatch(/location: \/\r\n/i)
  expect(opened.head).toMatch(/set-cookie: xinbao_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\//i)
  expect((await sendRaw(port, getWith(first, { Cookie: null }))).status).toBe(403)

  const second = path()
  running.wait(5 * 60_000 + 1)
  expect((await sendRaw(port, getWith(second, { Cookie: null }))).status).toBe(403)

  const replaced = path()
  running.host.freshUrl()
  expect((await sendRaw(port, getWith(replaced, { Cookie: null }))).status).toBe(403)
})

test('a token on a forged request is not used up', async () => {
  const url = new URL(running.host.freshUrl())
  const target = url.pathname + url.search
  expect((await sendRaw(port, getWith(target, { Cookie: null, Host: 'evil.example' }))).status).toBe(403)
  expect(
    (await sendRaw(port, getWith(target, { Cookie: null, 'Sec-Fetch-Site': 'cross-site' }))).status,
  ).toBe(403)
  expect((await sendRaw(port, getWith(target, { Cookie: null }))).status).toBe(303)
})

test('the log of refusals holds no header, address or token', () => {
  expect(running.logged.join('\n')).not.toMatch(/evil|xinbao_|[\w-]{43}/)
})

import type { App, CommandLine, Session } from 'electron'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { PAGE_ORIGIN } from '@main/page-address'
import {
  DANGEROUS_SWITCHES,
  denyConnectionPrompts,
  denyDownloads,
  denyForeignRequests,
  denyPermissions,
  ignoreDangerousSwitches,
  ignoreDeepLinks,
  pageWebPreferences,
  secureEveryContents,
} from '@main/security'
import { app, session } from '@test/fakes/electron'
import { FakeWebContents } from '@test/fakes/electron-page'
import { preventable } from './fake-contents'

const shellFiles = (folder: string): readonly string[] =>
  readdirSync(resolve(folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(resolve(folder), name))

test('pages get no Node, are isolated and sandboxed (2, 3, 4, 6, 8, 9, 10)', () => {
  expect(pageWebPreferences('/p.cjs', true)).toMatchObject({
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    devTools: false,
  })
  expect(pageWebPreferences('/p.cjs', true)).not.toHaveProperty('enableBlinkFeatures')
  expect(pageWebPreferences('/p.cjs', false).devTools).toBe(true)
})

test('every permission is refused (5)', () => {
  const pageSession = session.defaultSession
  denyPermissions(pageSession as unknown as Session)
  for (const permission of [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'openExternal',
    'fileSystem',
    'unknown',
  ]) {
    let granted: boolean | null = null
    const request = pageSession.handlers.get('request') as (...all: unknown[]) => void
    request({}, permission, (answer: boolean) => (granted = answer), {})
    expect(granted).toBe(false)
    expect(
      (pageSession.handlers.get('check') as (...all: unknown[]) => boolean)(
        {},
        permission,
        'app://xinbao',
        {},
      ),
    ).toBe(false)
  }
  expect((pageSession.handlers.get('device') as () => boolean)()).toBe(false)
  let streams: unknown = null
  ;(pageSession.handlers.get('display') as (...all: unknown[]) => void)(
    {},
    (given: unknown) => (streams = given),
  )
  expect(streams).toEqual({})
})

test('a page reaches nothing but itself (1, 7)', () => {
  denyForeignRequests(session.defaultSession as unknown as Session, PAGE_ORIGIN)
  const isCancelled = (url: string): boolean => {
    let verdict = { cancel: false }
    session.defaultSession.webRequest.judge!({ url }, (given) => (verdict = given))
    return verdict.cancel
  }
  for (const url of [
    'app://xinbao/',
    'app://xinbao/assets/a.js',
    'data:image/png;base64,AA==',
    'devtools://devtools/x',
  ]) {
    expect(isCancelled(url), url).toBe(false)
  }
  for (const url of [
    'http://127.0.0.1:8080/',
    'https://example.org/',
    'ws://127.0.0.1:1/',
    'file:///etc/passwd',
    'app://other/',
    'app://xinbao.example/',
    'ftp://example.org/',
    'blob:https://example.org/x',
  ]) {
    expect(isCancelled(url), url).toBe(true)
  }
})

test('the development server is reached only when it is the page', () => {
  denyForeignRequests(session.defaultSession as unknown as Session, 'http://localhost:5173')
  const verdicts = [
    'http://localhost:5173/src/main.ts',
    'ws://localhost:5173/',
    'http://localhost:5174/',
  ].map((url) => {
    let cancelled = false
    session.defaultSession.webRequest.judge!({ url }, ({ cancel }) => (cancelled = cancel))
    return cancelled
  })
  expect(verdicts).toEqual([false, false, true])
})

test('downloads of a page are refused', () => {
  denyDownloads(session.defaultSession as unknown as Session)
  const event = preventable({})
  session.defaultSession.emit('will-download', event)
  expect(event.isPrevented).toBe(true)
})

const outside = [
  'https://example.org/',
  'http://127.0.0.1/',
  'http://localhost:3000/',
  'file:///C:/Windows/win.ini',
  'file:///etc/passwd',
  'file://server/share/x.html',
  'data:text/html,<script>1</script>',
  'javascript:alert(1)',
  'about:blank',
  'about:srcdoc',
  'blob:app://xinbao/1',
  'chrome://settings/',
  'devtools://devtools/bundled/x',
  'view-source:app://xinbao/',
  'app://evil/',
  'app://xinbao.evil/',
  'app://evil@xinbao/',
  'app://user:pass@xinbao/',
  'app://xinbao:8080/',
  'app:///index.html',
  'app:xinbao',
  'apps://xinbao/',
  'app2://xinbao/',
  'http://xinbao/',
  'https://xinbao/',
  'ftp://example.org/',
  'mailto:a@example.org',
  'tel:12345',
  'ms-settings:',
  'ms-msdt:/id',
  'search-ms:query=x',
  'vscode://file/x',
  'smb://server/x',
  '\\\\server\\share',
  '//example.org/',
  'ws://example.org/',
  'wss://example.org/',
  'filesystem:app://xinbao/x',
  'intent://x',
  'shell:startup',
  'calculator:',
  'x-apple.systempreferences:',
  'steam://run/1',
  'ssh://host/',
  'git://host/x',
  'ldap://host/',
  'jar:file:///x!/y',
  'res://x/y',
  'vbscript:x',
  'mhtml:file://x',
  'chrome-extension://abc/x.html',
  'chrome-error://chromewebdata/',
  'isolated-app://x',
  'urn:x:y',
  'cid:x',
  'app://XINBAO.evil/',
  'app://%78inbao.evil/',
  '',
  ' ',
  'not an address',
]

test.each(outside)('no way to %s (13, 14, 15)', (url) => {
  const contents = new FakeWebContents()
  secureEveryContents(app as unknown as App, PAGE_ORIGIN)
  app.emit('web-contents-created', {}, contents)
  app.removeAllListeners('web-contents-created')

  const navigation = preventable({ url })
  contents.emit('will-navigate', navigation)
  const frame = preventable({ url, isMainFrame: true })
  contents.emit('will-frame-navigate', frame)
  const redirect = preventable({ url })
  contents.emit('will-redirect', redirect)
  expect([navigation.isPrevented, frame.isPrevented, redirect.isPrevented]).toEqual([true, true, true])
  expect(contents.openHandler!({ url })).toEqual({ action: 'deny' })
})

test('the table of refused addresses has at least sixty rows', () =>
  expect(outside.length).toBeGreaterThanOrEqual(60))

test('the page may reload itself, its frames may go nowhere, webviews are refused (11, 12, 13)', () => {
  const contents = new FakeWebContents()
  secureEveryContents(app as unknown as App, PAGE_ORIGIN)
  app.emit('web-contents-created', {}, contents)
  app.removeAllListeners('web-contents-created')
  const reload = preventable({ url: 'app://xinbao/', isMainFrame: true })
  contents.emit('will-navigate', reload)
  contents.emit('will-frame-navigate', reload)
  expect(reload.isPrevented).toBe(false)
  const frame = preventable({ url: 'app://xinbao/', isMainFrame: false })
  contents.emit('will-frame-navigate', frame)
  const webview = preventable({})
  contents.emit('will-attach-webview', webview)
  expect([frame.isPrevented, webview.isPrevented]).toEqual([true, true])
  expect(contents.openHandler!({ url: 'app://xinbao/' })).toEqual({ action: 'deny' })
})

test('I10 bad certificates, client certificates and proxy passwords are refused, deep links ignored', () => {
  denyConnectionPrompts(app as unknown as App)
  ignoreDeepLinks(app as unknown as App)
  let trusted: boolean | null = null
  const events = Object.fromEntries(
    ['certificate-error', 'select-client-certificate', 'login', 'open-url', 'open-file'].map((name) => {
      const event = preventable({})
      app.emit(name, event, {}, 'x', 'x', {}, (answer: boolean) => (trusted = answer))
      return [name, event.isPrevented]
    }),
  )
  expect(new Set(Object.values(events))).toEqual(new Set([true]))
  expect(trusted).toBe(false)
})

test('I10 dangerous switches are dropped in the installed client and kept in a checkout', () => {
  app.commandLine.switches.clear()
  for (const name of [...DANGEROUS_SWITCHES, 'lang']) app.commandLine.appendSwitch(name, 'x')
  ignoreDangerousSwitches(app.commandLine as unknown as CommandLine, false)
  expect(app.commandLine.hasSwitch('remote-debugging-port')).toBe(true)
  ignoreDangerousSwitches(app.commandLine as unknown as CommandLine, true)
  expect([...app.commandLine.switches.keys()]).toEqual(['lang'])
})

test('no source of the shell opens anything outside, loads a file address or touches the engine (1, 15, 18)', () => {
  for (const file of [...shellFiles('electron/main'), ...shellFiles('electron/preload')]) {
    const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
    expect(text, file).not.toMatch(/openExternal\(|loadFile\(|executeJavaScript|@engine|@practice|eval\(/)
  }
})

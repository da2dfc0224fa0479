/**
 * One small function per clause of Electron's security checklist (docs/tutorial/security.md); the numbers are its own.
 * 1 and 18 (only local content, no `file:`) are `page-protocol.ts`, 17 (check the sender) is `ipc-gate.ts`, 19 (fuses)
 * is `electron-builder.yml`, 20 (no Electron objects for pages) is the preload script, 16 is the pinned version.
 */
import type { App, CommandLine, Session, WebContents, WebPreferences } from 'electron'
import { isPageUrl } from './page-address'

/** 2, 3, 4, 6, 8, 9, 10: no Node in pages, isolated, sandboxed, web security on, nothing experimental. */
export const guideWebPreferences = (isPackaged: boolean): WebPreferences => ({
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false,
  devTools: !isPackaged,
})

/** The same for the page of the client, which has a bridge. */
export const pageWebPreferences = (preload: string, isPackaged: boolean): WebPreferences => ({
  ...guideWebPreferences(isPackaged),
  preload,
})

/** 5: every permission is refused; Electron grants by default. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
}

/** 1, 7: whatever a page may be talked into, it reaches nothing but itself; exchange is the engine's business. */
export function denyForeignRequests(session: Session, pageOrigin: string): void {
  const isOwn = (url: string): boolean =>
    isPageUrl(url, pageOrigin) ||
    isPageUrl(url.replace(/^ws:/, 'http:'), pageOrigin) ||
    /^(data|devtools):/.test(url)
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOwn(details.url) }))
}

/** Pages save files through the engine; a download of their own is refused. */
export function denyDownloads(session: Session): void {
  session.on('will-download', (event) => event.preventDefault())
}

/** 11, 12: no `<webview>`, whatever its options. */
export function denyWebviews(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** 13: a page stays where it is; reloading itself is no navigation. */
export function denyNavigation(contents: WebContents, pageOrigin: string): void {
  contents.on('will-navigate', (event) => {
    if (!isPageUrl(event.url, pageOrigin)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isPageUrl(event.url, pageOrigin)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
}

/** 14, 15: no further windows; nothing is handed to the system's browser. */
export function denyNewWindows(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** 11, 13, 14 for every contents that will ever be made, not only for the window's. */
export function secureEveryContents(app: App, pageOrigin: string): void {
  app.on('web-contents-created', (_event, contents) => {
    denyWebviews(contents)
    denyNavigation(contents, pageOrigin)
    denyNewWindows(contents)
  })
}

/** Certificates that the system does not trust, client certificates and proxy passwords: never from a page. */
export function denyConnectionPrompts(app: App): void {
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault()
    answer(false)
  })
  app.on('select-client-certificate', (event) => event.preventDefault())
  app.on('login', (event) => event.preventDefault())
}

/** Files and addresses that the system wants to open with us are ignored. */
export function ignoreDeepLinks(app: App): void {
  app.on('open-url', (event) => event.preventDefault())
  app.on('open-file', (event) => event.preventDefault())
}

/** Switches that would let a shortcut or another program see into the client or change what it trusts. */
export const DANGEROUS_SWITCHES = [
  'allow-file-access-from-files',
  'allow-running-insecure-content',
  'auth-server-whitelist',
  'disable-features',
  'disable-site-isolation-trials',
  'disable-web-security',
  'enable-blink-features',
  'enable-features',
  'host-resolver-rules',
  'host-rules',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'inspect-publish-uid',
  'js-flags',
  'load-extension',
  'log-net-log',
  'net-log-capture-mode',
  'no-sandbox',
  'proxy-bypass-list',
  'proxy-pac-url',
  'proxy-server',
  'remote-allow-origins',
  'remote-debugging-address',
  'remote-debugging-pipe',
  'remote-debugging-port',
  'renderer-cmd-prefix',
  'ssl-key-log-file',
  'unsafely-treat-insecure-origin-as-secure',
  'user-agent',
  'utility-cmd-prefix',
] as const

/** Ignores dangerous switches in the installed client; a checkout needs some of them for its tests. */
export function ignoreDangerousSwitches(commandLine: CommandLine, isPackaged: boolean): void {
  if (!isPackaged) return
  for (const name of DANGEROUS_SWITCHES) commandLine.removeSwitch(name)
}

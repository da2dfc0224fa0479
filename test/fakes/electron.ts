/**
 * A stand-in for the `electron` module under Node, faithful in what our code relies on: ipc and process messages are
 * structured clones, a second handler for a channel is refused, schemes are declared only before the app is ready,
 * wrapped keys carry the v10 mark and unwrap only with the same user's secret, utility processes answer later and end
 * once. `fake` is for tests alone.
 */
import { EventEmitter } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

type Listener = (...values: never[]) => unknown

/** What a test says of the process that a fork starts: gets the child's side of the port. */
export type ChildProgram = (port: FakeParentPort, process: FakeUtilityProcess) => void

/** The child's side of a utility process. */
export class FakeParentPort extends EventEmitter {
  constructor(private readonly owner: FakeUtilityProcess) {
    super()
  }
  postMessage(message: unknown): void {
    const copy: unknown = structuredClone(message)
    setImmediate(() => {
      if (!this.owner.hasEnded) this.owner.emit('message', copy)
    })
  }
}

/** A utility process whose program is a function of the test. */
export class FakeUtilityProcess extends EventEmitter {
  readonly parentPort = new FakeParentPort(this)
  /** Everything the shell posted, as it was cloned. */
  readonly posted: unknown[] = []
  hasEnded = false
  wasKilled = false
  constructor(
    readonly entry: string,
    readonly args: readonly string[],
    readonly options: Readonly<Record<string, unknown>>,
  ) {
    super()
  }
  postMessage(message: unknown): void {
    const copy: unknown = structuredClone(message)
    this.posted.push(copy)
    setImmediate(() => {
      if (!this.hasEnded) this.parentPort.emit('message', { data: copy, ports: [] })
    })
  }
  kill(): boolean {
    if (this.hasEnded) return false
    this.wasKilled = true
    this.end(15)
    return true
  }
  /** Ends the process with a code: what a crash or `process.exit` in it would do. */
  end(code: number): void {
    if (this.hasEnded) return
    this.hasEnded = true
    setImmediate(() => this.emit('exit', code))
  }
}

class FakeCommandLine {
  readonly switches = new Map<string, string>()
  appendSwitch(name: string, value = ''): void {
    this.switches.set(name, value)
  }
  removeSwitch(name: string): void {
    this.switches.delete(name)
  }
  hasSwitch(name: string): boolean {
    return this.switches.has(name)
  }
  getSwitchValue(name: string): string {
    return this.switches.get(name) ?? ''
  }
}

class FakeApp extends EventEmitter {
  isPackaged = false
  isSandboxEnabled = false
  hasLock = true
  isReady = false
  exitCode: number | null = null
  quits = 0
  readonly commandLine = new FakeCommandLine()
  readonly paths = new Map<string, string>()
  readonly folder = mkdtempSync(join(tmpdir(), 'xinbao-shell-'))
  whenReady(): Promise<void> {
    this.isReady = true
    return Promise.resolve()
  }
  enableSandbox(): void {
    if (this.isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
    this.isSandboxEnabled = true
  }
  getPath(name: string): string {
    return this.paths.get(name) ?? join(this.folder, name)
  }
  setPath(name: string, path: string): void {
    this.paths.set(name, path)
  }
  getVersion(): string {
    return '0.0.0-test'
  }
  requestSingleInstanceLock(): boolean {
    return this.hasLock
  }
  /** As Electron: `before-quit` may hold it up; otherwise the app has quit. */
  quit(): void {
    let isHeld = false
    this.emit('before-quit', { preventDefault: () => (isHeld = true) })
    if (!isHeld) this.quits++
  }
  exit(code = 0): void {
    this.exitCode = code
  }
}

class FakeIpcMain {
  readonly handlers = new Map<string, Listener>()
  handle(channel: string, listener: Listener): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.handlers.set(channel, listener)
  }
}

class FakeWebRequest {
  judge: ((details: { url: string }, answer: (verdict: { cancel: boolean }) => void) => void) | null = null
  onBeforeRequest(listener: FakeWebRequest['judge']): void {
    this.judge = listener
  }
}

class FakeSession extends EventEmitter {
  readonly webRequest = new FakeWebRequest()
  readonly handlers = new Map<string, Listener | null>()
  setPermissionRequestHandler(handler: Listener): void {
    this.handlers.set('request', handler)
  }
  setPermissionCheckHandler(handler: Listener): void {
    this.handlers.set('check', handler)
  }
  setDevicePermissionHandler(handler: Listener): void {
    this.handlers.set('device', handler)
  }
  setDisplayMediaRequestHandler(handler: Listener): void {
    this.handlers.set('display', handler)
  }
}

/** Contents of a window. */
export class FakeWebContents extends EventEmitter {
  private static last = 0
  readonly id = ++FakeWebContents.last
  readonly sent: unknown[][] = []
  readonly mainFrame = { url: 'about:blank', parent: null as unknown }
  openHandler: ((details: { url: string }) => { action: string }) | null = null
  reloads = 0
  willPrint = true
  send(...values: unknown[]): void {
    this.sent.push(structuredClone(values))
  }
  setWindowOpenHandler(handler: FakeWebContents['openHandler']): void {
    this.openHandler = handler
  }
  reload(): void {
    this.reloads++
  }
  print(_options: unknown, answer: (printed: boolean) => void): void {
    setImmediate(() => answer(this.willPrint))
  }
}

/** A window that shows nothing. */
export class BrowserWindow extends EventEmitter {
  readonly webContents = new FakeWebContents()
  isShown = false
  focuses = 0
  minimized = false
  private destroyed = false
  constructor(readonly options: Readonly<Record<string, unknown>>) {
    super()
    fake.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url
    setImmediate(() => this.emit('ready-to-show'))
    return Promise.resolve()
  }
  show(): void {
    this.isShown = true
  }
  focus(): void {
    this.focuses++
  }
  isMinimized(): boolean {
    return this.minimized
  }
  restore(): void {
    this.minimized = false
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  destroy(): void {
    this.destroyed = true
  }
}

export const app = new FakeApp()
export const ipcMain = new FakeIpcMain()
export const session = { defaultSession: new FakeSession() }

class FakeProtocol {
  readonly schemes: { scheme: string; privileges: Readonly<Record<string, boolean>> }[] = []
  readonly handlers = new Map<string, (request: Request) => Promise<Response>>()
  registerSchemesAsPrivileged(schemes: FakeProtocol['schemes']): void {
    if (app.isReady)
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    this.schemes.push(...schemes)
  }
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void {
    if (this.handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    this.handlers.set(scheme, handler)
  }
}
export const protocol = new FakeProtocol()

export const safeStorage = {
  isAvailable: true,
  backend: 'gnome_libsecret',
  /** Stands for the user's secret in the system: another user has another. */
  secret: 0x5a,
  isEncryptionAvailable: () => safeStorage.isAvailable,
  getSelectedStorageBackend: () => safeStorage.backend,
  encryptString(text: string): Buffer {
    if (!safeStorage.isAvailable) throw new Error('Error while encrypting the text provided to safeStorage')
    const bytes = Buffer.from(`${text}\0ok`, 'utf8').map((byte) => byte ^ safeStorage.secret)
    return Buffer.concat([Buffer.from('v10'), bytes])
  },
  decryptString(wrapped: Buffer): string {
    const text = Buffer.from(wrapped.subarray(3).map((byte) => byte ^ safeStorage.secret)).toString('utf8')
    if (wrapped.subarray(0, 3).toString() !== 'v10' || !text.endsWith('\0ok')) {
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.')
    }
    return text.slice(0, -3)
  },
}

export const dialog = {
  errors: [] as string[],
  filePaths: [] as string[],
  savePath: '',
  shown: [] as Readonly<Record<string, unknown>>[],
  showErrorBox(_title: string, text: string): void {
    dialog.errors.push(text)
  },
  showOpenDialog(_window: unknown, options: Readonly<Record<string, unknown>>) {
    dialog.shown.push(options)
    return Promise.resolve({ canceled: dialog.filePaths.length === 0, filePaths: dialog.filePaths })
  },
  showSaveDialog(_window: unknown, options: Readonly<Record<string, unknown>>) {
    dialog.shown.push(options)
    return Promise.resolve({ canceled: dialog.savePath === '', filePath: dialog.savePath })
  },
}

export const shell = {
  shown: [] as string[],
  opened: [] as string[],
  showItemInFolder(path: string): void {
    shell.shown.push(path)
  },
  openPath(path: string): Promise<string> {
    shell.opened.push(path)
    return Promise.resolve('')
  },
  openExternal(): never {
    throw new Error('the client opens nothing outside')
  },
}

export const Menu = { setApplicationMenu: (menu: unknown): void => void (fake.menu = menu) }

export const utilityProcess = {
  fork(
    path: string,
    args: string[] = [],
    options: Readonly<Record<string, unknown>> = {},
  ): FakeUtilityProcess {
    if (!app.isReady) throw new Error('utilityProcess cannot be created before app is ready')
    const started = new FakeUtilityProcess(path, args, options)
    fake.forks.push(started)
    fake.programs[basename(path)]?.(started.parentPort, started)
    return started
  },
}

class FakeMessagePort extends EventEmitter {
  other: FakeMessagePort | null = null
  start(): void {
    this.emit('started')
  }
  close(): void {
    this.other?.emit('close')
  }
  postMessage(message: unknown): void {
    const copy: unknown = structuredClone(message)
    setImmediate(() => this.other?.emit('message', { data: copy, ports: [] }))
  }
}

/** Two ports that hear each other. */
export class MessageChannelMain {
  readonly port1 = new FakeMessagePort()
  readonly port2 = new FakeMessagePort()
  constructor() {
    this.port1.other = this.port2
    this.port2.other = this.port1
  }
}

export const ipcRenderer = Object.assign(new EventEmitter(), {
  /** What a sandboxed preload script can do: a structured clone to the main process and one back. */
  invoke: (channel: string, ...values: unknown[]): Promise<unknown> => fake.invoke(channel, values),
})

export const contextBridge = {
  exposed: new Map<string, unknown>(),
  exposeInMainWorld(key: string, value: unknown): void {
    if (contextBridge.exposed.has(key))
      throw new Error(`Cannot bind an API on top of an existing property: ${key}`)
    contextBridge.exposed.set(key, value)
  },
}

/** Test controls. */
export const fake = {
  windows: [] as BrowserWindow[],
  forks: [] as FakeUtilityProcess[],
  /** By base name of the entry, e.g. `engine.js`. */
  programs: {} as Record<string, ChildProgram>,
  menu: undefined as unknown,
  /** An ipc call, by default from the main frame of the newest window. */
  async invoke(
    channel: string,
    values: readonly unknown[],
    sender: { readonly id?: number; readonly frame?: { url: string; parent: unknown } | null } = {},
  ): Promise<unknown> {
    const handler = ipcMain.handlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    const contents = fake.windows.at(-1)?.webContents
    const event = {
      sender: { id: sender.id ?? contents?.id ?? -1 },
      senderFrame: sender.frame === undefined ? (contents?.mainFrame ?? null) : sender.frame,
    }
    const answer = await (handler as (...all: unknown[]) => unknown)(event, ...structuredClone([...values]))
    return structuredClone(answer)
  },
}

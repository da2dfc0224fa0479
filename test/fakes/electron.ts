/**
 * A stand-in for the `electron` module under Node, faithful in what our code relies on: ipc and process messages are
 * structured clones, a second handler for a channel is refused, schemes are declared only before the app is ready,
 * wrapped keys carry the v10 mark and unwrap only with the same user's secret, utility processes answer later and end
 * once. `fake` is for tests alone.
 */
import { EventEmitter } from 'node:events'
import { basename } from 'node:path'
import { FakeApp } from './electron-app'
import { FakeSession, FakeWebContents } from './electron-page'
import { FakeUtilityProcess } from './electron-processes'
import type { ChildProgram } from './electron-processes'

export { MessageChannelMain } from './electron-processes'
export { dialog, safeStorage, shell } from './electron-system'

type Listener = (...values: never[]) => unknown

class FakeIpcMain {
  readonly handlers = new Map<string, Listener>()
  handle(channel: string, listener: Listener): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.handlers.set(channel, listener)
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

/** Only a page with a preload script can speak to the shell. */
const hasPreload = ({ options }: BrowserWindow): boolean =>
  (options['webPreferences'] as { readonly preload?: string } | undefined)?.preload !== undefined

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

/** A notification of the system; `fake.notifications` has those that were shown. */
export class Notification extends EventEmitter {
  static supported = true
  static isSupported(): boolean {
    return Notification.supported
  }
  constructor(readonly options: Readonly<Record<string, unknown>>) {
    super()
  }
  show(): void {
    fake.notifications.push(this)
  }
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
  notifications: [] as Notification[],
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
    const contents = fake.windows.findLast(hasPreload)?.webContents
    const event = {
      sender: { id: sender.id ?? contents?.id ?? -1 },
      senderFrame: sender.frame === undefined ? (contents?.mainFrame ?? null) : sender.frame,
    }
    const answer = await (handler as (...all: unknown[]) => unknown)(event, ...structuredClone([...values]))
    return structuredClone(answer)
  },
}

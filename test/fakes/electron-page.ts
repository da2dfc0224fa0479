/** Sessions and contents of the fake Electron. */
import { EventEmitter } from 'node:events'

type Listener = (...values: never[]) => unknown

class FakeWebRequest {
  judge: ((details: { url: string }, answer: (verdict: { cancel: boolean }) => void) => void) | null = null
  onBeforeRequest(listener: FakeWebRequest['judge']): void {
    this.judge = listener
  }
}

/** What a page may reach and ask for. */
export class FakeSession extends EventEmitter {
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
  /** What a PDF begins and ends with; a real one is made by the page's own engine. */
  printToPDF(_options: unknown): Promise<Buffer> {
    return Promise.resolve(Buffer.from('%PDF-1.4\n%%EOF\n'))
  }
  print(_options: unknown, answer: (printed: boolean) => void): void {
    setImmediate(() => answer(this.willPrint))
  }
}

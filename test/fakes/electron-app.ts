/** The `app` of the fake Electron, with its command line and its paths in a folder of its own. */
import { EventEmitter } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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

/** One app, as one process has it. */
export class FakeApp extends EventEmitter {
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

/** Utility processes and message ports of the fake Electron: messages are structured clones and arrive later. */
import { EventEmitter } from 'node:events'

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

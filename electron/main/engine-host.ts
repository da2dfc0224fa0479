import type { EngineStart, FromEngine, RegisteredFile, ToEngine } from '@shared/contract/engine-messages'
import { failure, FailureError } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import { err } from '@shared/kernel/result'
import type { Result } from '@shared/kernel/result'
import { createSheetBroker } from './sheet-broker'
import type { ForkSheetChild } from './sheet-broker'
import type { ShellLog } from './shell-log'
import type { ShellProcess } from './shell-process'

/** Pauses before the restarts that follow crashes; after the last one the host gives up. */
export const RESTART_PAUSES_MS = [200, 1_000, 5_000, 15_000, 30_000] as const
/** An engine that ran this long has recovered: the next crash starts again with the shortest pause. */
export const RECOVERED_AFTER_MS = 60_000
/** How long a closing engine may take to finish its write before it is ended. */
export const CLOSE_LIMIT_MS = 10_000

/** The engine process as the rest of the shell sees it. */
export interface EngineHost {
  /** Starts the engine; rejects with the engine's refusal as a `FailureError`. Only when none is running. */
  start(start: EngineStart): Promise<void>
  /** Asks the engine. Never rejects; `engine.stopped` when it is not running or ends before it has answered. */
  call(name: string, input: unknown): Promise<Result<unknown>>
  /** Announces a file that the user chose; a restarted engine hears of it again. */
  registerFile(file: RegisteredFile): void
  /** Lets the engine close its files and waits for its end; harmless when none is running. */
  stop(): Promise<void>
}

/** One engine process and what hangs on it. */
interface Running {
  readonly child: ShellProcess
  readonly post: (message: ToEngine) => void
  readonly inFlight: Map<number, (result: Result<unknown>) => void>
  readonly ended: Promise<void>
}

const stopped = (): Result<never> => err(failure('engine.stopped'))

/**
 * Keeps the engine process. States: none -> starting -> running -> (closing -> none | crashed -> pause -> starting).
 * A crash answers every call in flight with `engine.stopped`, since nobody can know which were done; the engine itself
 * comes back to a consistent store, and `engine.restarted` tells the pages to refetch.
 */
export function createEngineHost(options: {
  readonly forkEngine: () => ShellProcess
  readonly forkSheetChild: ForkSheetChild
  readonly onEvent: (name: string, payload: unknown) => void
  /** The engine crashed more often than it may; it stays down. */
  readonly onGivenUp: () => void
  readonly log: ShellLog
}): EngineHost {
  const { log } = options
  const files: RegisteredFile[] = []
  let running: Running | null = null
  let isClosing = false
  let isReady = false
  let crashes = 0
  let nextId = 0
  let pause: NodeJS.Timeout | undefined
  let recovery: NodeJS.Timeout | undefined

  /** Forks and hands over the start message; resolves with null when started, else with the refusal. */
  function launch(start: EngineStart): Promise<Failure | null> {
    return new Promise((resolve) => {
      const child = options.forkEngine()
      const post = (message: ToEngine): void => child.postMessage(message)
      const inFlight: Running['inFlight'] = new Map()
      const broker = createSheetBroker(options.forkSheetChild, (message) => {
        if (running?.child === child) post(message)
      })
      let markEnded = (): void => undefined
      const ended = new Promise<void>((mark) => (markEnded = mark))
      running = { child, post, inFlight, ended }

      const receive = (message: FromEngine): void => {
        switch (message.kind) {
          case 'started':
            isReady = true
            recovery = setTimeout(() => (crashes = 0), RECOVERED_AFTER_MS)
            return resolve(null)
          case 'start-failed':
            return resolve(message.failure)
          case 'reply':
            inFlight.get(message.id)?.(message.result)
            inFlight.delete(message.id)
            return
          case 'event':
            return options.onEvent(message.name, message.payload)
          case 'log':
            return message.error === null
              ? log.info(message.event, message.detail)
              : log.error(message.event, message.error, message.detail)
          case 'sheet-launch':
          case 'sheet-send':
          case 'sheet-kill':
            return broker.receive(message)
        }
      }
      child.on('message', (message) => receive(message as FromEngine))
      child.on('exit', (code) => {
        clearTimeout(recovery)
        broker.killAll()
        running = null
        const wasReady = isReady
        isReady = false
        for (const answer of inFlight.values()) answer(stopped())
        inFlight.clear()
        markEnded()
        resolve(failure('engine.stopped'))
        if (!isClosing && wasReady) recover(start, code)
      })

      post({ kind: 'start', start })
      for (const file of files) post({ kind: 'register-file', file })
    })
  }

  function recover(start: EngineStart, code: number): void {
    const pauseMs = RESTART_PAUSES_MS[crashes++]
    log.error('engine.crashed', null, { code, crashes })
    if (pauseMs === undefined) return options.onGivenUp()
    pause = setTimeout(() => {
      void launch(start).then((refusal) => {
        if (refusal === null) return options.onEvent('engine.restarted', {})
        log.error('engine.restart-refused', null, { code: refusal.code })
        // It ended by itself, or sits there refusing; either way the next attempt needs a fresh process.
        running?.child.kill()
        recover(start, code)
      })
    }, pauseMs)
  }

  return {
    async start(start) {
      isClosing = false
      crashes = 0
      const refusal = await launch(start)
      if (refusal === null) return
      await this.stop()
      throw new FailureError(refusal)
    },
    call(name, input) {
      const engine = running
      if (engine === null || !isReady || isClosing) return Promise.resolve(stopped())
      return new Promise((resolve) => {
        const id = ++nextId
        engine.inFlight.set(id, resolve)
        engine.post({ kind: 'call', id, name, input })
      })
    },
    registerFile(file) {
      files.push(file)
      running?.post({ kind: 'register-file', file })
    },
    async stop() {
      isClosing = true
      clearTimeout(pause)
      const engine = running
      if (engine === null) return
      engine.post({ kind: 'close' })
      const limit = setTimeout(() => engine.child.kill(), CLOSE_LIMIT_MS)
      await engine.ended
      clearTimeout(limit)
    },
  }
}

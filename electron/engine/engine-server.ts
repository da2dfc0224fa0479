import type { EngineStart, FromEngine, ToEngine } from '@shared/contract/engine-messages'
import { failure, FailureError } from '@shared/kernel/failure'
import { err } from '@shared/kernel/result'
import type { Result } from '@shared/kernel/result'
import type { EnginePorts, Log } from '@engine/ports'
import { createBrokeredSheetLauncher } from './brokered-sheet-launcher'
import { createTokenFiles } from './token-files'

/** The engine as this server uses it. */
export interface ServedEngine {
  call(name: string, input: unknown): Promise<Result<unknown>>
  on(listener: (name: string, payload: unknown) => void): () => void
  close(): Promise<void>
}

/** What the port gives that does not come as data. */
export type LocalPorts = Pick<EnginePorts, 'log' | 'files' | 'launchSheetChild'>

/** Opens the engine for a start message. */
export type OpenServedEngine = (start: EngineStart, ports: LocalPorts) => Promise<ServedEngine>

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

/**
 * Serves one engine over a port: give every message of the shell to the returned function. Calls before `started` and
 * after `close` are answered `engine.stopped`; `exit` is called when the engine has closed its files.
 */
export function createEngineServer(options: {
  readonly post: (message: FromEngine) => void
  readonly openEngine: OpenServedEngine
  readonly exit: () => void
}): (message: ToEngine) => void {
  const { post } = options
  const files = createTokenFiles()
  const sheets = createBrokeredSheetLauncher(post)
  const log: Log = {
    info: (event, detail = {}) => post({ kind: 'log', event, detail, error: null }),
    error: (event, error, detail = {}) => post({ kind: 'log', event, detail, error: stackOf(error) }),
  }
  let opening: Promise<ServedEngine> | null = null
  let engine: ServedEngine | null = null

  async function start(message: EngineStart): Promise<void> {
    opening = options.openEngine(message, { log, files, launchSheetChild: sheets.launch })
    try {
      engine = await opening
      engine.on((name, payload) => post({ kind: 'event', name, payload }))
      post({ kind: 'started' })
    } catch (error) {
      if (!(error instanceof FailureError)) log.error('engine.start', error)
      const refusal =
        error instanceof FailureError ? error.failure : failure('defect.unexpected', {}, { kind: 'never' })
      post({ kind: 'start-failed', failure: refusal })
    }
  }

  async function answer(id: number, name: string, input: unknown): Promise<void> {
    const result = engine === null ? err(failure('engine.stopped')) : await engine.call(name, input)
    post({ kind: 'reply', id, result })
  }

  async function close(): Promise<void> {
    await opening?.catch(() => undefined)
    const last = engine
    engine = null
    await last?.close()
    options.exit()
  }

  return (message) => {
    switch (message.kind) {
      case 'start':
        return void start(message.start)
      case 'register-file':
        return files.register(message.file)
      case 'call':
        return void answer(message.id, message.name, message.input)
      case 'sheet-message':
      case 'sheet-exit':
        return sheets.receive(message)
      case 'close':
        return void close()
    }
  }
}

import { createEngineServer } from '@engine/engine-server'
import type { LocalPorts, ServedEngine } from '@engine/engine-server'
import type { EngineStart, FromEngine, ToEngine } from '@shared/contract/engine-messages'
import { err, ok } from '@shared/kernel/result'
import { failure } from '@shared/kernel/failure'
import type { Failure, FailureError } from '@shared/kernel/failure'
import type { ChildProgram } from '@test/fakes/electron-processes'

/** What a test sees of the engines that its shell started. */
export interface EngineProgram {
  readonly program: ChildProgram
  /** Start messages, one per engine process. */
  readonly starts: EngineStart[]
  readonly ports: LocalPorts[]
  /** Names of the calls that engines were asked, in order. */
  readonly asked: string[]
  /** Places that the shell gave to `sample.write`; nothing is written there. */
  readonly written: { readonly path: string; readonly name: string }[]
  /** Set to make the next engines refuse to start. */
  refusal: FailureError | null
  /** Calls that engines refuse, with what. */
  readonly refusals: Record<string, Failure>
  /** Calls that engines answer, with what. */
  readonly answers: Record<string, unknown>
  closed: number
  emit(name: string, payload: unknown): void
}

/**
 * The engine's own server (the real protocol side) over an engine that answers `records.counts`, never answers
 * `feed.pull`, and echoes the rest.
 */
export function createEngineProgram(): EngineProgram {
  let listener: ((name: string, payload: unknown) => void) | null = null
  const state: EngineProgram = {
    starts: [],
    ports: [],
    asked: [],
    written: [],
    refusal: null,
    refusals: {},
    answers: {},
    closed: 0,
    emit: (name, payload) => listener?.(name, payload),
    program(port, process) {
      const receive = createEngineServer({
        post: (message: FromEngine) => port.postMessage(message),
        openEngine(start, ports) {
          state.starts.push(start)
          state.ports.push(ports)
          if (state.refusal !== null) return Promise.reject(state.refusal)
          const engine: ServedEngine = {
            call(name, input) {
              state.asked.push(name)
              const refused = state.refusals[name]
              if (refused !== undefined) return Promise.resolve(err(refused))
              if (Object.hasOwn(state.answers, name)) return Promise.resolve(ok(state.answers[name]))
              if (name === 'feed.pull') return new Promise(() => undefined)
              if (name === 'sample.write')
                state.written.push(ports.files.target((input as { target: string }).target))
              if (name === 'records.counts') return Promise.resolve(ok({ total: 7, types: [] }))
              return Promise.resolve(name === 'tasks.list' ? err(failure('task.busy')) : ok({ name, input }))
            },
            on(heard) {
              listener = heard
              return () => (listener = null)
            },
            close() {
              state.closed++
              return Promise.resolve()
            },
          }
          return Promise.resolve(engine)
        },
        exit: () => process.end(0),
      })
      port.on('message', ({ data }: { data: ToEngine }) => receive(data))
    },
  }
  return state
}

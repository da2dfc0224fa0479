import { readFileSync, writeFileSync } from 'node:fs'
import { createEventBus } from '@engine/event-bus'
import type { EventBus } from '@engine/event-bus'
import type { DeskEngine, DeskRequest } from '@web/switchable-desk'
import { settle } from '@shared/kernel/settle'
import { failure } from '@shared/kernel/failure'
import type { Failure } from '@shared/kernel/failure'
import { err } from '@shared/kernel/result'

/** A small engine for tests of the host alone: answers a few calls for real, counts all, holds no store. */
export interface StandInEngine extends DeskEngine {
  readonly request: DeskRequest
  readonly bus: EventBus
  readonly asked: string[]
  /** Calls that are refused, with what. */
  readonly refusals: Record<string, Failure>
  isClosed: boolean
}

/** Makes a stand-in engine for a desk. */
export function createStandInEngine(request: DeskRequest): StandInEngine {
  const bus = createEventBus()
  const handlers: Record<string, (input: Record<string, string>) => unknown> = {
    'records.counts': () => ({ total: 0, types: [{ type: request.mode, count: 0 }] }),
    'import.inspect': ({ file }) => {
      const { path, name } = request.files.source(file!)
      return { name, text: readFileSync(path, 'utf8').slice(0, 200), bytes: readFileSync(path).length }
    },
    'template.write': ({ recordType, target }) => {
      writeFileSync(request.files.target(target!).path, `template of ${recordType} 模板`)
      return { recordType }
    },
    'sample.write': ({ target }) => {
      writeFileSync(request.files.target(target!).path, 'sample')
      return { rows: 1 }
    },
    'feed.pull': () => {
      throw new Error('secret detail of a defect')
    },
  }
  const engine: StandInEngine = {
    request,
    bus,
    asked: [],
    refusals: {},
    isClosed: false,
    call(name, input) {
      engine.asked.push(name)
      const refusal = engine.refusals[name]
      if (refusal !== undefined) return Promise.resolve(err(refusal))
      const handler = handlers[name]
      if (handler === undefined) return Promise.resolve(err(failure('contract.unknown-call', { name })))
      return settle(
        () => handler(input as Record<string, string>),
        () => undefined,
      )
    },
    on: (listener) => bus.on(listener),
    close() {
      engine.isClosed = true
      return Promise.resolve()
    },
  }
  return engine
}

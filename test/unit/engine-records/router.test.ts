import { expect, it } from 'vitest'
import type { EngineCallName, Handlers } from '@shared/contract/calls'
import { refuse } from '@shared/kernel/failure'
import { createRouter } from '@engine/router'

it('checks name and input, and answers refusals and defects as failures', async () => {
  const defects: unknown[] = []
  const handlers: Partial<Handlers<EngineCallName>> = {
    'records.restore': ({ recordIds }) => ({ changed: recordIds.length, undo: null }),
    'batches.get': ({ batchId }) => refuse('batch.not-found', { batchId }),
    'tasks.list': () => {
      throw new Error('secret')
    },
  }
  const call = createRouter(handlers as Handlers<EngineCallName>, {
    info: () => undefined,
    error: (event, error, detail) => defects.push([event, (error as Error).message, detail]),
  })
  const codeOf = async (name: string, input: unknown) => {
    const answer = await call(name, input)
    return answer.ok ? answer.value : answer.failure.code
  }
  expect(await codeOf('records.restore', { recordIds: ['a'] })).toEqual({ changed: 1, undo: null })
  expect(await codeOf('records.restore', { recordIds: [] })).toBe('contract.invalid-input')
  expect(await codeOf('records.burn', {})).toBe('contract.unknown-call')
  // The host's calls are none of the engine's.
  expect(await codeOf('host.info', {})).toBe('contract.unknown-call')
  expect(await codeOf('batches.get', { batchId: 'b' })).toBe('batch.not-found')
  expect(defects).toEqual([])
  const defect = await call('tasks.list', {})
  expect(defect).toMatchObject({ ok: false, failure: { code: 'defect.unexpected' } })
  expect(JSON.stringify(defect)).not.toContain('secret')
  expect(defects).toEqual([['call.defect', 'secret', { name: 'tasks.list' }]])
})

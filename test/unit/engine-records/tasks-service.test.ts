import { expect, it } from 'vitest'
import { failure, FailureError } from '@shared/kernel/failure'
import { createEventBus } from '@engine/event-bus'
import { createTasksService } from '@engine/services/tasks-service'
import type { TaskHandle } from '@engine/services/tasks-service'
import { countedIds, stoppedClock } from '@test/integration/engine-records/store-fixture'

function newTasks() {
  const bus = createEventBus()
  const states: string[] = []
  const defects: string[] = []
  bus.on((name, payload) => {
    if (name === 'task.progressed') states.push((payload as { state: string }).state)
  })
  const log = { info: () => undefined, error: (event: string) => defects.push(event) }
  return {
    tasks: createTasksService({ clock: stoppedClock(), ids: countedIds(), bus, log }),
    states,
    defects,
  }
}

const refusal = (code: 'task.cancelled' | 'task.busy'): FailureError => new FailureError(failure(code))
/** Work that ends at its next safe point; a task may be cancelled before its work has begun. */
const untilCancelled = ({ signal }: TaskHandle): Promise<never> =>
  new Promise((_, reject) => {
    const end = (): void => reject(refusal('task.cancelled'))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end)
  })
const notFound = { code: 'task.not-found', params: {}, retry: { kind: 'never' } }

it('ends a task as done, refused, broken or cancelled, and tells each end', async () => {
  const { tasks, states, defects } = newTasks()
  const done = tasks.start('pull', 'a', () => Promise.resolve({}))
  expect(done.state).toBe('running')
  expect((await tasks.wait(done.taskId)).state).toBe('done')
  const refused = tasks.start('pull', 'b', () => Promise.reject(refusal('task.busy')))
  expect(await tasks.wait(refused.taskId)).toMatchObject({ state: 'failed', failure: { code: 'task.busy' } })
  const broken = tasks.start('pull', 'c', () => Promise.reject(new Error('secret')))
  expect((await tasks.wait(broken.taskId)).failure).toMatchObject({ code: 'defect.unexpected' })
  expect(defects).toEqual(['task.defect'])
  const stopped = tasks.start('import', 'd', untilCancelled)
  expect(tasks.cancel(stopped.taskId)).toMatchObject({ state: 'running', cancellable: false })
  expect((await tasks.wait(stopped.taskId)).state).toBe('cancelled')
  expect(states.filter((state) => state !== 'running')).toEqual(['done', 'failed', 'failed', 'cancelled'])
  expect(tasks.list().map(({ title }) => title)).toEqual(['d', 'c', 'b', 'a'])
})

it('knows no task that never was, or that ended long ago', async () => {
  const { tasks } = newTasks()
  expect(() => tasks.cancel('nothing')).toThrow(expect.objectContaining({ failure: notFound }))
  const first = tasks.start('pull', 'first', () => Promise.resolve({}))
  await tasks.wait(first.taskId)
  for (let count = 0; count < 25; count++) {
    await tasks.wait(tasks.start('pull', String(count), () => Promise.resolve({})).taskId)
  }
  expect(() => tasks.cancel(first.taskId)).toThrow(expect.objectContaining({ failure: notFound }))
})

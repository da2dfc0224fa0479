import { FailureError, failure } from '@shared/kernel/failure'
import type { Clock } from '@shared/kernel/clock'
import type { Ids } from '@shared/kernel/ids'
import type { TaskKind, TaskView } from '@shared/contract/views/task-views'
import type { EventBus } from '@engine/event-bus'
import type { Log } from '@engine/ports'

/** What a running task reports and watches. */
export interface TaskHandle {
  /** Aborted when the user cancels; check between units of work, never in the middle of one. */
  readonly signal: AbortSignal
  progress(step: string, done: number, total: number | null): void
}

/** What a finished task leaves behind. */
export type TaskOutcome = Partial<
  Pick<TaskView, 'importSummary' | 'submission' | 'pull' | 'standardPreview' | 'restore'>
>

/** The registry of long work: one store in the page mirrors it, so no screen loses sight of a task. */
export interface TasksService {
  start(kind: TaskKind, title: string, run: (task: TaskHandle) => Promise<TaskOutcome>): TaskView
  list(): readonly TaskView[]
  /** Asks the task to stop; it ends as `cancelled` at its next safe point. */
  cancel(taskId: string): TaskView
  /** Resolves when the task has ended. */
  wait(taskId: string): Promise<TaskView>
}

interface Running {
  view: TaskView
  readonly abort: AbortController
  readonly ended: Promise<TaskView>
  emittedAt: number
}

/** Progress events closer together than this are folded into the next one. */
const EVENT_GAP_MS = 100
/** Ended tasks that stay in the list. */
const KEPT = 20

/** A task handle for callers without a page: never cancelled, progress dropped. */
export const silentTask: TaskHandle = { signal: new AbortController().signal, progress: () => undefined }

export function createTasksService(deps: {
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: EventBus
  readonly log: Log
}): TasksService {
  const tasks = new Map<string, Running>()

  const find = (taskId: string): Running => {
    const running = tasks.get(taskId)
    if (!running) throw new FailureError(failure('task.not-found', {}, { kind: 'never' }))
    return running
  }

  const publish = (running: Running, change: Partial<TaskView>, always: boolean): void => {
    running.view = { ...running.view, ...change }
    const at = performance.now()
    if (!always && at - running.emittedAt < EVENT_GAP_MS) return
    running.emittedAt = at
    deps.bus.emit('task.progressed', running.view)
  }

  const forget = (): void => {
    const ended = [...tasks.values()].filter((running) => running.view.state !== 'running')
    for (const running of ended.slice(0, Math.max(0, ended.length - KEPT))) tasks.delete(running.view.taskId)
  }

  return {
    start(kind, title, run) {
      const taskId = deps.ids.next()
      const abort = new AbortController()
      const view: TaskView = {
        taskId,
        kind,
        title,
        state: 'running',
        step: 'starting',
        done: 0,
        total: null,
        startedAt: deps.clock.now(),
        endedAt: null,
        cancellable: true,
        failure: null,
        importSummary: null,
        submission: null,
        pull: null,
        standardPreview: null,
        restore: null,
      }
      const handle: TaskHandle = {
        signal: abort.signal,
        progress: (step, done, total) => {
          const running = find(taskId)
          publish(running, { step, done, total }, step !== running.view.step)
        },
      }
      const work = async (): Promise<TaskView> => {
        // Let the caller receive the view before the first event about it.
        await Promise.resolve()
        const running = find(taskId)
        try {
          const outcome = await run(handle)
          publish(running, { ...outcome, state: 'done', endedAt: deps.clock.now(), cancellable: false }, true)
        } catch (error) {
          const refused = error instanceof FailureError ? error.failure : null
          if (!refused) deps.log.error('task.defect', error, { kind })
          const isCancelled = refused?.code === 'task.cancelled'
          publish(
            running,
            {
              state: isCancelled ? 'cancelled' : 'failed',
              failure: refused ?? failure('defect.unexpected', {}, { kind: 'never' }),
              endedAt: deps.clock.now(),
              cancellable: false,
            },
            true,
          )
        }
        forget()
        return running.view
      }
      const running: Running = { view, abort, ended: Promise.resolve(view), emittedAt: 0 }
      tasks.set(taskId, running)
      tasks.set(taskId, Object.assign(running, { ended: work() }))
      deps.bus.emit('task.progressed', view)
      return view
    },
    list: () => [...tasks.values()].map((running) => running.view).reverse(),
    cancel(taskId) {
      const running = find(taskId)
      if (running.view.state === 'running') {
        running.abort.abort()
        publish(running, { cancellable: false }, true)
      }
      return running.view
    },
    wait: (taskId) => find(taskId).ended,
  }
}

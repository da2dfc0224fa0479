import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { TasksService } from '@engine/services/tasks-service'

/** Long tasks: what runs, and the wish to stop it. */
export const tasksHandlers = (deps: {
  readonly tasks: TasksService
}): Pick<Handlers<EngineCallName>, 'tasks.list' | 'tasks.cancel'> => ({
  'tasks.list': () => deps.tasks.list(),
  'tasks.cancel': ({ taskId }) => deps.tasks.cancel(taskId),
})

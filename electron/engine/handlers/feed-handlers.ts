import type { EngineCallName, Handlers } from '@shared/contract/calls'
import { refuse } from '@shared/kernel/failure'
import { exchangeTaskTitles } from '@shared/texts/zh-CN/exchange'
import type { FeedbackService } from '@engine/services/feedback-service'
import type { TasksService } from '@engine/services/tasks-service'

type Names = Extract<EngineCallName, `feed.${string}`>

/** The call that pulls the platform's feed. One pull at a time. */
export function feedHandlers(deps: {
  readonly feedback: FeedbackService
  readonly tasks: TasksService
}): Handlers<Names> {
  const { tasks } = deps
  return {
    'feed.pull': () => {
      if (tasks.list().some((task) => task.kind === 'pull' && task.state === 'running')) refuse('task.busy')
      return tasks.start('pull', exchangeTaskTitles.pull, async (task) => ({
        pull: await deps.feedback.pull(task),
      }))
    },
  }
}

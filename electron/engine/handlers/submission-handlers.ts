import type { EngineCallName, Handlers } from '@shared/contract/calls'
import { FailureError, refuse } from '@shared/kernel/failure'
import { exchangeTaskTitles } from '@shared/texts/zh-CN/exchange'
import type { ForecastService } from '@engine/services/submission-forecast'
import type { NilService } from '@engine/services/submission-nil'
import type { SubmissionRun, SubmissionService } from '@engine/services/submission-service'
import type { TaskHandle, TaskOutcome, TasksService } from '@engine/services/tasks-service'

type Names = Extract<EngineCallName, `submission.${string}`>

/** Calls about sending: forecast, start, resume. One submission at a time. */
export function submissionHandlers(deps: {
  readonly submission: SubmissionService
  readonly forecast: ForecastService
  readonly nil: Pick<NilService, 'report'>
  readonly tasks: TasksService
}): Handlers<Names> {
  const { submission, tasks } = deps

  const start = (title: string, run: (task: TaskHandle) => Promise<SubmissionRun>) => {
    if (tasks.list().some((task) => task.kind === 'submission' && task.state === 'running'))
      refuse('task.busy')
    return tasks.start('submission', title, async (task): Promise<TaskOutcome> => {
      const { failure, ...result } = await run(task)
      if (failure !== null) throw new FailureError(failure)
      return { submission: result }
    })
  }

  return {
    'submission.forecast': ({ type, recordIds }) => deps.forecast.forecast(type, recordIds),
    'submission.reportNil': () => deps.nil.report(),
    'submission.start': (request) =>
      start(exchangeTaskTitles.submission, (task) => submission.submit(request, task)),
    'submission.resume': () => start(exchangeTaskTitles.resume, (task) => submission.resume(task)),
  }
}

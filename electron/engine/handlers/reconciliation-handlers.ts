import type { EngineCallName, Handlers } from '@shared/contract/calls'
import { refuse } from '@shared/kernel/failure'
import { exchangeTaskTitles } from '@shared/texts/zh-CN/exchange'
import type { ReconciliationService } from '@engine/services/reconciliation-service'
import { silentTask } from '@engine/services/tasks-service'
import type { TasksService } from '@engine/services/tasks-service'

type Names = Extract<EngineCallName, `reconciliation.${string}`>

/** Calls about what the desk and the platform hold. One comparison at a time. */
export function reconciliationHandlers(deps: {
  readonly reconciliation: ReconciliationService
  readonly tasks: TasksService
}): Handlers<Names> {
  const { reconciliation, tasks } = deps
  return {
    'reconciliation.run': () => {
      if (tasks.list().some((task) => task.kind === 'reconciliation' && task.state === 'running'))
        refuse('task.busy')
      return tasks.start('reconciliation', exchangeTaskTitles.reconciliation, async (task) => {
        await reconciliation.run(task)
        return {}
      })
    },
    'reconciliation.latest': () => reconciliation.latest(),
    'reconciliation.resend': ({ runId, findingNos }) =>
      reconciliation.resend(runId, findingNos, silentTask.signal),
    'reconciliation.note': ({ runId, findingNo, resolution }) =>
      reconciliation.note(runId, findingNo, resolution),
  }
}

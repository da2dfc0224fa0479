import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { Files } from '@engine/ports'
import type { PackageAnswerService } from '@engine/services/package-answer-service'
import type { PackageViewService } from '@engine/services/package-view-service'
import type { PackageWritingService } from '@engine/services/package-writing-service'
import { silentTask } from '@engine/services/tasks-service'
import { writeTarget } from './target-writing'

type Names = Extract<EngineCallName, `packages.${string}`>

/** Calls about the files that travel by hand. */
export function packagesHandlers(deps: {
  readonly packages: PackageWritingService
  readonly answers: PackageAnswerService
  readonly packageViews: PackageViewService
  readonly files: Files
}): Handlers<Names> {
  return {
    'packages.write': ({ target, ...request }) =>
      writeTarget(deps.files, target, (path) => deps.packages.write(request, path)),
    'packages.list': () => deps.packageViews.list(),
    'packages.rewrite': ({ packageId, target }) =>
      writeTarget(deps.files, target, (path) => deps.packageViews.rewrite(packageId, path)),
    'packages.apply': ({ file }) => deps.answers.apply(deps.files.source(file), silentTask),
  }
}

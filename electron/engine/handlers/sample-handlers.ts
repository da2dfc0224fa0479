import type { EngineCallName, Handlers } from '@shared/contract/calls'
import { businessDate } from '@shared/kernel/clock'
import type { Clock } from '@shared/kernel/clock'
import type { CompiledStandard } from '@shared/standard/standard'
import type { Files } from '@engine/ports'
import type { SettingRepo } from '@engine/repos/repo-types'
import { loadSample, writeSample } from '@engine/sheets/sample-writer'
import { typeOf } from '@engine/standards/installed-standard'
import { writeTarget } from './target-writing'

/** The sample workbook: invented decisions of the desk's own bureau, dated back from today. */
export function sampleHandlers(deps: {
  readonly files: Files
  readonly clock: Clock
  readonly settings: SettingRepo
  readonly standard: () => CompiledStandard
  readonly resourceDir: string
}): Pick<Handlers<EngineCallName>, 'sample.write'> {
  return {
    'sample.write': async ({ target }) => {
      const sample = loadSample(deps.resourceDir)
      const desk = deps.settings.get<{ bureauCode: string; bureauName: string }>('desk')
      if (desk === null) throw new Error('the desk has no bureau')
      const bureau = { code: desk.bureauCode, name: desk.bureauName }
      const today = businessDate(deps.clock.now())
      const { spec } = typeOf(deps.standard(), sample.recordType)
      await writeTarget(deps.files, target, (path) => writeSample(sample, spec, bureau, today, path))
      return { rows: sample.rows.length }
    },
  }
}

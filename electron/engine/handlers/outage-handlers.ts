import { writeFile } from 'node:fs/promises'
import type { EngineCallName, Handlers } from '@shared/contract/calls'
import type { Files } from '@engine/ports'
import { outagePage } from '@engine/services/outage-page'
import type { OutageService } from '@engine/services/outage-service'
import { writeWhole } from '@engine/sheets/output-file'
import { writeTarget } from './target-writing'

type Names = Extract<EngineCallName, `outage.${string}`>

/** Days of the overview. */
const SHOWN_DAYS = 30

/** Calls about what was seen of the line while sending failed. */
export function outageHandlers(deps: {
  readonly outage: OutageService
  readonly files: Files
}): Handlers<Names> {
  const { outage } = deps
  return {
    'outage.spans': () => outage.spans(SHOWN_DAYS),
    'outage.proof': ({ from, to }) => outage.proof(from, to),
    'outage.saveProof': async ({ from, to, target }) => {
      const signed = outage.proof(from, to)
      const { name } = deps.files.target(target)
      const text = name.endsWith('.json') ? `${JSON.stringify(signed, null, 2)}\n` : outagePage(signed)
      await writeTarget(deps.files, target, (path) => writeWhole(path, (partial) => writeFile(partial, text)))
      return { probes: signed.proof.probeCount }
    },
  }
}

import type { CompiledStandard } from '@shared/standard/standard'
import { FailureError } from '@shared/kernel/failure'
import { cliTexts } from '@shared/texts/zh-CN/cli'
import { failureSentence } from '@shared/texts/zh-CN/failures'
import { fill } from '@shared/texts/fill'
import { hasStore } from '@engine/repos/data-folder'
import { loadInstalledStandard } from '@engine/standards/installed-standard'
import type { CommandContext } from './command'
import { withDesk } from './with-desk'

/**
 * The standard for a command that can do without a desk: the one in force at the desk that there is, with its settings,
 * else the one of the release. A desk that was named must open; the user's own may be in use, which is then said.
 */
export async function standardInUse({
  args,
  opening,
  host,
  note,
}: Pick<CommandContext, 'args' | 'opening' | 'host' | 'note'>): Promise<CompiledStandard> {
  if (!hasStore(opening.dataDir)) return loadInstalledStandard(host.resourceDir)
  try {
    return await withDesk(opening, (engine) => Promise.resolve(engine.services.standards.current()))
  } catch (error) {
    if (!(error instanceof FailureError) || args.text('data') !== null) throw error
    const standard = loadInstalledStandard(host.resourceDir)
    const reason = failureSentence(error.failure)
    note(fill(cliTexts.deskInUse, { reason, version: standard.pack.version }))
    return standard
  }
}

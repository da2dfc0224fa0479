/**
 * Opens a desk on a backup that waits, and ends itself on the spot at a named step. Arguments: data folder, folder of
 * resources, key, id of the backup, step, `before` or `after`.
 */
import { openOrMakeDesk } from '@engine/desk-opener'
import type { Watch } from '@engine/ports'
import { systemClock } from '@engine/system-clock'
import { uuidIds } from '@engine/system-ids'
import { createTokenFiles } from '@engine/token-files'

const [dataDir, resourceDir, storeKey, id, step, when] = process.argv.slice(2) as [
  ...[string, string, string, string, string, string],
]
const end = (): void => process.kill(process.pid, 'SIGKILL') && undefined

const watch: Watch = (area, part) => {
  if (area !== 'placement') return part
  const work = (part as Record<string, () => Promise<void>>)[step]!
  const ending = async (): Promise<void> => {
    if (when === 'before') end()
    // In the middle of whatever takes longer than this.
    if (when === 'during') setTimeout(end, 1)
    await work()
    end()
  }
  return { ...part, [step]: ending }
}

await openOrMakeDesk(
  {
    ...{ dataDir, resourceDir, storeKey, watch, clock: systemClock, ids: uuidIds, files: createTokenFiles() },
    log: { info: () => undefined, error: (event, error) => console.error(event, error) },
    launchSheetChild: () => {
      throw new Error('no file is imported here')
    },
    mode: 'live',
    appVersion: '0.0.0',
    practice: null,
  },
  null,
  id,
)

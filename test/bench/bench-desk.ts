/** A desk of the bench: the engine as the product composes it, with fixed keys and the bench's clock. */
import { join } from 'node:path'
import { createEngine } from '@engine/compose'
import type { Engine } from '@engine/compose'
import { unwatched } from '@engine/ports'
import type { Log, Watch } from '@engine/ports'
import { initialiseDesk } from '@engine/services/desk-initialiser'
import { nodeSheetLauncher } from '@engine/sheets/node-sheet-launcher'
import type { LaunchSheetChild } from '@engine/sheets/sheet-types'
import { shiftedClock } from '@engine/system-clock'
import { uuidIds } from '@engine/system-ids'
import { testBureau } from '@test/fixtures/invented-subjects'
import { NOW } from './licence-rows'
import { raisedLimits } from './raised-limits'

export const deskKey = '0f'.repeat(32)
export const resourceDir = join(process.env['XINBAO_ROOT'] ?? '.', 'resources')
export const benchClock = shiftedClock(NOW)

const silent: Log = {
  info: () => undefined,
  error: (event, error) => console.error(event, error),
}

const noFiles = (): never => {
  throw new Error('the bench gives paths')
}

/** Launches the sheet child that was built beside the bench. */
const launchSheetChild = nodeSheetLauncher(join(import.meta.dirname, 'sheet-child.mjs'))

/** The same with raised caps, for files larger than the product takes. */
export const launchRaisedChild: LaunchSheetChild = ({ memoryMb }) => {
  const child = launchSheetChild({ memoryMb: Math.max(memoryMb, raisedLimits.memoryMb) })
  return { ...child, send: (message) => child.send(raisedLimits.in(message)) }
}

/** Makes a desk in a folder. */
export async function makeDesk(dataDir: string): Promise<void> {
  await initialiseDesk({
    dataDir,
    storeKey: deskKey,
    clock: benchClock,
    ids: uuidIds,
    bureau: { ...testBureau },
    clientId: null,
    deskPrivateKey: null,
    connection: null,
  })
}

/** Opens it. */
export const openDesk = (
  dataDir: string,
  {
    log = silent,
    launch = launchSheetChild,
    watch = unwatched,
  }: { readonly log?: Log; readonly launch?: LaunchSheetChild; readonly watch?: Watch } = {},
): Promise<Engine> =>
  createEngine({
    dataDir,
    resourceDir,
    storeKey: deskKey,
    clock: benchClock,
    ids: uuidIds,
    log,
    files: { source: noFiles, target: noFiles },
    launchSheetChild: launch,
    mode: 'live',
    appVersion: 'bench',
    practice: null,
    watch,
  })

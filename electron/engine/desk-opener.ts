import { createEngine } from '@engine/compose'
import type { Engine } from '@engine/compose'
import type { EnginePorts } from '@engine/ports'
import { hasStore } from '@engine/repos/data-folder'
import { initialiseDesk } from '@engine/services/desk-initialiser'
import { placeRestoredStore } from '@engine/services/restore-placement'
import type { Bureau } from '@shared/contract/desk-mode'
import { refuse } from '@shared/kernel/failure'

/**
 * Opens the desk of a data folder for a host with a page; makes it first when the folder holds none and a bureau is
 * given. A backup that was put ready (`restore`) takes the place of the data first. Refuses `storage.not-initialised`
 * otherwise, and as `initialiseDesk`, `placeRestoredStore` and `createEngine` do.
 */
export async function openOrMakeDesk(
  ports: EnginePorts,
  bureau: Bureau | null,
  restore: string | null,
): Promise<Engine> {
  const { dataDir, storeKey, clock, ids, watch } = ports
  if (restore !== null) await placeRestoredStore({ dataDir, storeKey, clock, watch, id: restore })
  if (!hasStore(dataDir)) {
    await initialiseDesk({
      dataDir,
      storeKey,
      clock,
      ids,
      bureau: bureau ?? refuse('storage.not-initialised', { folder: dataDir }),
      clientId: null,
      deskPrivateKey: null,
      connection: null,
    })
  }
  const engine = await createEngine(ports)
  engine.keepInTouch()
  return engine
}

import type { Engine } from '@engine/compose'
import type { DeskOpening } from './desk-opening'

/** Runs work with an open desk and closes it whatever happens, so that the store is never left locked. */
export async function withDesk<T>(opening: DeskOpening, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await opening.open()
  try {
    return await work(engine)
  } finally {
    await engine.close()
  }
}

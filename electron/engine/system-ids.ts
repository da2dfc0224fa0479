import { V7Generator } from 'uuidv7'
import type { Ids } from '@shared/kernel/ids'
import { randomNumbers } from '@engine/crypto/random'

const generator = new V7Generator({ nextUint32: randomNumbers() })

/** Time-ordered random ids: rows written together lie together in the store. */
export const uuidIds: Ids = { next: () => generator.generate().toString() }

import { uuidv7 } from 'uuidv7'
import type { Ids } from '@shared/kernel/ids'

/** Time-ordered random ids: rows written together lie together in the store. */
export const uuidIds: Ids = { next: () => uuidv7() }

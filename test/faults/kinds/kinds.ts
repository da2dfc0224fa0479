import type { Kind } from '@test/faults/kind'
import { kill } from './kill'
import { recovery } from './recovery'
import { steps } from './steps'

/** Every kind of fault, in the order in which they are run. */
export const kinds: readonly Kind[] = [kill, steps, recovery]

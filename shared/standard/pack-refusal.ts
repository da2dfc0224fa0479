import { refuse } from '@shared/kernel/failure'
import { cut } from '@shared/kernel/text'

/** What a sentence can hold; a place or a reason that repeats what a pack says may be of any length. */
const LONGEST = 400

/** Refuses a pack as `pack.invalid`, naming the place in it (`rules.XZXK_FR.date.order`) and the reason. */
export const refusePack = (path: string, reason: string): never =>
  refuse('pack.invalid', { path: cut(path, LONGEST), reason: cut(reason, LONGEST) })

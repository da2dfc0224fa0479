import { setTimeout as wait } from 'node:timers/promises'
import type { Seeded } from '@test/fuzz/seeded'
import type { Victim } from './victim-process'
import type { Story } from './workplace'

const LOOK_AGAIN_MS = 2
const LONGEST_DELAY_MS = 25

/**
 * Waits for a moment that chance chooses in the work of a program: while it opens its desk, or a little after so many
 * of its requests. Counted in requests and not in time, so that a busy machine meets the same moments.
 */
export async function seededMoment(
  story: Story,
  victim: Victim,
  chance: Seeded,
  mostRequests: number,
): Promise<void> {
  if (chance.chance(0.12)) return wait(chance.below(400))
  const from = story.proxy.seen.length
  await victim.opened
  const until = from + chance.below(mostRequests)
  let isOver = false
  void victim.ended.then(() => (isOver = true))
  while (story.proxy.seen.length < until && !isOver) await wait(LOOK_AGAIN_MS)
  await wait(chance.below(LONGEST_DELAY_MS))
}

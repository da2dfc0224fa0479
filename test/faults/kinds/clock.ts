import { crash, healAndJudge, runVictim } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { withBroken } from '@test/faults/verdict'
import type { Act } from '@test/faults/victim-order'
import { Seeded } from '@test/fuzz/seeded'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const jumps = [4 * MINUTE, -4 * MINUTE, 6 * MINUTE, -90 * MINUTE, DAY, -DAY, 20 * DAY, 365 * DAY, -365 * DAY]
/** From the beginning of every run, 9 o'clock in Pingxiang, to a moment before midnight. */
const TO_MIDNIGHT = 15 * 60 * MINUTE - 400

const acts: readonly Act[] = [
  { do: 'create', from: 1, count: 2 },
  { do: 'submit' },
  { do: 'create', from: 10, count: 2 },
  { do: 'submit' },
  { do: 'correct', count: 1, mark: '时' },
  { do: 'submit' },
  { do: 'pull' },
  { do: 'resume' },
]

/** The desk's clock jumps in the middle of its work, or the day ends there. */
export const clock: Kind = {
  name: 'clock',
  counts: 'jumps',
  whole: 200,
  slice: 8,
  async run(workplace, seed) {
    const chance = new Seeded(seed)
    const story = await workplace.story(seed)
    const isMidnight = chance.chance(0.3)
    const order = isMidnight
      ? { shiftMs: workplace.shiftMs + TO_MIDNIGHT + chance.below(300) }
      : {
          jumps: [1, 2].map(() => ({ afterReadings: 5 + chance.below(150), ms: chance.pick(jumps) })),
        }
    const end = await runVictim(workplace, story, acts, order)
    const verdict = await healAndJudge(workplace, story, end.said)
    story.remove()
    return { verdict: withBroken(verdict, crash(end)), faults: { jumps: isMidnight ? 1 : 2 } }
  },
}

import { crash, healAndJudge, runVictim } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { namedSteps } from '@test/faults/named-steps'
import { tours } from '@test/faults/tour'
import { withBroken } from '@test/faults/verdict'
import { Seeded } from '@test/fuzz/seeded'

/**
 * kill -9 at each named step: seed S is for step S modulo their number, at an occasion that the seed chooses. A step
 * that the program does not pass is a failure.
 */
export const steps: Kind = {
  name: 'steps',
  counts: 'runs',
  whole: namedSteps.length * 25,
  slice: namedSteps.length,
  async run(workplace, seed) {
    const { step, tour, times } = namedSteps[(seed - 1) % namedSteps.length]!
    const { scenario, acts, onTheLine } = tours[tour]
    // Chance at the platform is the same each time, so that each day passes the steps that it is known for.
    const story = await workplace.story(1, { scenario })
    onTheLine(story.proxy)
    const nth = 1 + new Seeded(seed).below(times)
    const end = await runVictim(workplace, story, acts, { dieAt: { step, nth } })
    const hasFired = end.signal === 'SIGKILL'
    const verdict = await healAndJudge(workplace, story, end.said)
    story.remove()
    const missed = hasFired ? [] : [`step ${step} was not passed ${nth} times`]
    return {
      verdict: withBroken(verdict, [...missed, ...crash(end)]),
      faults: { 'kills at steps': hasFired ? 1 : 0 },
    }
  },
}

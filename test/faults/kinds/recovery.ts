import { crash, healAndJudge, runVictim } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { namedSteps } from '@test/faults/named-steps'
import { withBroken } from '@test/faults/verdict'
import type { Act, Said } from '@test/faults/victim-order'
import { tours } from '@test/faults/tour'
import { Seeded } from '@test/fuzz/seeded'

const recovering: readonly Act[] = [{ do: 'resume' }, { do: 'submit' }, { do: 'pull' }]

/** A kill at a step, then kills inside the recovery from it, three to six deep. */
export const recovery: Kind = {
  name: 'recovery',
  counts: 'kills in recovery',
  whole: 300,
  slice: 12,
  async run(workplace, seed) {
    const chance = new Seeded(seed)
    const { step, tour } = chance.pick(namedSteps)
    const { scenario, acts, onTheLine } = tours[tour]
    const story = await workplace.story(1, { scenario })
    onTheLine(story.proxy)
    const first = await runVictim(workplace, story, acts, { dieAt: { step, nth: 1 } })
    const said: Said[] = [...first.said]
    const crashes = [...crash(first)]
    let kills = 0
    for (let depth = 3 + chance.below(4); depth > 0; depth--) {
      const next = chance.pick(namedSteps)
      const dieAt = { step: next.step, nth: 1 }
      const end = await runVictim(workplace, story, recovering, { dieAt })
      if (end.signal === 'SIGKILL') kills++
      said.push(...end.said)
      crashes.push(...crash(end))
    }
    const verdict = await healAndJudge(workplace, story, said)
    story.remove()
    return {
      verdict: withBroken(verdict, crashes),
      faults: { kills: first.signal === 'SIGKILL' ? 1 : 0, 'kills in recovery': kills },
    }
  },
}

import { disturb } from '@test/faults/fates'
import { crash, healAndJudge, orderFor } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { seededMoment } from '@test/faults/moment'
import { withBroken } from '@test/faults/verdict'
import type { Said } from '@test/faults/victim-order'
import { startVictim } from '@test/faults/victim-process'
import { Seeded } from '@test/fuzz/seeded'
import { seededActs } from './kill'

/** kill -9 while the line has accidents, twice on one desk. */
export const killAndNetwork: Kind = {
  name: 'kill-and-network',
  counts: 'runs',
  whole: 1_000,
  slice: 12,
  async run(workplace, seed) {
    const chance = new Seeded(seed)
    const story = await workplace.story(seed, { scenario: chance.pick(['clean', 'strict'] as const) })
    const accidents = disturb(story.proxy, chance, 0.1 + chance.next() * 0.4)
    const said: Said[] = []
    const crashes: string[] = []
    let kills = 0
    for (let round = 1; round <= 2; round++) {
      const order = orderFor(workplace, story, seededActs(chance, round * 100), { deadlineMs: 400 })
      const victim = startVictim({ program: workplace.program }, order)
      await seededMoment(story, victim, chance, 24)
      victim.kill()
      const end = await victim.ended
      if (end.signal === 'SIGKILL') kills++
      said.push(...end.said)
      crashes.push(...crash(end))
    }
    const count = accidents.count()
    const verdict = await healAndJudge(workplace, story, said)
    story.remove()
    return { verdict: withBroken(verdict, crashes), faults: { kills, accidents: count } }
  },
}

import { setTimeout as wait } from 'node:timers/promises'
import { crash, healAndJudge, orderFor } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { withBroken } from '@test/faults/verdict'
import type { Act } from '@test/faults/victim-order'
import { startVictim } from '@test/faults/victim-process'
import { Seeded } from '@test/fuzz/seeded'

/** Several programs are started on one store; one works with it at a time, the others wait or are refused. */
export const instances: Kind = {
  name: 'instances',
  counts: 'programs',
  whole: 400,
  slice: 9,
  lanes: 1,
  async run(workplace, seed) {
    const chance = new Seeded(seed)
    const story = await workplace.story(seed)
    const programs = Array.from({ length: 2 + chance.below(3) }, (_, index) => {
      const acts: readonly Act[] = [
        { do: 'resume' },
        { do: 'create', from: 1 + index * 100, count: 2 },
        { do: 'submit' },
      ]
      return startVictim({ program: workplace.program }, orderFor(workplace, story, acts))
    })
    if (chance.chance(0.4)) {
      await wait(chance.below(900))
      programs[0]!.kill()
    }
    const ends = await Promise.all(programs.map(({ ended }) => ended))
    const opened = ends.filter(({ said }) => said.some((one) => one.say === 'opened')).length
    const refused = ends.filter(({ code }) => code === 3)
    const refusals = refused.flatMap(({ said }) =>
      said.flatMap((one) => (one.say === 'refused' ? [one.code] : [])),
    )
    const verdict = await healAndJudge(
      workplace,
      story,
      ends.flatMap(({ said }) => said),
    )
    story.remove()
    return {
      verdict: withBroken(verdict, [
        ...ends.flatMap(crash),
        ...refusals.filter((code) => code !== 'storage.in-use').map((code) => `refused ${code}`),
      ]),
      faults: { programs: ends.length, opened, refused: refused.length },
    }
  },
}

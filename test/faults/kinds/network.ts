import { crash, healAndJudge, runVictim } from '@test/faults/healing'
import { disturb } from '@test/faults/fates'
import type { Kind } from '@test/faults/kind'
import { withBroken } from '@test/faults/verdict'
import type { Act } from '@test/faults/victim-order'
import { Seeded } from '@test/fuzz/seeded'

const scenarios = ['clean', 'strict', 'corrections'] as const
/** Short, so that a line that swallows everything is given up soon. */
const DEADLINE_MS = 400

const day = (round: number): readonly Act[] => [
  { do: 'create', from: round * 100, count: 4 },
  { do: 'submit' },
  { do: 'resume' },
  { do: 'correct', count: 1, mark: `${round}` },
  { do: 'submit' },
  { do: 'pull' },
]

/** Everything that a line, a gateway or a platform can do to a request, on a share of all requests. */
export const network: Kind = {
  name: 'network',
  counts: 'accidents',
  whole: 1_500,
  slice: 60,
  async run(workplace, seed) {
    const chance = new Seeded(seed)
    const story = await workplace.story(seed, { scenario: chance.pick(scenarios) })
    const accidents = disturb(story.proxy, chance, 0.1 + chance.next() * 0.5)
    const acts = [...day(1), ...day(2), ...day(3)]
    const end = await runVictim(workplace, story, acts, { deadlineMs: DEADLINE_MS })
    const count = accidents.count()
    const verdict = await healAndJudge(workplace, story, end.said)
    story.remove()
    return { verdict: withBroken(verdict, crash(end)), faults: { accidents: count } }
  },
}

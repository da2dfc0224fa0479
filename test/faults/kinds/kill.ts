import { crash, healAndJudge, orderFor } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { seededMoment } from '@test/faults/moment'
import { withBroken } from '@test/faults/verdict'
import type { Act, Said } from '@test/faults/victim-order'
import { startVictim } from '@test/faults/victim-process'
import { Seeded } from '@test/fuzz/seeded'

const scenarios = ['clean', 'clean', 'strict', 'corrections'] as const

/** A day at the desk, made up from chance: new records, submissions, corrections, feedback. */
export function seededActs(chance: Seeded, firstNumber: number): readonly Act[] {
  const acts: Act[] = [{ do: chance.pick(['resume', 'submit'] as const) }]
  acts.push({ do: 'create', from: firstNumber, count: 1 + chance.below(4) }, { do: 'submit' })
  if (chance.chance(0.4)) acts.push({ do: 'correct', count: 2, mark: `第${firstNumber}次` }, { do: 'submit' })
  if (chance.chance(0.3)) acts.push({ do: 'late-reject', count: 1 })
  if (chance.chance(0.5)) acts.push({ do: 'pull' })
  if (chance.chance(0.3)) acts.push({ do: 'revise', mark: `改${firstNumber}` }, { do: 'submit' })
  return acts
}

/** kill -9 at random moments of submitting, resuming and pulling, several times in a row on one desk. */
export const kill: Kind = {
  name: 'kill',
  counts: 'kills',
  whole: 1_000,
  slice: 40,
  async run(workplace, seed) {
    const chance = new Seeded(seed)
    const story = await workplace.story(seed, { scenario: chance.pick(scenarios) })
    const said: Said[] = []
    const crashes: string[] = []
    let kills = 0
    for (let round = 4 + chance.below(5); round > 0; round--) {
      const acts = seededActs(chance, 1 + round * 100)
      const victim = startVictim({ program: workplace.program }, orderFor(workplace, story, acts))
      await seededMoment(story, victim, chance, 24)
      victim.kill()
      const end = await victim.ended
      if (end.signal === 'SIGKILL') kills++
      said.push(...end.said)
      crashes.push(...crash(end))
    }
    const verdict = await healAndJudge(workplace, story, said)
    story.remove()
    return { verdict: withBroken(verdict, crashes), faults: { kills } }
  },
}

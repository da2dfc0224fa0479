import { crash, healAndJudge, runVictim } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { namedSteps } from '@test/faults/named-steps'
import type { NamedStep } from '@test/faults/named-steps'
import { tours } from '@test/faults/tour'
import { complaints, sound, withBroken } from '@test/faults/verdict'
import type { Act, Said } from '@test/faults/victim-order'
import type { Workplace } from '@test/faults/workplace'
import { Seeded } from '@test/fuzz/seeded'

/** Deaths of one desk, one day after the other. */
const DEATHS = 4

/** The steps in groups of one tour each. */
const groups: readonly (readonly NamedStep[])[] = Object.keys(tours).flatMap((tour) => {
  const own = namedSteps.filter((step) => step.tour === tour)
  return Array.from({ length: Math.ceil(own.length / DEATHS) }, (_, at) =>
    own.slice(at * DEATHS, (at + 1) * DEATHS),
  )
})

/** The same day with records of its own. */
const onDay = (acts: readonly Act[], day: number): readonly Act[] =>
  acts.map((act) => (act.do === 'create' ? { ...act, from: act.from + day * 100 } : act))

interface Death extends NamedStep {
  readonly nth: number
}

/** Lets each death take place on a day of its own at one desk, heals and judges; says which did not take place. */
async function runDays(workplace: Workplace, deaths: readonly Death[]) {
  const { scenario, acts, onTheLine } = tours[deaths[0]!.tour]
  // Chance at the platform is the same each time, so that each day passes the steps that it is known for.
  const story = await workplace.story(1, { scenario })
  const said: Said[] = []
  const crashes: string[] = []
  const missed: Death[] = []
  for (const [day, death] of deaths.entries()) {
    onTheLine(story.proxy)
    const end = await runVictim(workplace, story, onDay(acts, day), { dieAt: death })
    if (end.signal !== 'SIGKILL') missed.push(death)
    said.push(...end.said)
    crashes.push(...crash(end))
  }
  const verdict = await healAndJudge(workplace, story, said)
  story.remove()
  return { missed, wrong: [...complaints(verdict), ...crashes] }
}

/**
 * kill -9 at each named step: seed S is for group S modulo their number, each step of it at an occasion that the seed
 * chooses. What an earlier day has left can spoil a later one; a step that was missed so is taken at a fresh desk, and
 * one that is missed there as well is a failure.
 */
export const steps: Kind = {
  name: 'steps',
  counts: 'kills at steps',
  whole: namedSteps.length * 25,
  slice: namedSteps.length,
  async run(workplace, seed) {
    const chance = new Seeded(seed)
    const group = groups[(seed - 1) % groups.length]!
    const deaths = group.map((step) => ({ ...step, nth: 1 + chance.below(step.times) }))
    const together = await runDays(workplace, deaths)
    const wrong = [...together.wrong]
    let kills = deaths.length - together.missed.length
    for (const death of together.missed) {
      const alone = await runDays(workplace, [death])
      kills += 1 - alone.missed.length
      wrong.push(...alone.wrong)
      wrong.push(...alone.missed.map(({ step, nth }) => `step ${step} was not passed ${nth} times`))
    }
    return { verdict: withBroken(sound, wrong), faults: { 'kills at steps': kills } }
  },
}

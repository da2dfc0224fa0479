import { migrations } from '@engine/repos/migrations/migration-list'
import { crash, healAndJudge, runVictim } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { replaceByOlderSchema } from '@test/faults/older-schema'
import { sqlStatements } from '@test/faults/sql-statements'
import { withBroken } from '@test/faults/verdict'
import type { Act } from '@test/faults/victim-order'

/** Every statement of every step, and the end of each step, from each older version; versions take turns. */
const deaths = migrations
  .slice(1)
  .flatMap((_, index) => {
    const from = index + 1
    const later = migrations.slice(from)
    const statements = later.flatMap(({ sql }) => sqlStatements(sql)).length
    return [
      ...Array.from({ length: statements }, (_one, at) => ({
        from,
        step: 'migration statement',
        nth: at + 1,
      })),
      ...later.map((_one, at) => ({ from, step: 'migration step', nth: at + 1 })),
    ]
  })
  .sort((one, other) => one.nth - other.nth)

const acts: readonly Act[] = [
  { do: 'create', from: 1, count: 4 },
  { do: 'submit' },
  { do: 'create', from: 11, count: 2 },
  { do: 'submit' },
]

/**
 * A store of an older version, with a batch under way, is opened and the program dies at one statement of the upgrade;
 * it is opened again and everything comes to its end.
 */
export const migration: Kind = {
  name: 'migration',
  counts: 'runs',
  whole: deaths.length * 2,
  slice: 10,
  async run(workplace, seed) {
    const { from, step, nth } = deaths[seed % deaths.length]!
    const story = await workplace.story(seed)
    const dieAt = { step: 'close answered', nth: 1 + (seed % 2) }
    const first = await runVictim(workplace, story, acts, { dieAt })
    replaceByOlderSchema(story.dataDir, from, workplace.clock)
    const second = await runVictim(workplace, story, [], { dieAt: { step, nth } })
    const verdict = await healAndJudge(workplace, story, first.said)
    story.remove()
    const missed = second.signal === 'SIGKILL' ? [] : [`${step} ${nth} from version ${from} was not passed`]
    return {
      verdict: withBroken(verdict, [...crash(first), ...crash(second), ...missed]),
      faults: { 'kills in an upgrade': missed.length === 0 ? 1 : 0 },
    }
  },
}

import { setTimeout as wait } from 'node:timers/promises'
import { crash, healAndJudge, orderFor } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { withBroken } from '@test/faults/verdict'
import type { Act } from '@test/faults/victim-order'
import { startVictim } from '@test/faults/victim-process'
import { Seeded } from '@test/fuzz/seeded'

const acts: readonly Act[] = [
  { do: 'create', from: 1, count: 3 },
  { do: 'submit' },
  { do: 'create', from: 10, count: 3 },
  { do: 'submit' },
  { do: 'correct', count: 1, mark: '断' },
  { do: 'submit' },
  // From here on nobody touches the desk any more.
  { do: 'attend', forMs: 30_000 },
]

/**
 * The line is cut both ways again and again while a client is open; it must come to its end by itself. The desk's time
 * runs faster than the machine's, so that its pauses between attempts fit.
 */
export const partition: Kind = {
  name: 'partition',
  counts: 'partitions',
  whole: 200,
  slice: 9,
  async run(workplace, seed) {
    const chance = new Seeded(seed)
    const story = await workplace.story(seed)
    const order = orderFor(workplace, story, acts, { deadlineMs: 400, clockRate: 200 })
    const victim = startVictim({ program: workplace.program }, order)
    await victim.opened
    let partitions = 0
    for (; partitions < 3; partitions++) {
      await wait(chance.below(350))
      story.proxy.partition(true)
      await wait(chance.below(700))
      story.proxy.partition(false)
    }
    const end = await victim.ended
    const isDrained = end.said.some((one) => one.say === 'drained')
    const verdict = await healAndJudge(workplace, story, end.said)
    story.remove()
    const wrong = isDrained ? [] : ['the open client did not come to its end by itself']
    return {
      verdict: withBroken({ ...verdict, stuck: [...verdict.stuck, ...wrong] }, crash(end)),
      faults: { partitions },
    }
  },
}

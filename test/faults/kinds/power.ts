import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { crash, healAndJudge, orderFor } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { LoopDisk } from '@test/faults/loop-disk'
import { withBroken } from '@test/faults/verdict'
import type { Act, Said } from '@test/faults/victim-order'
import { startVictim } from '@test/faults/victim-process'
import { Seeded } from '@test/fuzz/seeded'

/** Time in which what the stopped program has written into its pipe is read here. */
const DRAIN_MS = 25

/**
 * Power cuts on a disk of its own. The program is stopped before the cut, so that what counts as confirmed was said
 * while the power was on; the platform and the list of confirmations are not on that disk.
 */
export const power: Kind = {
  name: 'power',
  counts: 'power cuts',
  whole: 300,
  slice: 6,
  unavailable: () => LoopDisk.objection(join(tmpdir(), `xinbao-faults-probe-${process.pid}`)),
  async run(workplace, seed) {
    const chance = new Seeded(seed)
    const place = join(workplace.folder, `power-${seed}`)
    mkdirSync(place)
    const disk = LoopDisk.make(place)
    try {
      const story = await workplace.story(seed, { at: disk.path })
      disk.flush()
      const said: Said[] = []
      const crashes: string[] = []
      let cuts = 0
      for (let round = 1; round <= 5; round++) {
        const many: Act = { do: 'create', from: round * 1_000, count: 60 }
        const few: Act = { do: 'create', from: round * 1_000, count: 3 }
        const acts: readonly Act[] = chance.chance(0.4)
          ? [many, { do: 'submit' }]
          : [
              few,
              { do: 'submit' },
              { do: 'correct', count: 1, mark: `${round}` },
              { do: 'submit' },
              { do: 'pull' },
            ]
        const victim = startVictim({ program: workplace.program }, orderFor(workplace, story, acts))
        if (chance.chance(0.9)) await victim.opened
        await wait(chance.below(400))
        victim.child.kill('SIGSTOP')
        await wait(DRAIN_MS)
        said.push(...victim.said)
        disk.cutPower()
        victim.kill()
        const end = await victim.ended
        crashes.push(...crash(end))
        disk.restorePower()
        if (end.signal === 'SIGKILL') cuts++
      }
      const verdict = await healAndJudge(workplace, story, said)
      story.remove()
      return { verdict: withBroken(verdict, crashes), faults: { 'power cuts': cuts, confirmed: said.length } }
    } finally {
      disk.unmount()
    }
  },
}

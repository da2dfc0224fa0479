import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { rmSync } from 'node:fs'
import { crash, healAndJudge, runVictim } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { withBroken } from '@test/faults/verdict'
import type { Act, Said } from '@test/faults/victim-order'
import { Seeded } from '@test/fuzz/seeded'
import { SmallDisk } from '@test/integration/acceptance/small-disk'

const STEP_KB = 4
const ROOMY_KB = 64_000
/** What a full disk may be called: as such, as an error of the disk, or as a folder that cannot be written. */
const plain = /^storage\.(full|io|folder-refused)$/

function objection(): string | null {
  const probe = join(tmpdir(), `xinbao-faults-disk-${process.pid}`)
  const disk = SmallDisk.mount(probe, 64)
  if (disk === null) return 'only root may mount a small disk'
  disk.unmount()
  rmSync(probe, { recursive: true, force: true })
  return null
}

/** The disk fills up: seed S leaves S steps of 4 KB more than what is used, then a little more, and so on. */
export const disk: Kind = {
  name: 'disk',
  counts: 'full disks',
  whole: 200,
  slice: 8,
  unavailable: objection,
  async run(workplace, seed) {
    const chance = new Seeded(seed)
    const small = SmallDisk.mount(join(workplace.folder, `small-${seed}`), ROOMY_KB)
    if (small === null) throw new Error('the small disk could not be mounted')
    try {
      const story = await workplace.story(seed, { at: small.path })
      const said: Said[] = []
      const wrong: string[] = []
      let full = 0
      for (let round = 0; round < 4; round++) {
        const steps = round === 0 ? seed % 64 : chance.below(200)
        small.resize(small.usedKilobytes + steps * STEP_KB)
        const acts: readonly Act[] = [
          { do: 'create', from: 1 + round * 100, count: 8 },
          { do: 'submit' },
          { do: 'correct', count: 2, mark: `${round}` },
          { do: 'submit' },
          { do: 'pull' },
        ]
        const end = await runVictim(workplace, story, acts)
        const codes = end.said.flatMap((one) => (one.say === 'refused' ? [one.code] : []))
        if (codes.length > 0) full++
        wrong.push(
          ...crash(end),
          ...codes.filter((code) => !plain.test(code)).map((code) => `refused ${code}`),
        )
        said.push(...end.said)
        small.resize(ROOMY_KB)
      }
      const verdict = await healAndJudge(workplace, story, said)
      story.remove()
      return { verdict: withBroken(verdict, wrong), faults: { 'full disks': full } }
    } finally {
      small.unmount()
    }
  },
}

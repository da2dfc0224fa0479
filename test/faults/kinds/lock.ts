import { setTimeout as wait } from 'node:timers/promises'
import { storeFile } from '@engine/repos/data-folder'
import { openDatabase } from '@engine/repos/database'
import { crash, healAndJudge, runVictim } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { withBroken } from '@test/faults/verdict'
import { storeKey } from '@test/faults/victim-order'
import { Seeded } from '@test/fuzz/seeded'
import { seededActs } from './kill'

/** Another process holds the store's lock for a while, as a scanner or a backup does: wait, or refuse plainly. */
export const lock: Kind = {
  name: 'lock',
  counts: 'locks',
  whole: 100,
  slice: 4,
  async run(workplace, seed) {
    const chance = new Seeded(seed)
    const story = await workplace.story(seed)
    const holder = openDatabase({ file: storeFile(story.dataDir), key: storeKey })
    const running = runVictim(workplace, story, seededActs(chance, 1))
    await wait(100 + chance.below(4_000))
    holder.close()
    const end = await running
    const codes = end.said.flatMap((one) => (one.say === 'refused' ? [one.code] : []))
    const wrong = codes.filter((code) => end.code === 3 && code !== 'storage.in-use')
    const verdict = await healAndJudge(workplace, story, end.said)
    story.remove()
    return {
      verdict: withBroken(verdict, [...crash(end), ...wrong]),
      faults: { locks: 1, refused: end.code === 3 ? 1 : 0 },
    }
  },
}

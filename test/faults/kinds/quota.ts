import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { storeFile } from '@engine/repos/data-folder'
import { crash, healAndJudge, runVictim } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { withBroken } from '@test/faults/verdict'
import { Seeded } from '@test/fuzz/seeded'
import { seededActs } from './kill'

const plain = /^storage\.(full|io|folder-refused)$/

/** No file may grow beyond a limit, as under a quota: seed S sets it S steps of 8 KB above half of the store. */
export const quota: Kind = {
  name: 'quota',
  counts: 'limits',
  whole: 60,
  slice: 4,
  unavailable: () =>
    spawnSync('prlimit', ['--version']).status === 0 ? null : 'prlimit (util-linux) is missing',
  async run(workplace, seed) {
    const story = await workplace.story(seed)
    const { size } = statSync(storeFile(story.dataDir))
    const limit = Math.floor(size / 2) + (seed % 60) * 8_192
    const acts = seededActs(new Seeded(seed), 1)
    const end = await runVictim(workplace, story, acts, {}, { before: ['prlimit', `--fsize=${limit}`] })
    const codes = end.said.flatMap((one) => (one.say === 'refused' ? [one.code] : []))
    const wrong = codes.filter((code) => !plain.test(code)).map((code) => `refused ${code}`)
    const verdict = await healAndJudge(workplace, story, end.said)
    story.remove()
    return {
      verdict: withBroken(verdict, [...crash(end), ...wrong]),
      faults: { limits: 1, refused: codes.length > 0 ? 1 : 0 },
    }
  },
}

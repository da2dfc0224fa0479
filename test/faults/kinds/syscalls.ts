import { spawnSync } from 'node:child_process'
import { crash, healAndJudge, runVictim } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { withBroken } from '@test/faults/verdict'
import type { Act } from '@test/faults/victim-order'
import { Seeded } from '@test/fuzz/seeded'

const acts: readonly Act[] = [
  { do: 'create', from: 1, count: 4 },
  { do: 'submit' },
  { do: 'correct', count: 1, mark: '盘' },
  { do: 'submit' },
  { do: 'pull' },
]
const plain = /^storage\.(full|io|folder-refused|damaged)$/

/** Errors that the system gives to the n-th call of a sort, once or from then on. */
const injections: readonly ((nth: number) => readonly [calls: string, inject: string])[] = [
  (nth) => ['fsync,fdatasync', `error=EIO:when=${nth}`],
  (nth) => ['fsync,fdatasync', `error=EIO:when=${nth}+`],
  (nth) => ['pwrite64', `error=ENOSPC:when=${nth}`],
  (nth) => ['pwrite64', `error=EIO:when=${nth}`],
  (nth) => ['pwrite64', `error=ENOSPC:when=${nth}+`],
  () => ['fsync,fdatasync', 'delay_exit=60000'],
]

const works = (): boolean =>
  spawnSync('strace', ['-e', 'trace=fsync', '-e', 'inject=fsync:delay_exit=1', 'true']).status === 0

/** Writes and flushes that fail or are slow, put in by strace. */
export const syscalls: Kind = {
  name: 'syscalls',
  counts: 'runs',
  whole: 360,
  slice: 6,
  unavailable: () => (works() ? null : 'strace is missing or may not trace'),
  async run(workplace, seed) {
    const chance = new Seeded(seed)
    const [calls, inject] = injections[seed % injections.length]!(1 + chance.below(60))
    const story = await workplace.story(seed)
    const filter = ['-e', `trace=${calls}`, '-e', `inject=${calls}:${inject}`]
    const before = ['strace', '-f', '-qq', '-o', '/dev/null', ...filter]
    const end = await runVictim(workplace, story, acts, {}, { before })
    const codes = end.said.flatMap((one) => (one.say === 'refused' ? [one.code] : []))
    const wrong = codes
      .filter((code) => !plain.test(code))
      .map((code) => `${calls} ${inject}: refused ${code}`)
    const verdict = await healAndJudge(workplace, story, end.said)
    story.remove()
    return {
      verdict: withBroken(verdict, [...crash(end), ...wrong]),
      faults: { 'runs with a refusal': codes.length > 0 ? 1 : 0 },
    }
  },
}

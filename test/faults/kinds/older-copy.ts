import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readDesk } from '@test/faults/desk-state'
import type { DeskState } from '@test/faults/desk-state'
import { crash, healAndJudge, runVictim } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import type { Seen } from '@test/faults/proxy'
import { withBroken } from '@test/faults/verdict'
import type { Act } from '@test/faults/victim-order'
import { Seeded } from '@test/fuzz/seeded'

const before: readonly Act[] = [
  { do: 'create', from: 1, count: 3 },
  { do: 'submit' },
  { do: 'create', from: 11, count: 2 },
  { do: 'submit' },
]
const lost: readonly Act[] = [
  { do: 'resume' },
  { do: 'submit' },
  { do: 'correct', count: 2, mark: '甲' },
  { do: 'submit' },
  { do: 'create', from: 21, count: 2 },
  { do: 'submit' },
]
const afterwards: readonly Act[] = [
  { do: 'resume' },
  { do: 'submit' },
  { do: 'correct', count: 2, mark: '乙' },
  { do: 'submit' },
  { do: 'pull' },
  { do: 'revise', mark: '丙' },
  { do: 'submit' },
]
/** Where the copy is taken: in the middle of the second submission. */
const moments = [
  ...['record.created committed', 'batch.sealed committed', 'batch.sending committed', 'open answered'],
  ...['part answered', 'close answered', 'batch.closed committed', 'receipts.keep committed'],
] as const

/** Batches whose bytes may have left before the copy was taken: the first that they hear must be a question. */
function unasked(copy: DeskState, seen: readonly Seen[]): readonly string[] {
  return copy.batches
    .filter(({ state }) => state !== 'sealed' && state !== 'settled' && state !== 'unsealed')
    .filter(({ batchId }) => (seen.find(({ path }) => path.includes(batchId))?.method ?? 'GET') !== 'GET')
    .map(({ batchId }) => `batch ${batchId} was sent again without a look-up`)
}

/**
 * An older copy of the store is put back after the desk has gone on with its work. What was under way is looked up, what
 * the platform has decided stays decided, and no content takes the place of another under the same number.
 */
export const olderCopy: Kind = {
  name: 'older-copy',
  counts: 'copies put back',
  whole: 100,
  slice: 8,
  async run(workplace, seed) {
    const chance = new Seeded(seed)
    const story = await workplace.story(seed)
    const step = moments[seed % moments.length]!
    const dieAt = { step, nth: step === 'record.created committed' ? 4 + chance.below(2) : 2 }
    const first = await runVictim(workplace, story, before, { dieAt })
    const copy = join(story.folder, 'copy')
    cpSync(story.dataDir, copy, { recursive: true })
    const second = await runVictim(workplace, story, lost)
    rmSync(story.dataDir, { recursive: true })
    cpSync(copy, story.dataDir, { recursive: true })
    const state = readDesk(copy)
    const seenBefore = story.proxy.seen.length
    const third = await runVictim(workplace, story, afterwards)
    const wrong = unasked(state, story.proxy.seen.slice(seenBefore))
    const verdict = await healAndJudge(workplace, story, [...first.said, ...third.said], { setBack: true })
    story.remove()
    return {
      verdict: withBroken(verdict, [...[first, second, third].flatMap(crash), ...wrong]),
      faults: { 'copies put back': 1 },
    }
  },
}

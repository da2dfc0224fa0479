import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { STORE_FILE } from '@engine/repos/data-folder'
import { MARK_FILE } from '@engine/repos/head-mark'
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

/** How the copy comes back, and whether the desk can know of it. */
const ways = [
  { name: 'store by hand', act: 'desk.set-back', without: [] as readonly string[], takes: isOfStore },
  {
    name: 'mark missing',
    act: 'desk.mark-missing',
    without: [MARK_FILE] as readonly string[],
    takes: () => true,
  },
  // The mark goes back with the store: nothing at the desk tells of it.
  { name: 'whole folder', act: null, without: [] as readonly string[], takes: () => true },
] as const

function isOfStore(name: string): boolean {
  return name.startsWith(STORE_FILE)
}

/** Puts files of a copy in the place of those that the desk has gone on with. */
function putBack(copy: string, dataDir: string, way: (typeof ways)[number]): void {
  for (const name of readdirSync(dataDir))
    if (way.takes(name)) rmSync(join(dataDir, name), { recursive: true })
  for (const name of readdirSync(copy)) {
    if (way.takes(name) && !way.without.includes(name))
      cpSync(join(copy, name), join(dataDir, name), { recursive: true })
  }
}

/** A desk that can know of it says so, in its trail. */
function untold(dataDir: string, act: string | null): readonly string[] {
  const told = readDesk(dataDir).audit.filter((one) => one.act === act).length
  return act === null || told > 0 ? [] : [`an older store was put back and nobody says ${act}`]
}

/**
 * An older copy of the store is put back after the desk has gone on with its work. What was under way is looked up, what
 * the platform has decided stays decided, and no content takes the place of another under the same number. Where the
 * desk can know of it, what the platform has accepted is not even sent again.
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
    const way = ways[seed % ways.length]!
    putBack(copy, story.dataDir, way)
    const state = readDesk(copy)
    const seenBefore = story.proxy.seen.length
    const third = await runVictim(workplace, story, afterwards)
    const wrong = [...unasked(state, story.proxy.seen.slice(seenBefore)), ...untold(story.dataDir, way.act)]
    const setBack = way.act === null ? 'unseen' : 'seen'
    const verdict = await healAndJudge(workplace, story, [...first.said, ...third.said], { setBack })
    story.remove()
    return {
      verdict: withBroken(verdict, [...[first, second, third].flatMap(crash), ...wrong]),
      faults: { 'copies put back': 1, [way.name]: 1 },
    }
  },
}

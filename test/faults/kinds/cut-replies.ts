import { crash, healAndJudge, runVictim } from '@test/faults/healing'
import type { Kind } from '@test/faults/kind'
import { withBroken } from '@test/faults/verdict'
import type { Act } from '@test/faults/victim-order'

const calls = ['open', 'part', 'close', 'state', 'items', 'receipt', 'feed', 'capabilities'] as const
/** Bytes of one answer that one run cuts at, one after the other. */
const CUTS = 20
/** No answer of these calls to one record is longer. */
const LONGEST_REPLY = 1_200

/** Every answer breaks off at every byte in turn: seed S is for one call and one stretch of its bytes. */
export const cutReplies: Kind = {
  name: 'cut-replies',
  counts: 'cuts',
  whole: (calls.length * LONGEST_REPLY) / 4,
  slice: 40,
  async run(workplace, seed) {
    const call = calls[(seed * 3) % calls.length]!
    const from = (Math.floor(seed / calls.length) * CUTS) % LONGEST_REPLY
    const story = await workplace.story(seed)
    let cuts = 0
    let isLast = false
    story.proxy.decide((seen) => {
      // The repetition of a request gets through.
      isLast = seen.call === call && !isLast && cuts < CUTS
      return isLast ? { kind: 'cut', at: from + cuts++ } : { kind: 'pass' }
    })
    const acts = Array.from({ length: CUTS }, (_, index): readonly Act[] => [
      { do: 'create', from: 1 + index, count: 1 },
      { do: 'submit' },
      ...(call === 'feed' ? [{ do: 'pull' } as const] : []),
    ])
    const end = await runVictim(workplace, story, acts.flat(), { deadlineMs: 400 })
    const verdict = await healAndJudge(workplace, story, end.said)
    story.remove()
    return { verdict: withBroken(verdict, crash(end)), faults: { cuts } }
  },
}

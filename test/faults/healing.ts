import { readDesk } from './desk-state'
import { readPlatform } from './platform-state'
import { judge, withBroken } from './verdict'
import type { Allowance, Verdict } from './verdict'
import { startVictim } from './victim-process'
import type { VictimEnd, VictimStart } from './victim-process'
import type { Act, Said, VictimOrder } from './victim-order'
import type { Story, Workplace } from './workplace'

/** Rounds in which a desk must come to its end once everything is well. */
const ROUNDS = 3
/** What a platform would not take waits for a person by design: now that all is well, the clerk lets it go again. */
const healing: readonly Act[] = [{ do: 'resume' }, { do: 'let-go' }, { do: 'submit' }, { do: 'pull' }]

/** An order for a story, with the defaults of a run without accidents. */
export const orderFor = (
  workplace: Workplace,
  story: Story,
  acts: readonly Act[],
  change: Partial<VictimOrder> = {},
): VictimOrder => ({
  dataDir: story.dataDir,
  resourceDir: workplace.resourceDir,
  sheetChild: workplace.sheetChild,
  table: workplace.table,
  origin: story.origin,
  acts,
  dieAt: null,
  tellSteps: false,
  shiftMs: workplace.shiftMs,
  jumps: [],
  clockRate: 1,
  deadlineMs: 20_000,
  ...change,
})

/** Runs a program under test to its end, whatever that is. */
export const runVictim = (
  workplace: Workplace,
  story: Story,
  acts: readonly Act[],
  change: Partial<VictimOrder> = {},
  start: Partial<VictimStart> = {},
): Promise<VictimEnd> =>
  startVictim({ program: workplace.program, ...start }, orderFor(workplace, story, acts, change)).ended

/** What a program that was not ended by us died of. */
export const crash = ({ code, signal, stderr }: VictimEnd): readonly string[] =>
  signal === 'SIGKILL' || code === 0 || code === 3
    ? []
    : [`program ended with ${String(signal ?? code)}: ${stderr.trim().slice(-600)}`]

/**
 * Everything is well from here on: lets the desk come to its end without a fault, stops the platform, reads both and
 * judges. `said` is what the programs of the run have confirmed.
 */
export async function healAndJudge(
  workplace: Workplace,
  story: Story,
  said: readonly Said[],
  allowance: Allowance = {},
): Promise<Verdict> {
  story.proxy.partition(false)
  story.proxy.decide(() => ({ kind: 'pass' }))
  const all = [...said]
  const crashes: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const end = await runVictim(workplace, story, healing)
    all.push(...end.said)
    crashes.push(...crash(end))
    const isQuiet =
      end.said.every((one) => one.say !== 'refused') && readDesk(story.dataDir).batches.every(isAtEnd)
    if (isQuiet || crashes.length > 0) break
  }
  await story.stop()
  const verdict = judge(all, readDesk(story.dataDir), readPlatform(story.platformDir), allowance)
  return withBroken(verdict, crashes)
}

const isAtEnd = ({ state }: { readonly state: string }): boolean =>
  state === 'settled' || state === 'unsealed'

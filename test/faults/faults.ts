/** Runs the kinds of faults, whole or as the slice of every test run, and says what they came to. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Kind } from './kind'
import { kinds } from './kinds/kinds'
import { complaints, isSound } from './verdict'
import { openWorkplace } from './workplace'
import type { Workplace } from './workplace'

/** Runs at the same time where a kind does not say otherwise. */
const LANES = 2
const SEEDS = 'test/faults/seeds.json'

interface Tally {
  runs: number
  failed: number
  readonly faults: Map<string, number>
}

const { values } = parseArgs({
  options: {
    slice: { type: 'boolean', default: false },
    seed: { type: 'string' },
    kind: { type: 'string' },
    only: { type: 'string' },
    /** Share of the goal of each kind. */
    scale: { type: 'string', default: '1' },
    /** Ends at the first failure. */
    quick: { type: 'boolean', default: false },
    /** First seed of a kind that has none given. */
    from: { type: 'string' },
  },
})

/** A kind that has failed so often has said enough. */
const mostFailures = values.quick ? 1 : 5
const root = process.env['XINBAO_ROOT'] ?? process.cwd()
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** An error with its causes: a property names its counterexample and hides what was wrong in the cause. */
const toldBy = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const own = error.stack ?? error.message
  return error.cause === undefined ? own : `${own}\n${toldBy(error.cause)}`
}

async function runOne(workplace: Workplace, kind: Kind, seed: number, tally: Tally): Promise<void> {
  let wrong: readonly string[]
  try {
    const { verdict, faults } = await kind.run(workplace, seed)
    for (const [name, count] of Object.entries(faults))
      tally.faults.set(name, (tally.faults.get(name) ?? 0) + count)
    wrong = isSound(verdict) ? [] : complaints(verdict)
  } catch (error) {
    wrong = [`harness: ${toldBy(error)}`]
  }
  tally.runs++
  if (wrong.length === 0) return
  tally.failed++
  say(`\nFAILED { "kind": "${kind.name}", "seed": ${seed} }`)
  for (const line of wrong.slice(0, 12)) say(`  ${line}`)
}

async function runKind(workplace: Workplace, kind: Kind, goal: number, firstSeed: number): Promise<Tally> {
  const tally: Tally = { runs: 0, failed: 0, faults: new Map() }
  const reached = (): number => (kind.counts === 'runs' ? tally.runs : (tally.faults.get(kind.counts) ?? 0))
  let next = firstSeed
  let underWay = 0
  const lane = async (): Promise<void> => {
    // A run that counts itself is not started when those under way will reach the goal.
    while (reached() + (kind.counts === 'runs' ? underWay : 0) < goal && tally.failed < mostFailures) {
      underWay++
      await runOne(workplace, kind, next++, tally)
      underWay--
      if (tally.runs > goal * 3 + 20) throw new Error(`${kind.name} never reaches its goal`)
    }
  }
  await Promise.all(Array.from({ length: kind.lanes ?? LANES }, lane))
  return tally
}

const chosen = (): readonly Kind[] => {
  const names = values.kind ?? values.only
  if (names === undefined) return kinds
  const wanted = names.split(',')
  const unknown = wanted.find((name) => kinds.every((kind) => kind.name !== name))
  if (unknown !== undefined)
    throw new Error(`no kind ${unknown}; kinds: ${kinds.map(({ name }) => name).join()}`)
  return kinds.filter(({ name }) => wanted.includes(name))
}

async function replayKept(workplace: Workplace): Promise<number> {
  const kept = JSON.parse(readFileSync(join(root, SEEDS), 'utf8')) as { kind: string; seed: number }[]
  const tally: Tally = { runs: 0, failed: 0, faults: new Map() }
  for (const { kind, seed } of kept) {
    const found = chosen().find(({ name }) => name === kind)
    if (found !== undefined && (found.unavailable?.() ?? null) === null)
      await runOne(workplace, found, seed, tally)
  }
  if (tally.runs > 0) say(`kept seeds: ${tally.runs} runs, ${tally.failed} failed`)
  return tally.failed
}

let failed = 0
let skipped = 0
const startedAt = performance.now()
const workplace = await openWorkplace(root, import.meta.dirname)
try {
  if (values.seed === undefined) failed += await replayKept(workplace)
  for (const kind of chosen()) {
    const reason = kind.unavailable?.() ?? null
    if (reason !== null) {
      skipped++
      say(`SKIPPED ${kind.name}: ${reason}`)
      continue
    }
    const since = performance.now()
    const whole = values.slice ? kind.slice : kind.whole
    const goal = values.seed === undefined ? Math.ceil(whole * Number(values.scale)) : 1
    const firstSeed = Number(values.seed ?? values.from ?? 1)
    const tally =
      values.seed === undefined
        ? await runKind(workplace, kind, goal, firstSeed)
        : await runKind(workplace, { ...kind, counts: 'runs', lanes: 1 }, 1, firstSeed)
    failed += tally.failed
    const counted = [...tally.faults].map(([name, count]) => `${count} ${name}`).join(', ')
    const seconds = Math.round((performance.now() - since) / 1_000)
    say(`${kind.name}: ${tally.runs} runs, ${counted}, ${tally.failed} failed, ${seconds} s`)
  }
} finally {
  workplace.remove()
}
const total = Math.round((performance.now() - startedAt) / 1_000)
say(`\nfaults: ${failed} failed, ${skipped} kinds skipped, ${total} s`)
if (failed > 0) {
  say(
    'Replay one with: npm run faults -- --seed S --kind K. Mend the cause and keep its line in test/faults/seeds.json.',
  )
  process.exitCode = 1
}

/** Asks an open desk the questions of its pages and tells how long the answers took. */
import type { Database } from '@engine/repos/database'
import type { Watch } from '@engine/ports'
import { openDesk } from './bench-desk'
import type { Durations } from './duration-table'
import { gridQuestions, pageQuestions } from './grid-questions'
import type { Question } from './grid-questions'

type Program = (args: readonly string[]) => Promise<void>

/** What the program tells. */
export interface GridTold {
  readonly openMs: number
  readonly grid: readonly Durations[]
  readonly pages: readonly Durations[]
}

const WARM_ROUNDS = 3
/** What takes longer is not asked again so often. */
const SLOW_MS = 1_000

/** Asks every question of the grid and of the other pages, each with an empty page cache and then again. */
const askGrid: Program = async ([dataDir = '', count = '0']) => {
  let database: Database | null = null
  const watch: Watch = (area, part) => {
    if (area === 'database') database = part as unknown as Database
    return part
  }
  const startedMs = performance.now()
  const engine = await openDesk(dataDir, { watch })
  const openMs = performance.now() - startedMs

  // Processor time: the store is in the memory of the system, and others may be at work on the machine.
  const ask = async ({ call, input }: Question): Promise<number> => {
    const began = process.cpuUsage()
    const answer = await engine.call(call, input)
    const { user, system } = process.cpuUsage(began)
    const ms = (user + system) / 1_000
    if (!answer.ok) throw new Error(`${call}: ${answer.failure.code}`)
    return ms
  }
  const askAll = async (lines: ReadonlyMap<string, readonly Question[]>): Promise<Durations[]> => {
    const told: Durations[] = []
    for (const [what, questions] of lines) {
      const cold: number[] = []
      const warm: number[] = []
      for (const question of questions) {
        database!.pragma('shrink_memory')
        cold.push(await ask(question))
        const rounds = cold.at(-1)! > SLOW_MS ? 1 : WARM_ROUNDS
        for (let round = 0; round < rounds; round++) warm.push(await ask(question))
      }
      told.push({ what, cold, warm })
      console.error(`${what}: ${Math.max(...cold).toFixed(0)} ms at most`)
    }
    return told
  }
  const grid = await askAll(gridQuestions(Number(count)))
  const pages = await askAll(pageQuestions)
  console.log(JSON.stringify({ openMs, grid, pages } satisfies GridTold))
  await engine.close()
  process.exit()
}

export const gridPrograms = { 'ask-grid': askGrid }

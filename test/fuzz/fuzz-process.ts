/** The process in which cases run: it tells its parent what it is about to do, so that a hang has a name. */
import { fuzzKinds, type FuzzKind } from './fuzz-cases'
import { CaseRunner, type Workshop } from './run-case'

/** What the parent orders. */
export interface FuzzOrder {
  readonly workshop: Workshop
  /** Cases to run first, whatever the time. */
  readonly replay: readonly { readonly kind: FuzzKind; readonly seed: number }[]
  readonly seconds: number
  readonly seed: number
}

/** What the process tells. */
export type FuzzNews =
  | { readonly tell: 'start'; readonly kind: FuzzKind; readonly seed: number }
  | { readonly tell: 'end'; readonly end: 'taken' | 'refused' }
  | { readonly tell: 'wrong'; readonly kind: FuzzKind; readonly seed: number; readonly what: string }
  | { readonly tell: 'done' }

const tell = (news: FuzzNews): void => void process.send?.(news)

async function work(order: FuzzOrder): Promise<void> {
  const runner = new CaseRunner(order.workshop)
  const run = async (kind: FuzzKind, seed: number): Promise<void> => {
    tell({ tell: 'start', kind, seed })
    try {
      tell({ tell: 'end', end: await runner.run(kind, seed) })
    } catch (error) {
      const what =
        error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error)
      tell({ tell: 'wrong', kind, seed, what: what.slice(0, 2_000) })
    }
  }
  for (const { kind, seed } of order.replay) await run(kind, seed)
  const until = performance.now() + order.seconds * 1_000
  for (let seed = order.seed; performance.now() < until; seed++)
    await run(fuzzKinds[seed % fuzzKinds.length]!, seed)
  tell({ tell: 'done' })
  process.disconnect()
}

process.once('message', (order) => void work(order as FuzzOrder))

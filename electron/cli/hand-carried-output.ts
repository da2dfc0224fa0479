import type { PackagesView } from '@shared/contract/views/exchange-views'
import { cliTexts } from '@shared/texts/zh-CN/cli'
import { fill } from '@shared/texts/fill'
import type { Engine } from '@engine/compose'
import { EXIT } from './exit-code'
import type { ExitCode } from './exit-code'

/**
 * What a person has to carry: records that may go into a file, and files of which no answer has come back. In JSON it
 * stands where a submission stands, which sent nothing.
 */
export interface HandCarried {
  readonly json: {
    readonly batches: readonly []
    readonly notSent: readonly []
    readonly byHand: { readonly ready: number; readonly waiting: number }
  }
  readonly lines: readonly string[]
  readonly exit: ExitCode
}

/** Whether this desk reaches its platform by files that a person carries. */
export const isCarriedByHand = (engine: Engine): boolean =>
  engine.services.connection.traits().kind === 'package'

/** How many files that were given out still wait for an answer. */
export const waitingPackages = ({ packages }: PackagesView): number =>
  packages.filter(({ state }) => state === 'waiting' || state === 'partly').length

/** The part of a day that a desk without a wire cannot do by itself. */
export function handCarried(ready: number, waiting: number): HandCarried {
  const lines = [
    ...(ready > 0 ? [fill(cliTexts.handReady, { count: ready })] : []),
    ...(waiting > 0 ? [fill(cliTexts.handWaiting, { count: waiting })] : []),
  ]
  return {
    json: { batches: [], notSent: [], byHand: { ready, waiting } },
    lines: lines.length === 0 ? [cliTexts.handNothing] : lines,
    exit: lines.length === 0 ? EXIT.done : EXIT.needsPerson,
  }
}

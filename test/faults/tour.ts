import type { ScenarioName } from '@shared/domain/practice-scenario'
import { refusal } from './fates'
import type { Fate, Proxy, Seen } from './proxy'
import type { Act } from './victim-order'

/** A day at the desk that passes some of the named steps, without an accident but for those on the line. */
export interface Tour {
  readonly scenario: ScenarioName
  readonly acts: readonly Act[]
  /** Puts its accidents on the line. */
  onTheLine(proxy: Proxy): void
}

/** Lets the first requests of some calls meet a fate, everything else pass. */
const once =
  (...accidents: readonly (readonly [call: string, fate: Fate])[]) =>
  (proxy: Proxy): void => {
    const waiting = [...accidents]
    proxy.decide(({ call }: Seen) => {
      const index = waiting.findIndex(([name]) => name === call)
      return index < 0 ? { kind: 'pass' } : waiting.splice(index, 1)[0]![1]
    })
  }

/** The days by name; each passes steps that the others do not. */
export const tours = {
  /** Everything goes well. */
  plain: {
    scenario: 'clean',
    acts: [
      { do: 'create', from: 1, count: 3 },
      { do: 'submit' },
      { do: 'correct', count: 1, mark: '一' },
      { do: 'submit' },
      { do: 'late-reject', count: 1 },
      { do: 'pull' },
      { do: 'revise', mark: '二' },
      { do: 'submit' },
      { do: 'pull' },
    ],
    onTheLine: once(),
  },
  /** A file with bad rows is imported, twice. */
  imported: {
    scenario: 'clean',
    acts: [{ do: 'import' }, { do: 'submit' }, { do: 'import' }],
    onTheLine: once(),
  },
  /** The platform refuses what only it can know. */
  strict: {
    scenario: 'strict',
    acts: [
      { do: 'create', from: 1, count: 30 },
      { do: 'submit' },
      { do: 'revise', mark: '再' },
      { do: 'submit' },
    ],
    onTheLine: once(),
  },
  /** Answers are lost, so the platform is asked what it has. */
  doubt: {
    scenario: 'clean',
    acts: [
      { do: 'create', from: 1, count: 2 },
      { do: 'submit' },
      { do: 'create', from: 3, count: 1 },
      { do: 'submit' },
      { do: 'resume' },
    ],
    onTheLine: once(
      ['open', { kind: 'reset-before' }],
      ['close', { kind: 'reset-after' }],
      ['state', { kind: 'reset-before' }],
      ['receipt', { kind: 'reset-after' }],
    ),
  },
  /** A receipt that was altered on the way is put aside. */
  altered: {
    scenario: 'clean',
    acts: [{ do: 'create', from: 1, count: 2 }, { do: 'submit' }, { do: 'resume' }],
    onTheLine: once([
      'receipt',
      { kind: 'alter', body: (body) => Buffer.from(body.toString().replace('"R2026', '"R2027')) },
    ]),
  },
  /** The platform refuses the batch for good and has none of it: its records are given back. */
  released: {
    scenario: 'clean',
    acts: [{ do: 'create', from: 1, count: 2 }, { do: 'submit' }, { do: 'release' }, { do: 'submit' }],
    onTheLine: once(['open', refusal(422, 'standard_refused')]),
  },
  /** The clerk breaks the submission off before a byte has left. */
  cancelled: {
    scenario: 'clean',
    acts: [
      { do: 'create', from: 1, count: 2 },
      { do: 'cancel-submit', at: 'batch.sealed committed' },
      { do: 'submit' },
    ],
    onTheLine: once(),
  },
  /** The platform will not have one item of a batch: the others go on in another. */
  'set-aside': {
    scenario: 'clean',
    acts: [{ do: 'create', from: 1, count: 3 }, { do: 'submit' }, { do: 'submit' }],
    onTheLine: (proxy: Proxy) => {
      let left = 3
      const notThisItem = refusal(422, 'item_invalid', {}, { itemNo: 2 })
      proxy.decide(({ path }) => (path.endsWith('/parts/1') && left-- > 0 ? notThisItem : { kind: 'pass' }))
    },
  },
} satisfies Readonly<Record<string, Tour>>

/**
 * Numbers of documents for which the desk has no record. A bureau that reports 12号 and 14号 is asked what became of
 * 13号: it was reported nowhere, which counts as concealment, or there is a reason, which a person writes down here.
 */
import type { SeriesGap, SeriesGaps } from '@shared/contract/views/problem-views'
import type { Clock } from '@shared/kernel/clock'
import { refuse } from '@shared/kernel/failure'
import type { AuditRepo, Store } from '@engine/repos/repo-types'
import type { GapExplanation, NumberGap, SeriesRepo } from '@engine/repos/series-repo'
import type { DeadlinesService } from './deadlines-service'

export interface SeriesGapsService {
  /** Gaps of a year (this one when null), the most recent first; so many at most, the counts are true. */
  list(year: number | null): SeriesGaps
  /** Notes the reason for every number from one to another. Refuses `gap.unknown` when the desk has no such series. */
  explain(series: string, from: number, to: number, reason: string): SeriesGaps
}

const MOST_GAPS = 500
/** A longer run is another way of numbering or a mistyped number: told as one gap, explained as a whole or not at all. */
const LONGEST_RUN = 1_000

type Part = NumberGap & { readonly explained: SeriesGap['explained'] }

/** Splits a gap where its numbers are explained, and where the explanation changes. */
function split(gap: NumberGap, explained: readonly GapExplanation[]): readonly Part[] {
  const parts: Part[] = []
  const add = (from: number, to: number, explanation: SeriesGap['explained']): void => {
    if (from <= to) parts.push({ ...gap, from, to, explained: explanation })
  }
  let next = gap.from
  for (let first = 0; first < explained.length;) {
    const { serial, reason, by, at } = explained[first]!
    let last = first
    while (explained[last + 1]?.serial === explained[last]!.serial + 1 && explained[last + 1]?.at === at)
      last++
    add(next, serial - 1, null)
    add(serial, explained[last]!.serial, { by, reason, at })
    next = explained[last]!.serial + 1
    first = last + 1
  }
  add(next, gap.to, null)
  return parts
}

/** What was explained of one gap, from the explanations of its series. */
const within = (gap: NumberGap, all: readonly GapExplanation[] = []): readonly GapExplanation[] =>
  all.filter(({ serial }) => serial >= gap.from && serial <= gap.to)

/** By code unit: half a million numbers are sorted here, and nobody reads them as words. */
const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** What still has to be explained first, then the most recent. */
const byNeed = (a: Part, b: Part): number =>
  Number(a.explained !== null) - Number(b.explained !== null) ||
  order(b.afterDate, a.afterDate) ||
  order(a.series, b.series) ||
  b.from - a.from

/** The gaps of one desk. */
export function createSeriesGapsService(deps: {
  readonly store: Store
  readonly repo: SeriesRepo
  readonly audit: AuditRepo
  readonly clock: Clock
  readonly deadlines: DeadlinesService
  readonly actor: () => string
}): SeriesGapsService {
  const { store, repo } = deps

  /** The number beside a gap: of a record where there is one, else of the series. */
  const neighbour = (series: string, serial: number): string =>
    repo.docNo(series, serial) || `${series}${serial}号`

  const list: SeriesGapsService['list'] = (asked) => {
    const year = asked ?? Number(deps.deadlines.today().slice(0, 4))
    const explained = Map.groupBy(repo.explanations(year), ({ series }) => series)
    const parts = repo.gaps(year).flatMap((gap) => split(gap, within(gap, explained.get(gap.series))))
    const missing = parts.reduce(
      (sum, { from, to, explained: isDone }) => (isDone === null ? sum + to - from + 1 : sum),
      0,
    )
    const gaps = parts
      .sort(byNeed)
      .slice(0, MOST_GAPS)
      .map((part) => ({
        ...part,
        before: neighbour(part.series, part.from - 1),
        after: neighbour(part.series, part.to + 1),
      }))
    return { year, series: repo.countSeries(year), missing, gaps }
  }

  return {
    list,
    explain(series, from, to, reason) {
      if (to < from || to - from >= LONGEST_RUN || !repo.has(series))
        refuse('gap.unknown', { series, from, to })
      const at = deps.clock.now()
      const by = deps.actor()
      store.write(() => {
        for (let serial = from; serial <= to; serial++) repo.explain({ series, serial, reason, by, at })
        deps.audit.append({
          at,
          actor: by,
          act: 'gap.explained',
          ref: null,
          body: { series, from, to, reason },
        })
      })
      return list(Number(/〔(\d{4})〕$/.exec(series)?.[1]))
    },
  }
}

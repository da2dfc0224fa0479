/** What a clerk can ask of a large desk, by name. */
import { recordFilters, recordSorts } from '@shared/contract/views/record-views'

/** A call of the contract and its input. */
export interface Question {
  readonly call: string
  readonly input: object
}

const LIMIT = 100
const page = (input: object): Question => ({ call: 'records.page', input: { limit: LIMIT, ...input } })
const types = [null, 'XZXK_FR', 'CCJC'] as const

/** Texts for the search box; `count` records were written, see `mixed-records`. */
const searches = (count: number): Readonly<Record<string, string>> => ({
  'one character': '萍',
  'one rare character': '堃',
  'two characters, common': '食品',
  'two characters, name of a person': '拟柏',
  'pinyin initials': 'QTHSP',
  'pinyin initials, two': 'QT',
  'words of a name': '青云 医药',
  'words of a name, rare together': '青云海 陶瓷',
  'document number': `〔2024〕${100_000 + Math.floor(count / 2)}号`,
  'serial of a document number': String(100_000 + Math.floor(count / 2)),
  'half a serial': String(100_000 + Math.floor(count / 2)).slice(0, 4),
  'half a code': '913603020000',
  'whole code of nobody': '91360302999999999A',
  'a year': '〔2023〕',
  'what occurs everywhere': '萍市监',
  'what occurs nowhere': '没有这样的文字',
  'what occurs nowhere, in common letters': '号萍市号',
})

/** Every question by the line on which its durations are told. */
export function gridQuestions(count: number): ReadonlyMap<string, readonly Question[]> {
  const lines = new Map<string, readonly Question[]>()
  for (const filter of recordFilters) {
    lines.set(
      `first page, ${filter}, every order and some types`,
      recordSorts.flatMap((sort) => types.map((type) => page({ filter, sort, type }))),
    )
  }
  lines.set(
    'first page, by clock and delivery',
    ['overdue', 'due_today', 'due_soon', 'on_time', 'met', 'met_late'].flatMap((clock) => [
      page({ filter: 'all', clock }),
      page({ filter: 'unsent', clock, sort: 'updated' }),
      page({ filter: 'all', delivery: 'rejected', sort: 'subject' }),
      page({ filter: 'all', delivery: 'warned', clock }),
    ]),
  )
  lines.set(
    'the last page, and pages near both ends',
    (['all', 'accepted'] as const).flatMap((filter) =>
      recordSorts.flatMap((sort) =>
        [1_500, Math.floor(count * 0.94) - 1_000].map((from) =>
          page({ filter, sort, from: Math.max(0, from) }),
        ),
      ),
    ),
  )
  // The first jump into an order finds its landmarks, in slices; the others go by them.
  for (const [what, share] of [
    ['first jump into the middle of an order', 0.5],
    ['other jumps into the same orders', 0.3],
  ] as const) {
    lines.set(
      what,
      recordSorts.map((sort) => page({ filter: 'all', sort, from: Math.floor(count * share) })),
    )
  }
  for (const [what, search] of Object.entries(searches(count))) {
    lines.set(
      `search: ${what}`,
      (['all', 'unsent', 'accepted'] as const).flatMap((filter) =>
        recordSorts.map((sort) => page({ filter, sort, search })),
      ),
    )
  }
  return lines
}

/** What the other pages ask. */
export const pageQuestions: ReadonlyMap<string, readonly Question[]> = new Map(
  Object.entries({
    'desk: overview': [{ call: 'desk.overview', input: {} }],
    'records: counts of the tabs': [{ call: 'records.counts', input: {} }],
    'inbox: list': [{ call: 'inbox.list', input: {} }],
    'batches: page': [{ call: 'batches.page', input: {} }],
    'publicity: overview': [{ call: 'publicity.overview', input: {} }],
    'publicity: pages': ['due', 'requested', 'expiring', 'shown', 'repair', 'gone'].map((filter) => ({
      call: 'publicity.page',
      input: { filter },
    })),
    'publicity: search': [{ call: 'publicity.page', input: { filter: 'shown', search: '青云' } }],
    'reports: month': [
      { call: 'reports.month', input: { month: '2026-10' } },
      { call: 'reports.month', input: { month: '2026-11' } },
    ],
    'reports: trends': [{ call: 'reports.trends', input: { until: '2026-11' } }],
    'reports: risk': [{ call: 'reports.risk', input: { month: '2026-11' } }],
    'reports: appraisal': [{ call: 'reports.appraisal', input: { quarter: '2026-07' } }],
    'gaps: list': [{ call: 'gaps.list', input: {} }],
    'submission: forecast': [{ call: 'submission.forecast', input: {} }],
  }),
)

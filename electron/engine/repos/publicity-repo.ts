import type { PublicityFilter } from '@shared/contract/views/publicity-views'
import type { Publicity } from '@shared/domain/record-status'
import type { PublicitySeverity } from '@shared/publicity/publicity-schema'
import type { EndBasis, TermChoice, TermDoubt } from '@shared/publicity/publicity-term'
import { foldForKey } from '@shared/kernel/text'
import type { Database } from './database'
import { openRepair, publicityParts } from './publicity-parts'
import { recordOf, recordSelection } from './record-rows'
import type { RecordLine } from './record-rows'
import type { RecordEntity } from './repo-types'

/** What is known of the display of one record; see the columns of `publicity_entry`. */
export interface PublicityEntry {
  readonly recordId: string
  readonly revision: number | null
  readonly display: 'penalty' | 'licence' | 'other'
  readonly tableVersion: string | null
  readonly ruleId: string | null
  readonly severity: PublicitySeverity | null
  readonly sector: string
  readonly isPublished: boolean
  readonly startsOn: string | null
  readonly minimumUntil: string | null
  readonly maximumUntil: string | null
  readonly endsOn: string | null
  readonly endBasis: EndBasis | null
  readonly doubts: readonly TermDoubt[]
  readonly orderedOn: string | null
  readonly offFrom: string | null
  readonly publishedOn: string | null
  readonly takenDownOn: string | null
  readonly confirmedBy: string | null
  readonly choice: TermChoice | null
  readonly chosenBy: string | null
  readonly chosenReason: string | null
}

/** A record with its display and the platform's last word about it. */
export interface DisplayedRecord {
  readonly record: RecordEntity
  readonly entry: PublicityEntry
  readonly publicity: Publicity
  readonly hasOpenRepair: boolean
}

export interface DisplayRequest {
  readonly filter: PublicityFilter
  readonly today: string
  /** Last day of `expiring`. */
  readonly soonUntil: string
  readonly search: string
  readonly after: string | null
  readonly limit: number
}

export interface DisplayPage {
  readonly rows: readonly DisplayedRecord[]
  readonly next: string | null
  readonly total: number
}

/** Displays of one store. */
export interface PublicityRepo {
  /** Records whose term has to be counted again, in id order. */
  pending(limit: number): readonly string[]
  settled(recordId: string): void
  find(recordId: string): PublicityEntry | null
  findDisplayed(recordId: string): DisplayedRecord | null
  save(entry: PublicityEntry): void
  page(request: DisplayRequest): DisplayPage
  counts(today: string, soonUntil: string): Readonly<Record<PublicityFilter, number>>
  /** Displays that end between two days, ends included. */
  countEnding(today: string, until: string): number
  /** Displays that end in each month of a span of days, ends included. */
  endsByMonth(
    from: string,
    to: string,
  ): readonly { readonly month: string; readonly display: string; readonly count: number }[]
  /** Notes what a person at the desk knows of the display, in the place of the platform's word. */
  setFact(recordId: string, publicity: Publicity): void
}

const columns = {
  recordId: 'record_id',
  revision: 'revision',
  display: 'display',
  tableVersion: 'table_version',
  ruleId: 'rule_id',
  severity: 'severity',
  sector: 'sector',
  isPublished: 'is_published',
  startsOn: 'starts_on',
  minimumUntil: 'minimum_until',
  maximumUntil: 'maximum_until',
  endsOn: 'ends_on',
  endBasis: 'end_basis',
  doubts: 'doubts_json',
  orderedOn: 'ordered_on',
  offFrom: 'off_from',
  publishedOn: 'published_on',
  takenDownOn: 'taken_down_on',
  confirmedBy: 'confirmed_by',
  choice: 'choice_json',
  chosenBy: 'chosen_by',
  chosenReason: 'chosen_reason',
} as const satisfies Record<keyof PublicityEntry, string>

const members = Object.keys(columns) as (keyof PublicityEntry)[]
const jsonMembers: readonly (keyof PublicityEntry)[] = ['doubts', 'choice']
const selection = members.map((member) => `e.${columns[member]} AS "entry.${member}"`).join(', ')

type EntryLine = { readonly [Member in keyof PublicityEntry as `entry.${Member}`]: string | number | null }
type DisplayLine = RecordLine & EntryLine & { readonly publicity: Publicity; readonly hasOpenRepair: number }

function entryOf(line: EntryLine): PublicityEntry {
  const pairs = members.map((member) => {
    const value = line[`entry.${member}`]
    if (jsonMembers.includes(member))
      return [member, value === null ? null : (JSON.parse(String(value)) as unknown)]
    return [member, member === 'isPublished' ? value === 1 : value]
  })
  // The columns are those of the entity, one by one.
  const entry: unknown = Object.fromEntries(pairs)
  return entry as PublicityEntry
}

function displayedOf(line: DisplayLine): DisplayedRecord {
  const record = Object.fromEntries(
    Object.entries(line).filter(
      ([key]) => !key.startsWith('entry.') && key !== 'publicity' && key !== 'hasOpenRepair',
    ),
  ) as unknown as RecordLine
  return {
    record: recordOf(record),
    entry: entryOf(line),
    publicity: line.publicity,
    hasOpenRepair: line.hasOpenRepair === 1,
  }
}

const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`

export function createPublicityRepo(database: Database): PublicityRepo {
  const pending = database
    .prepare<[number], string>('SELECT record_id FROM publicity_pending ORDER BY record_id LIMIT ?')
    .pluck()
  const settled = database.prepare<[string]>('DELETE FROM publicity_pending WHERE record_id = ?')
  const byId = database.prepare<[string], EntryLine>(
    `SELECT ${selection} FROM publicity_entry e WHERE e.record_id = ?`,
  )
  const displayedSelection = `${recordSelection}, ${selection}, r.publicity AS publicity, ${openRepair} AS hasOpenRepair`
  const displayed = database.prepare<[string], DisplayLine>(
    `SELECT ${displayedSelection} FROM publicity_entry e JOIN record r ON r.record_id = e.record_id
     WHERE e.record_id = ?`,
  )
  const save = database.prepare<(string | number | null)[]>(
    `INSERT INTO publicity_entry (${members.map((member) => columns[member]).join(', ')})
     VALUES (${members.map(() => '?').join(', ')})
     ON CONFLICT (record_id) DO UPDATE SET ${members
       .filter((member) => member !== 'recordId')
       .map((member) => `${columns[member]} = excluded.${columns[member]}`)
       .join(', ')}`,
  )
  const months = database.prepare<[string, string], { month: string; display: string; count: number }>(
    `SELECT substr(ends_on, 1, 7) AS month, display, count(*) AS count
     FROM publicity_entry INDEXED BY publicity_end
     WHERE taken_down_on IS NULL AND is_published = 1 AND ends_on >= ? AND ends_on <= ?
     GROUP BY month, display ORDER BY month, display`,
  )
  const setFact = database.prepare<[Publicity, string]>('UPDATE record SET publicity = ? WHERE record_id = ?')

  const stored = (entry: PublicityEntry): (string | number | null)[] =>
    members.map((member) => {
      const value = entry[member]
      if (jsonMembers.includes(member)) return value === null ? null : JSON.stringify(value)
      return typeof value === 'boolean' ? Number(value) : (value as string | number | null)
    })

  const count = (filter: PublicityFilter, days: { today: string; soonUntil: string }): number => {
    const { from, where, counted = `SELECT count(*) FROM ${from} WHERE ${where}` } = publicityParts[filter]
    return database.prepare<typeof days, number>(counted).pluck().get(days) ?? 0
  }

  return {
    pending: (limit) => pending.all(limit),
    settled: (recordId) => void settled.run(recordId),
    find(recordId) {
      const line = byId.get(recordId)
      return line === undefined ? null : entryOf(line)
    },
    findDisplayed(recordId) {
      const line = displayed.get(recordId)
      return line === undefined ? null : displayedOf(line)
    },
    save: (entry) => void save.run(...stored(entry)),
    setFact: (recordId, publicity) => void setFact.run(publicity, recordId),
    endsByMonth: (from, to) => months.all(from, to),
    countEnding: (today, until) => count('expiring', { today, soonUntil: until }),
    counts(today, soonUntil) {
      const days = { today, soonUntil }
      return {
        due: count('due', days),
        requested: count('requested', days),
        expiring: count('expiring', days),
        shown: count('shown', days),
        repair: count('repair', days),
        gone: count('gone', days),
      }
    },
    page({ filter, today, soonUntil, search, after, limit }) {
      const { from, where, key } = publicityParts[filter]
      const order = filter === 'gone' ? 'DESC' : 'ASC'
      const words = search
        .split(/\s+/u)
        .map(foldForKey)
        .filter((word) => word !== '')
      const found = words.map((_, at) => `AND r.search_text LIKE @word${at} ESCAPE '\\'`).join(' ')
      const [afterKey = '', afterId = ''] = after?.split('|') ?? []
      const later =
        after === null ? '' : `AND (${key}, r.record_id) ${order === 'ASC' ? '>' : '<'} (@afterKey, @afterId)`
      const bound = {
        ...{ today, soonUntil, afterKey, afterId, limit: limit + 1 },
        ...Object.fromEntries(words.map((word, at) => [`word${at}`, containing(word)])),
      }
      const lines = database
        .prepare<typeof bound, DisplayLine & { readonly 'entry.pageKey': string }>(
          `SELECT ${displayedSelection}, ${key} AS "entry.pageKey" FROM ${from}
           WHERE ${where} ${found} ${later} ORDER BY ${key} ${order}, r.record_id ${order} LIMIT @limit`,
        )
        .all(bound)
      const total =
        found === ''
          ? count(filter, { today, soonUntil })
          : database
              .prepare<typeof bound, number>(`SELECT count(*) FROM ${from} WHERE ${where} ${found}`)
              .pluck()
              .get(bound)
      const shown = lines.slice(0, limit)
      const last = lines.length > limit ? shown.at(-1) : undefined
      return {
        rows: shown.map(displayedOf),
        next: last === undefined ? null : `${last['entry.pageKey']}|${last.recordId}`,
        total: total ?? 0,
      }
    },
  }
}

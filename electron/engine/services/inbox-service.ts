import type { Inbox, InboxGroup, NoticeView } from '@shared/contract/views/exchange-views'
import type { RecordRow } from '@shared/contract/views/record-views'
import type { CompiledStandard } from '@shared/standard/standard'
import { platformSentence } from '@shared/texts/zh-CN/platform-codes'
import type { NoticeEntity, NoticeRepo, RejectionLine } from '@engine/repos/notice-repo'
import type { RecordEntity, RecordRepo } from '@engine/repos/repo-types'
import { serverWords } from './server-words'
import { askingKinds } from './notice-answers-service'
import type { DisputesService } from './disputes-service'
import type { QuarantineService } from './quarantine-service'

/** What waits for the clerk because of something the platform said. */
export interface InboxService {
  list(): Inbox
  /** The open notices about one record that ask for an answer. */
  about(recordId: string): readonly NoticeView[]
  /** How much waits: the `total` of the list, and how many of its notices ask for an answer. */
  count(): { readonly total: number; readonly toAnswer: number }
}

export interface InboxDeps {
  readonly notices: NoticeRepo
  readonly records: RecordRepo
  readonly standard: () => CompiledStandard
  readonly quarantine: Pick<QuarantineService, 'list' | 'count'>
  readonly disputes: Pick<DisputesService, 'list'>
  readonly noticeView: (notice: NoticeEntity) => NoticeView
  /** A record as the grid shows it. */
  readonly rowOf: (record: RecordEntity) => RecordRow
}

/** Rows that a group carries; its count is true whatever their number. */
const ROWS = 500
const NOTICES = 500

export function createInboxService(deps: InboxDeps): InboxService {
  const rowOf = (recordId: string): readonly RecordRow[] => {
    const record = deps.records.find(recordId)
    return record === null ? [] : [deps.rowOf(record)]
  }

  const groupOf = (key: string, lines: readonly RejectionLine[]): InboxGroup => {
    const [first] = lines
    if (first === undefined) throw new Error('a group has at least one line')
    const { code, field } = first
    const recordIds = [...new Set(lines.map((line) => line.recordId))]
    const spec = deps
      .standard()
      .types.get(first.recordType)
      ?.fields.find((one) => one.code === field)
    const rows = recordIds.slice(0, ROWS).flatMap(rowOf)
    return {
      key,
      code,
      field,
      fieldLabel: spec?.label ?? null,
      meaning: platformSentence(code),
      serverText: first.serverText === null ? null : serverWords(first.serverText),
      count: recordIds.length,
      earliestDueOn: lines.find((line) => line.dueOn !== null)?.dueOn ?? null,
      rows,
    }
  }

  const countApart = (): number =>
    deps.notices.countOpen() + deps.quarantine.count() + deps.notices.countConflicts()

  return {
    count: () => ({
      total: deps.notices.countRejected() + countApart(),
      toAnswer: deps.notices
        .open(NOTICES)
        .map(deps.noticeView)
        .filter(({ mayAnswer }) => mayAnswer.length > 0).length,
    }),

    about: (recordId) =>
      askingKinds.flatMap((kind) => deps.notices.openAbout(recordId, kind)).map(deps.noticeView),

    list() {
      const groups = new Map<string, RejectionLine[]>()
      for (const line of deps.notices.rejections()) {
        const key = `${line.code}|${line.field ?? ''}`
        const group = groups.get(key)
        if (group === undefined) groups.set(key, [line])
        else group.push(line)
      }
      const views = [...groups].map(([key, lines]) => groupOf(key, lines))
      // The most urgent cause first; without a date last.
      views.sort(
        (a, b) => (a.earliestDueOn ?? '9').localeCompare(b.earliestDueOn ?? '9') || b.count - a.count,
      )
      const records = new Set([...groups.values()].flat().map((line) => line.recordId))
      const notices = deps.notices.open(NOTICES).map(deps.noticeView)
      const conflicts = deps.notices.conflicts(ROWS).flatMap(rowOf)
      const total = records.size + countApart()
      return {
        ...{ groups: views, notices, conflicts, total },
        quarantined: deps.quarantine.list(),
        disputes: deps.disputes.list(),
      }
    },
  }
}

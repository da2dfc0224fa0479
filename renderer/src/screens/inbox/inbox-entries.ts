import type { Inbox } from '@shared/contract/views/exchange-views'
import { foldForKey } from '@shared/kernel/text'
import { platformCodeText } from '@shared/texts/zh-CN/platform-codes'
import { platformNumber } from '@renderer/components/record-standing'
import type { Tone } from '@renderer/components/tone'
import { texts } from '@renderer/texts/zh-CN'
import { searchGroups, searchNotices } from './inbox-search'

/** One line at the left of the inbox. */
export interface InboxEntry {
  /** Unique in the inbox; the screen finds the pane by it. */
  readonly key: string
  readonly tag: { readonly tone: Tone; readonly text: string } | null
  readonly title: string
  /** Short count at the end of the line. */
  readonly count: string | null
  readonly text: string
  /** The day that presses, with the word before it. */
  readonly due: { readonly on: string; readonly label: string } | null
}

export interface InboxSection {
  readonly title: string
  readonly entries: readonly InboxEntry[]
}

/** Keys of entries that are no group and no notice. */
export const QUARANTINE = 'quarantine'
export const conflictKey = (recordId: string): string => `conflict:${recordId}`
export const disputeKey = (disputeId: string): string => `dispute:${disputeId}`

const words = texts.inbox
const follow = texts.followUp

const codeText = (code: string): string => {
  const number = platformNumber(code)
  return number === '' ? words.local : words.code(number)
}

const due = (on: string | null, label: string): InboxEntry['due'] => (on === null ? null : { on, label })

/** The inbox in one sentence. */
export function leadOf(inbox: Inbox): string {
  const { leadParts } = words
  const records = inbox.groups.reduce((sum, group) => sum + group.count, 0)
  const rest = [
    inbox.conflicts.length > 0 ? leadParts.conflicts(inbox.conflicts.length) : null,
    inbox.quarantined.length > 0 ? leadParts.quarantined(inbox.quarantined.length) : null,
    inbox.notices.length > 0 ? leadParts.notices(inbox.notices.length) : null,
    inbox.disputes.length > 0 ? leadParts.disputes(inbox.disputes.length) : null,
  ].filter((part) => part !== null)
  const first = records === 0 ? leadParts.none : leadParts.groups(records, inbox.groups.length)
  return words.lead([first, ...rest])
}

/** What came back, in the order of weight: what is to be fixed, decided, looked at, and what is in dispute. */
export function inboxSections(inbox: Inbox, search: string): readonly InboxSection[] {
  const needle = foldForKey(search)
  const isFound = (...parts: readonly (string | null)[]): boolean =>
    needle === '' || parts.some((part) => part !== null && foldForKey(part).includes(needle))

  const groups = searchGroups(inbox.groups, search).map((group): InboxEntry => ({
    key: group.key,
    tag: { tone: 'late', text: codeText(group.code) },
    title: group.fieldLabel ?? words.wholeRecord,
    count: words.count(group.count),
    text: group.meaning,
    due: due(group.earliestDueOn, words.due),
  }))
  const conflicts = inbox.conflicts
    .filter((row) => isFound(row.docNo, row.subjectName, row.subjectCode))
    .map((row): InboxEntry => ({
      key: conflictKey(row.recordId),
      tag: { tone: 'late', text: follow.conflict.tag },
      title: row.docNo,
      count: null,
      text: row.subjectName,
      due: due(row.clock.dueOn, words.notice.due),
    }))
  const held = inbox.quarantined.filter(({ row }) => isFound(row.docNo, row.subjectName))
  const quarantine: readonly InboxEntry[] =
    held.length === 0
      ? []
      : [
          {
            key: QUARANTINE,
            tag: { tone: 'late', text: follow.sections.quarantine },
            title: follow.quarantine.title,
            count: follow.quarantine.count(held.length),
            text: platformCodeText('platform.not-taken').meaning,
            due: due(held.map(({ row }) => row.clock.dueOn ?? '9').sort()[0] ?? null, words.due),
          },
        ]
  const notices = searchNotices(inbox.notices, search).map((notice): InboxEntry => ({
    key: notice.noticeId,
    tag: {
      tone: notice.answer?.state === 'refused' ? 'late' : notice.state === 'open' ? 'soon' : 'plain',
      text:
        notice.answer === null
          ? words.notice.states[notice.state]
          : follow.answer.states[notice.answer.state],
    },
    title: notice.title,
    count: null,
    text: notice.about === null ? notice.text : words.notice.about(notice.about),
    due: due(notice.dueOn, words.notice.due),
  }))
  const disputes = inbox.disputes
    .filter(({ row, reason }) => isFound(row.docNo, row.subjectName, reason))
    .map(({ disputeId, row, reason }): InboxEntry => ({
      key: disputeKey(disputeId),
      tag: { tone: 'plain', text: follow.dispute.tag },
      title: row.docNo,
      count: null,
      text: reason,
      due: due(row.clock.dueOn, words.notice.due),
    }))
  return [
    { title: words.causes, entries: groups },
    { title: follow.sections.conflicts, entries: conflicts },
    { title: follow.sections.quarantine, entries: quarantine },
    { title: words.notices, entries: notices },
    { title: follow.sections.disputes, entries: disputes },
  ].filter(({ entries }) => entries.length > 0)
}

import { foldForKey } from '@shared/kernel/text'
import type { InboxGroup, NoticeView } from '@shared/contract/views/exchange-views'
import type { RecordRow } from '@shared/contract/views/record-views'

const holds = (needle: string, ...texts: readonly (string | null)[]): boolean =>
  texts.some((text) => text !== null && foldForKey(text).includes(needle))

/** Rows whose document number, subject or code contains the words; all rows for a blank search. */
export function searchRows(rows: readonly RecordRow[], words: string): readonly RecordRow[] {
  const needle = foldForKey(words)
  if (needle === '') return rows
  return rows.filter((row) => holds(needle, row.docNo, row.subjectName, row.subjectCode))
}

/** Groups whose cause, field or any listed record contains the words. */
export function searchGroups(groups: readonly InboxGroup[], words: string): readonly InboxGroup[] {
  const needle = foldForKey(words)
  if (needle === '') return groups
  return groups.filter(
    (group) =>
      holds(needle, group.code, group.fieldLabel, group.meaning, group.serverText) ||
      searchRows(group.rows, words).length > 0,
  )
}

/** Notices whose title, text or record contains the words. */
export function searchNotices(notices: readonly NoticeView[], words: string): readonly NoticeView[] {
  const needle = foldForKey(words)
  return needle === ''
    ? notices
    : notices.filter(({ title, text, about }) =>
        holds(needle, title, text, about?.docNo ?? null, about?.subjectName ?? null),
      )
}

import type { IssueView } from '@shared/contract/views/record-views'
import { cut } from '@shared/kernel/text'
import type { Issue } from '@shared/standard/issue'
import { isSensitive, maskIssueValue } from '@shared/standard/mask'
import type { FieldSpec } from '@shared/standard/pack'
import type { CompiledType } from '@shared/standard/standard'
import { platformSentence } from '@shared/texts/zh-CN/platform-codes'
import type { StoredIssue } from '@engine/repos/repo-types'

/** The platform's own words are hostile text and may be long. */
const SERVER_TEXT_LIMIT = 2_000

/** The field of a code, or null. */
export const fieldOf = (type: CompiledType, code: string | null): FieldSpec | null =>
  type.fields.find((field) => field.code === code) ?? null

/** The value of an issue as it may be shown. */
export function shownValue(field: FieldSpec | null, value: string | null): string | null {
  return value === null || field === null ? value : maskIssueValue(field, value)
}

type AnyIssue = Issue & Partial<Pick<StoredIssue, 'source' | 'confirmedBy' | 'confirmedReason'>>

/** An issue as a page sees it: a sentence, personal values masked. A live check gives issues without a source. */
export function issueView(type: CompiledType, issue: AnyIssue): IssueView {
  const field = fieldOf(type, issue.field)
  const serverText = issue.params['serverText']
  return {
    code: issue.code,
    severity: issue.severity,
    source: issue.source ?? 'local',
    field: issue.field,
    fieldLabel: field?.label ?? null,
    value: shownValue(field, issue.value),
    // What a verdict means is the platform's catalogue, not the pack's; its own words stand beside it.
    message: issue.source === 'platform' ? platformSentence(issue.code) : type.message(issue),
    serverText: serverText === undefined ? null : cut(String(serverText), SERVER_TEXT_LIMIT),
    // The fix of a personal field would show what is masked.
    fix: issue.fix === undefined || (field !== null && isSensitive(field)) ? null : issue.fix,
    confirmed:
      issue.confirmedBy === undefined || issue.confirmedBy === null
        ? null
        : { by: issue.confirmedBy, reason: issue.confirmedReason ?? '' },
  }
}

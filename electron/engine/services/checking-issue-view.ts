import type { IssueView } from '@shared/contract/views/record-views'
import { exclusionBases } from '@shared/domain/record-status'
import type { Issue } from '@shared/standard/issue'
import { isSensitive, maskIssueValue } from '@shared/standard/mask'
import type { FieldSpec } from '@shared/standard/pack'
import { withoutPersonalData } from '@shared/standard/personal-data'
import type { CompiledType } from '@shared/standard/standard'
import { platformSentence } from '@shared/texts/zh-CN/platform-codes'
import type { StoredIssue } from '@engine/repos/repo-types'
import { serverWords } from './server-words'

/** The field of a code, or null. */
export const fieldOf = (type: CompiledType, code: string | null): FieldSpec | null =>
  type.fields.find((field) => field.code === code) ?? null

/** The value of an issue as it may be shown. */
export function shownValue(field: FieldSpec | null, value: string | null): string | null {
  if (value === null) return null
  return field === null ? withoutPersonalData(value) : maskIssueValue(field, value)
}

type AnyIssue = Issue & Partial<Pick<StoredIssue, 'source' | 'confirmedBy' | 'confirmedReason'>>

/** Ways out that are no other value: the record that stands in the way, or that this one is not to be sent at all. */
function waysOut({ params }: Issue): Pick<IssueView, 'exclusion' | 'otherRecordId'> {
  const { otherRecordId } = params
  const exclusion = exclusionBases.find((basis) => basis === params['exclusion'])
  return {
    ...(exclusion === undefined ? {} : { exclusion }),
    ...(typeof otherRecordId === 'string' ? { otherRecordId } : {}),
  }
}

/** An issue as a page sees it: a sentence, personal values masked. A live check gives issues without a source. */
export function issueView(type: CompiledType, issue: AnyIssue): IssueView {
  const field = fieldOf(type, issue.field)
  const serverText = issue.params['serverText']
  // The fix of a personal field would show what is masked.
  const fix = field !== null && isSensitive(field) ? undefined : issue.fix
  return {
    code: issue.code,
    severity: issue.severity,
    source: issue.source ?? 'local',
    field: issue.field,
    fieldLabel: field?.label ?? null,
    value: shownValue(field, issue.value),
    // What a verdict means is the platform's catalogue, not the pack's; its own words stand beside it.
    message: issue.source === 'platform' ? platformSentence(issue.code) : type.message(issue),
    serverText: serverText === undefined ? null : serverWords(String(serverText)),
    fix: fix ?? null,
    ...(fix === undefined ? {} : { fixNote: type.proof(fix.proof) }),
    ...waysOut(issue),
    confirmed:
      issue.confirmedBy === undefined || issue.confirmedBy === null
        ? null
        : { by: issue.confirmedBy, reason: issue.confirmedReason ?? '' },
  }
}

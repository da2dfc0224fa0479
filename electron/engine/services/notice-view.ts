import * as v from 'valibot'
import type { AskedField, NoticeView } from '@shared/contract/views/exchange-views'
import { maskIssueValue } from '@shared/standard/mask'
import type { CompiledStandard, CompiledType } from '@shared/standard/standard'
import type { NoticeAnswerRepo } from '@engine/repos/notice-answer-repo'
import type { NoticeEntity } from '@engine/repos/notice-repo'
import type { RecordRepo } from '@engine/repos/repo-types'
import type { NoticeAnswersService } from './notice-answers-service'
import { nameOf } from './record-naming'
import { serverWords } from './server-words'

/** The part of a kept notice that names fields; anything else in it is not looked at. */
const askedSchema = v.object({
  fields: v.array(
    v.object({
      field: v.string(),
      value: v.optional(v.nullable(v.string()), null),
      message: v.optional(v.string(), ''),
    }),
  ),
})

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    // A body that was cut to its limit is no JSON any more; its text still stands beside it.
    return null
  }
}

/** Notices as pages see them, with what was answered. */
export function createNoticeView(deps: {
  readonly answers: Pick<NoticeAnswerRepo, 'latest'>
  readonly noticeAnswers: Pick<NoticeAnswersService, 'mayAnswer'>
  readonly records: Pick<RecordRepo, 'find'>
  readonly standard: () => CompiledStandard
}): (notice: NoticeEntity) => NoticeView {
  const asked = (notice: NoticeEntity): readonly AskedField[] => {
    const parsed = v.safeParse(askedSchema, readJson(notice.bodyJson))
    if (!parsed.success) return []
    const record = notice.recordId === null ? null : deps.records.find(notice.recordId)
    const type: CompiledType | undefined =
      record === null ? undefined : deps.standard().types.get(record.recordType)
    return parsed.output.fields.slice(0, 50).map(({ field: name, value, message }) => {
      const field = type?.fields.find((one) => (one.wire?.name ?? one.code) === name) ?? null
      const shown = value === null || field === null ? value : maskIssueValue(field, value)
      return {
        field: field?.code ?? null,
        label: field?.label ?? serverWords(name),
        value: shown === null ? null : serverWords(shown),
        message: serverWords(message),
      }
    })
  }

  const about = (recordId: string | null): NoticeView['about'] => {
    const record = recordId === null ? null : deps.records.find(recordId)
    return record === null ? null : nameOf(deps.standard(), record)
  }

  return (notice) => {
    const given = deps.answers.latest(notice.noticeId)
    return {
      noticeId: notice.noticeId,
      kind: notice.kind,
      title: serverWords(notice.title),
      text: serverWords(notice.text),
      recordId: notice.recordId,
      about: about(notice.recordId),
      dueOn: notice.dueOn,
      receivedAt: notice.receivedAt,
      state: notice.state,
      fields: asked(notice),
      mayAnswer: deps.noticeAnswers.mayAnswer(notice),
      answer:
        given === null
          ? null
          : {
              ...{ answer: given.answer, state: given.state, reason: given.reason, evidence: given.evidence },
              ...{ answeredBy: given.answeredBy, answeredAt: given.answeredAt },
              failureCode: given.lastFailure,
            },
    }
  }
}

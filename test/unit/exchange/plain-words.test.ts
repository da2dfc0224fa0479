import { expect, test } from 'vitest'
import { recordJson, recordText } from '@cli/record-output'
import { issueView } from '@engine/services/checking-issue-view'
import { headlineOf, ownIssue, platformIssues } from '@engine/services/submission-platform-issues'
import { notSentReason, notSentView } from '@engine/services/submission-not-sent'
import { notSentReasons, notSentTexts } from '@shared/texts/zh-CN/not-sent'
import { platformCodeText, platformCodeTexts, platformSentence } from '@shared/texts/zh-CN/platform-codes'
import { detailOf, rowOf } from '@test/fixtures/demo/demo-records'
import { recordEntity } from '@test/integration/engine-records/store-fixture'
import { typeOf } from '@test/unit/standard/sample-standard'

test('every code of the platform has a meaning and a next step', () => {
  for (let code = 1001; code <= 1012; code++)
    expect(platformCodeTexts).toHaveProperty(`platform.${code}`.split('|'))
  for (const { meaning, nextStep } of Object.values(platformCodeTexts)) {
    expect(meaning).toMatch(/。$/)
    expect(nextStep).toMatch(/。$/)
  }
  expect(platformCodeText('platform.9999').meaning).toContain('不认识')
  expect(platformSentence('constructor')).toBe(platformSentence('platform.9999'))
})

test('the reason why a record stays is the weightiest one', () => {
  const reason = (changes: Parameters<typeof recordEntity>[0] extends infer E ? Partial<E> : never) =>
    notSentReason(recordEntity({ recordId: 'r', ...changes }))
  expect(reason({ quality: 'blocked' })).toBe('blocked')
  expect(reason({ quality: 'warned' })).toBe('unconfirmed-warning')
  expect(reason({ editorial: 'held', quality: 'blocked' })).toBe('held')
  expect(reason({ editorial: 'in_review' })).toBe('in-review')
  expect(reason({ excludedBasis: 'classified', editorial: 'held' })).toBe('excluded')
  expect(reason({ delivery: 'unknown', quality: 'warned' })).toBe('in-flight')
  expect(reason({ delivery: 'revoked' })).toBe('rejected')
  expect(reason({ isDuplicate: true, quality: 'blocked' })).toBe('duplicate-key')
  for (const one of notSentReasons) {
    expect(notSentTexts[one]).toMatch(/。$/)
    expect(notSentView(recordEntity({ recordId: 'r' }), one).message).not.toContain('{')
  }
})

test("a platform's words are kept as text of bounded length, its field names only when they are ours", () => {
  const [issue] = platformIssues(
    [
      {
        code: '<b>',
        field: 'NOPE',
        value: 'v'.repeat(9_000),
        message: '𠮷'.repeat(9_000),
        severity: 'error',
      },
    ],
    undefined,
  )
  expect(issue).toMatchObject({ code: 'platform.unexplained', field: null, params: { wireField: 'NOPE' } })
  expect(issue!.value).toHaveLength(2_000)
  expect([...String(issue!.params['serverText'])]).toHaveLength(2_000)
  expect(headlineOf([{ ...issue!, severity: 'warning' }])).toEqual({
    openIssues: 0,
    headlineCode: null,
    headline: null,
    headlineField: null,
  })
  expect(headlineOf([ownIssue('platform.duplicate')])).toMatchObject({
    openIssues: 1,
    headlineCode: 'platform.duplicate',
  })
})

test('a verdict is shown in plain words with the words of the platform beside them', () => {
  const verdict = {
    code: 'platform.1004',
    severity: 'error',
    field: 'XK_XKLB',
    value: '普通类',
    params: { serverText: '值不在\u001B[31m代码表\n中' },
    source: 'platform',
  } as const
  const view = issueView(typeOf('XZXK_FR'), verdict)
  expect(view).toMatchObject({
    message: platformSentence('platform.1004'),
    serverText: '值不在[31m代码表\n中',
    fieldLabel: '许可类别',
  })
  const unheardOf = issueView(typeOf('XZXK_FR'), { ...verdict, code: 'platform.4711' })
  expect(unheardOf.message).toBe(platformSentence('platform.4711'))

  const detail = { ...detailOf(rowOf(0)), issueList: [view] }
  expect(recordJson(detail)).toMatchObject({
    issues: [{ code: 'platform.1004', message: view.message, serverText: view.serverText }],
  })
  expect(recordText(detail)).toContain(`许可类别 ${view.message}平台原文：值不在[31m代码表 中`)
})

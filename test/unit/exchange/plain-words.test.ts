import { expect, test } from 'vitest'
import { headlineOf, ownIssue, platformIssues } from '@engine/services/submission-platform-issues'
import { notSentReason, notSentView } from '@engine/services/submission-not-sent'
import { notSentReasons, notSentTexts } from '@shared/texts/zh-CN/not-sent'
import { platformCodeText, platformCodeTexts, platformSentence } from '@shared/texts/zh-CN/platform-codes'
import { recordEntity } from '@test/integration/engine-records/store-fixture'

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
  })
  expect(headlineOf([ownIssue('platform.duplicate')])).toMatchObject({
    openIssues: 1,
    headlineCode: 'platform.duplicate',
  })
})

import { describe, expect, it } from 'vitest'
import { recordsHandlers } from '@engine/handlers/records-handlers'
import { createProblemGroups } from '@engine/services/problem-groups'
import { recordsBench, soundLicence } from './records-bench'
import type { RecordsBench } from './records-bench'

/** Valid from before the decision: a warning that a person may confirm. */
const early = (number: number, changes: Readonly<Record<string, string>> = {}) => ({
  ...soundLicence,
  XK_WSH: `萍市监许〔2026〕${number}号`,
  XK_YXQZ: '2026-11-01',
  ...changes,
})
const CODE = 'date.valid-before-decision'

const callsOf = (bench: RecordsBench) =>
  recordsHandlers({
    ...bench,
    problems: createProblemGroups({ records: bench.records, typeOf: bench.checking.type }),
  })

const openCodes = (bench: RecordsBench, recordId: string): string[] =>
  bench.views
    .detail(recordId)
    .issueList.filter((issue) => issue.confirmed === null && issue.severity === 'warning')
    .map((issue) => issue.code)

describe('the confirmation of a warning', () => {
  it('holds for what the sentence says: any value in it that changes asks again', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', early(1))
    bench.decisions.confirmWarning(recordId, CODE, 'XK_YXQZ', '证照如此')
    expect(bench.records.find(recordId)).toMatchObject({ quality: 'clean', editorial: 'checked' })
    bench.editing.save(recordId, 1, { XK_NR: '另一内容内容' })
    expect(openCodes(bench, recordId)).toEqual([])
    // The other date of the sentence changes, the value of the field itself does not.
    bench.editing.save(recordId, 2, { XK_JDRQ: '2026-11-17' })
    expect(openCodes(bench, recordId)).toEqual([CODE])
    expect(bench.records.find(recordId)).toMatchObject({ quality: 'warned', editorial: 'draft' })
    bench.editing.save(recordId, 3, { XK_JDRQ: '2026-11-18' })
    expect(openCodes(bench, recordId)).toEqual([CODE])
  })

  it('does not lapse because a day has passed', async () => {
    const bench = recordsBench()
    const old = { XK_JDRQ: '2023-01-05', XK_YXQZ: '2023-01-05' }
    const recordId = bench.editing.create('XZXK_FR', early(1, old))
    bench.decisions.confirmWarning(recordId, 'date.long-ago', 'XK_JDRQ', '补录')
    bench.clock.set('2026-11-25T01:00:00.000Z')
    await bench.checking.recheckDrafts(null)
    expect(openCodes(bench, recordId)).toEqual([])
  })

  it('is known to the live check of the form, with its reason', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', early(1))
    bench.decisions.confirmWarning(recordId, CODE, 'XK_YXQZ', '证照如此')
    const check = (XK_JDRQ: string) =>
      callsOf(bench)['records.check']({ recordType: 'XZXK_FR', recordId, values: early(1, { XK_JDRQ }) })
    expect(check('2026-11-18')).toMatchObject({
      issues: [{ code: CODE, confirmed: { by: '王示例', reason: '证照如此' } }],
    })
    expect(check('2026-11-17')).toMatchObject({ issues: [{ code: CODE, confirmed: null }] })
  })

  it('can be taken back, and stays so through the next check', async () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', early(1))
    bench.decisions.confirmWarning(recordId, CODE, 'XK_YXQZ', '证照如此')
    bench.editing.save(recordId, 1, { XK_NR: '另一内容内容' })
    bench.decisions.unconfirm(recordId, CODE, 'XK_YXQZ')
    expect(bench.records.find(recordId)).toMatchObject({
      quality: 'warned',
      editorial: 'draft',
      openIssues: 1,
    })
    bench.clock.set('2026-11-25T01:00:00.000Z')
    await bench.checking.recheckDrafts(null)
    bench.editing.save(recordId, 2, { XK_NR: '第三种内容' })
    expect(openCodes(bench, recordId)).toEqual([CODE])
    expect(bench.audit.ofRef(recordId, 20).map(({ act }) => act)).toContain('record.confirmation-withdrawn')
    expect(() => bench.decisions.unconfirm(recordId, CODE, 'XK_YXQZ')).toThrow()
  })
})

describe('many records at once', () => {
  it('tell their problems by rule: errors first, with what can be put right by one click', () => {
    const bench = recordsBench()
    const ids = [
      bench.editing.create('XZXK_FR', early(1)),
      bench.editing.create('XZXK_FR', early(2, { XK_XDR_LB: '个体工商户' })),
      bench.editing.create('XZXK_FR', early(3, { XK_FRDB: '', BZ: '电话13800138000' })),
    ]
    const problems = callsOf(bench)['records.problems']({ recordIds: ids })
    expect(problems).toMatchObject([
      { code: 'uscc.subject-class', severity: 'error', records: 1, fixable: 1 },
      { code: 'field.required', severity: 'error', records: 1, fixable: 0, fixNote: null },
      { code: CODE, severity: 'warning', records: 3, fixable: 0, fieldLabels: ['有效期自'] },
      { code: 'text.personal-data', records: 1, fixable: 1, fixNote: '遮住号码和住址' },
    ])
  })

  it('are confirmed for one reason each, audited each, and only where the rule is open', () => {
    const bench = recordsBench()
    const ids = [1, 2, 3].map((number) => bench.editing.create('XZXK_FR', early(number)))
    const sound = bench.editing.create('XZXK_FR', early(4, { XK_YXQZ: '2026-11-18' }))
    expect(bench.decisions.confirmMany([...ids, sound, 'gone'], CODE, '证照如此')).toBe(3)
    expect(bench.decisions.confirmMany(ids, CODE, '再来一次')).toBe(0)
    for (const recordId of ids) {
      expect(bench.records.find(recordId)).toMatchObject({
        quality: 'clean',
        editorial: 'checked',
        openIssues: 0,
      })
      expect(bench.audit.ofRef(recordId, 5)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            act: 'record.confirmed',
            body: { revision: 1, code: CODE, reason: '证照如此' },
          }),
        ]),
      )
    }
    expect(bench.records.sealable({ type: null, recordIds: null })).toHaveLength(4)
  })

  it('never confirm an error', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', early(1, { XK_FRDB: '' }))
    expect(bench.decisions.confirmMany([recordId], 'field.required', '没有')).toBe(0)
    expect(bench.records.find(recordId)).toMatchObject({ quality: 'blocked' })
  })

  it('take their own proved values, each its own', () => {
    const bench = recordsBench()
    const ids = [
      bench.editing.create('XZXK_FR', early(1, { BZ: '电话13800138000' })),
      bench.editing.create('XZXK_FR', early(2, { BZ: '身份证号11010519491231002X，已核' })),
      bench.editing.create('XZXK_FR', early(3)),
    ]
    expect(bench.editing.applyProvedFixes(ids, 'text.personal-data')).toEqual({ changed: 2, failed: 0 })
    const notes = ids.map((recordId) => bench.records.revision(recordId, 2)?.values['BZ'])
    expect(notes).toEqual(['电话1**********', '身份证号1****************X，已核', undefined])
    expect(openCodes(bench, ids[1]!)).toEqual([CODE])
  })
})

describe('ways out of an issue', () => {
  it('name the basis on which a record is not sent, and the record that stands in the way', () => {
    const bench = recordsBench()
    const first = bench.editing.create('XZXK_FR', early(1))
    const second = bench.editing.create('XZXK_FR', early(1))
    const secret = bench.editing.create('XZXK_FR', early(2, { XK_NR: '机密★ 关于许可的内容' }))
    const issue = (recordId: string, code: string) =>
      bench.views.detail(recordId).issueList.find((one) => one.code === code)
    expect(issue(second, 'record.duplicate')).toMatchObject({ otherRecordId: first })
    expect(issue(secret, 'text.classified-marking')).toMatchObject({
      severity: 'error',
      exclusion: 'classified',
    })
    expect(bench.records.sealable({ type: null, recordIds: null })).toEqual([])
    bench.decisions.exclude([secret], 'classified', '经保密审查')
    expect(bench.views.row(bench.records.find(secret)!).excluded).toBe('classified')
  })
})

import { describe, expect, it } from 'vitest'
import { recordsBench, soundLicence } from './records-bench'
import type { RecordsBench } from './records-bench'
import { codeOf, licence, settle } from './records-steps'

const actsOf = (bench: RecordsBench, recordId: string) =>
  bench.audit.ofRef(recordId, 20).map(({ act }) => act)

describe('a record that is typed in', () => {
  it('is checked at once, has its due date and can be sealed', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    const detail = bench.views.detail(recordId)
    expect(detail).toMatchObject({
      revision: 1,
      quality: 'clean',
      editorial: 'checked',
      issues: 0,
      clock: { state: 'on_time', dueOn: '2026-11-27', days: 5 },
      editable: true,
      origin: null,
    })
    expect(detail.dueDays.filter(({ working }) => working)).toHaveLength(7)
    expect(bench.records.sealable({ type: null, recordIds: null })).toHaveLength(1)
    expect(actsOf(bench, recordId)).toEqual(['record.created'])
  })

  it('becomes a draft that says what is wrong when something is', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1, { XK_XDR_SHXYM: '91360302230001009X' }))
    const detail = bench.views.detail(recordId)
    expect(detail).toMatchObject({
      quality: 'blocked',
      editorial: 'draft',
      headlineCode: 'uscc.check-digit',
      headlineField: 'XK_XDR_SHXYM',
    })
    expect(detail.headline).not.toBe('')
    expect(bench.records.unsealable({ type: null, recordIds: null })).toHaveLength(1)
  })

  it('refuses fields and types that the standard does not know', () => {
    const bench = recordsBench()
    expect(codeOf(() => bench.editing.create('XZXK_FR', { NO_SUCH: '1' }))).toBe('record.unknown-field')
    expect(codeOf(() => bench.editing.create('NO_SUCH', {}))).toBe('pack.unknown-type')
  })

  it('is a blocked duplicate while another record has its key, and free as soon as the key is free', () => {
    const bench = recordsBench()
    const first = bench.editing.create('XZXK_FR', licence(1))
    const second = bench.editing.create('XZXK_FR', licence(1, { XK_NR: '另一内容内容内容' }))
    expect(bench.records.find(second)).toMatchObject({ isDuplicate: true, quality: 'blocked' })
    bench.editing.save(first, 1, { XK_WSH: '萍市监许〔2026〕9号' })
    expect(bench.records.find(second)).toMatchObject({
      isDuplicate: false,
      quality: 'clean',
      editorial: 'checked',
    })
  })
})

describe('saving', () => {
  it('makes a new revision, keeps the old one and voids an approval', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    bench.store.write(() => bench.records.update(recordId, { editorial: 'approved' }))
    expect(bench.editing.save(recordId, 1, { XK_NR: '改过的内容内容' })).toBe(true)
    expect(bench.records.find(recordId)).toMatchObject({ headRevision: 2, editorial: 'checked' })
    expect(bench.records.revision(recordId, 1)?.values['XK_NR']).toBe(soundLicence['XK_NR'])
    expect(bench.records.revision(recordId, 2)).toMatchObject({
      author: '王示例',
      inReplyTo: null,
      op: 'create',
    })
  })

  it('does nothing when nothing differs', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    expect(bench.editing.save(recordId, 1, { XK_NR: ` ${soundLicence['XK_NR']} ` })).toBe(false)
    expect(bench.records.find(recordId)?.headRevision).toBe(1)
  })

  it('refuses a stale base, an unknown field, a record on its way and one put away', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    bench.editing.save(recordId, 1, { XK_NR: '改过的内容内容' })
    expect(codeOf(() => bench.editing.save(recordId, 1, { XK_NR: '又改的内容内容' }))).toBe(
      'record.changed-meanwhile',
    )
    expect(codeOf(() => bench.editing.save(recordId, 2, { NO_SUCH: '1' }))).toBe('record.unknown-field')
    expect(codeOf(() => bench.editing.save('nobody', 1, {}))).toBe('record.not-found')
    bench.store.write(() => bench.records.moveDelivery(recordId, 2, 'sealed'))
    expect(codeOf(() => bench.editing.save(recordId, 2, { XK_NR: '又改的内容内容' }))).toBe(
      'record.not-editable',
    )
    const other = bench.editing.create('XZXK_FR', licence(2))
    bench.decisions.discard([other], '录错')
    expect(codeOf(() => bench.editing.save(other, 1, { XK_NR: '又改的内容内容' }))).toBe(
      'record.not-editable',
    )
  })

  it('answers a rejection: the new revision points to the refused one and may be sent again', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    settle(bench, recordId, 'rejected')
    expect(bench.editing.save(recordId, 1, { XK_XDR_MC: '萍乡市示例第1号商贸有限公司' })).toBe(true)
    expect(bench.records.revision(recordId, 2)).toMatchObject({
      op: 'create',
      inReplyTo: 1,
      delivery: 'none',
    })
    expect(bench.records.find(recordId)).toMatchObject({ delivery: 'none', editorial: 'checked' })
    // A further save before it is sent stays an answer to the same rejection.
    bench.editing.save(recordId, 2, { XK_NR: '改过的内容内容' })
    expect(bench.records.revision(recordId, 3)).toMatchObject({ inReplyTo: 1 })
  })

  it('makes a correction of what was accepted', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    settle(bench, recordId, 'accepted')
    expect(bench.editing.save(recordId, 1, {})).toBe(false)
    bench.editing.save(recordId, 1, { XK_NR: '改过的内容内容' })
    expect(bench.records.revision(recordId, 2)).toMatchObject({ op: 'correct', inReplyTo: null })
    expect(actsOf(bench, recordId)[0]).toBe('record.correction-drafted')
    settle(bench, recordId, 'rejected')
    bench.editing.save(recordId, 2, { XK_NR: '再改的内容内容' })
    expect(bench.records.revision(recordId, 3)).toMatchObject({ op: 'correct', inReplyTo: 2 })
  })

  it('keeps what could not be read until its field is typed anew', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    bench.store.write(() => {
      const issue = {
        code: 'import.numeric-identifier',
        severity: 'error',
        field: 'XK_XDR_GSZC',
        value: '3.6E+14',
        params: {},
      } as const
      bench.records.replaceLocalIssues(recordId, 1, [issue])
      bench.checking.recheck(bench.records.find(recordId)!)
    })
    expect(bench.records.find(recordId)).toMatchObject({
      quality: 'blocked',
      headlineCode: 'import.numeric-identifier',
    })
    bench.editing.save(recordId, 1, { XK_NR: '改过的内容内容' })
    expect(bench.records.find(recordId)).toMatchObject({ headRevision: 2, quality: 'blocked' })
    bench.editing.save(recordId, 2, { XK_XDR_GSZC: '' })
    expect(bench.records.find(recordId)).toMatchObject({ headRevision: 3, quality: 'clean' })
  })
})

describe('an operation', () => {
  it('takes an accepted record back with a reason, whatever today’s rules say of its content', async () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    const request = { recordId, op: 'withdraw', changes: {}, reason: '决定已撤销' } as const
    expect(codeOf(() => bench.editing.changeOperation(request))).toBe('record.operation-refused')
    settle(bench, recordId, 'accepted')
    expect(codeOf(() => bench.editing.changeOperation({ ...request, reason: ' ' }))).toBe(
      'record.reason-required',
    )
    bench.editing.changeOperation(request)
    expect(bench.records.revision(recordId, 2)).toMatchObject({
      op: 'withdraw',
      reason: '决定已撤销',
      quality: 'clean',
    })
    bench.clock.set('2026-11-01T01:00:00.000Z')
    await bench.checking.recheckDrafts(null)
    expect(bench.records.find(recordId)).toMatchObject({
      op: 'withdraw',
      quality: 'clean',
      editorial: 'checked',
    })
    expect(bench.records.sealable({ type: null, recordIds: null })).toHaveLength(1)
  })

  it('corrects a rejected record for another attempt', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    settle(bench, recordId, 'rejected')
    const changes = { XK_XDR_MC: '萍乡市示例第1号商贸有限公司' }
    bench.editing.changeOperation({ recordId, op: 'correct', changes, reason: null })
    expect(bench.records.revision(recordId, 2)).toMatchObject({ op: 'create', inReplyTo: 1 })
  })

  it('fixes many records at once and counts those that could not be fixed', () => {
    const bench = recordsBench()
    const ids = Array.from({ length: 450 }, (_, index) => bench.editing.create('XZXK_FR', licence(index + 1)))
    bench.store.write(() => bench.records.moveDelivery(ids[0]!, 1, 'sealed'))
    expect(bench.editing.applyFixToMany(ids, 'XK_XKJG', '萍乡市行政审批局')).toEqual({
      changed: 449,
      failed: 1,
    })
    expect(bench.records.find(ids[449]!)?.headRevision).toBe(2)
  })
})

describe('a masked value that comes back', () => {
  it('is no new value, and anything else masked is an error', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1, { XK_FRDB: '周小川' }))
    const shown = bench.views.detail(recordId).values['XK_FRDB']!
    expect(shown).toBe('周**')
    expect(bench.editing.save(recordId, 1, { XK_FRDB: shown })).toBe(false)
    expect(bench.editing.save(recordId, 1, { XK_FRDB: ` ${shown} `, BZ: '说明' })).toBe(true)
    expect(bench.records.revision(recordId, 2)?.values).toMatchObject({ XK_FRDB: '周小川', BZ: '说明' })
    expect(bench.records.revision(recordId, 2)?.raw).toMatchObject({ XK_FRDB: '周小川' })
    expect(bench.views.detail(recordId).quality).toBe('clean')
    bench.editing.save(recordId, 2, { XK_FRDB: '李**' })
    expect(bench.views.detail(recordId)).toMatchObject({ quality: 'blocked', headlineCode: 'text.masked' })
    expect(bench.editing.save(recordId, 3, { XK_FRDB: '周小川' })).toBe(true)
    expect(bench.views.detail(recordId).quality).toBe('clean')
  })
})

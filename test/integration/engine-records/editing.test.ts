import { describe, expect, it } from 'vitest'
import { FailureError } from '@shared/kernel/failure'
import { recordsBench, soundLicence } from './records-bench'
import type { RecordsBench } from './records-bench'

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code
    throw error
  }
  return 'no failure'
}

const licence = (number: number, changes: Readonly<Record<string, string>> = {}) => ({
  ...soundLicence,
  XK_WSH: `萍市监许〔2026〕${number}号`,
  ...changes,
})

/** Walks the head of a record to a verdict, as a submission would. */
function settle(bench: RecordsBench, recordId: string, verdict: 'accepted' | 'rejected'): void {
  bench.store.write(() => {
    const { headRevision } = bench.records.find(recordId)!
    bench.records.update(recordId, { editorial: 'sealed' })
    for (const state of ['sealed', 'sending', 'processing', verdict] as const) {
      bench.records.moveDelivery(recordId, headRevision, state)
    }
    if (verdict === 'accepted') {
      bench.records.update(recordId, {
        platformRef: `P-${recordId}`,
        acceptedRevision: headRevision,
        firstReceivedAt: bench.clock.now(),
      })
    }
  })
}

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
    expect(detail).toMatchObject({ quality: 'blocked', editorial: 'draft', headlineCode: 'uscc.check-digit' })
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
  it('takes an accepted record back with a reason, whatever today’s rules say of its content', () => {
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
    bench.checking.recheckDrafts(null)
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

describe('decisions', () => {
  it('confirm a warning, which then no longer stands in the way, and stays confirmed in the next revision', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1, { XK_YXQZ: '2026-11-01' }))
    const [issue] = bench.records.issues(recordId, 1)
    expect(issue?.severity).toBe('warning')
    expect(bench.records.find(recordId)).toMatchObject({
      quality: 'warned',
      editorial: 'draft',
      openIssues: 1,
    })
    bench.decisions.confirmWarning(recordId, issue!.code, issue!.field, '证照如此')
    expect(bench.records.find(recordId)).toMatchObject({
      quality: 'clean',
      editorial: 'checked',
      openIssues: 0,
      headline: null,
    })
    bench.editing.save(recordId, 1, { XK_NR: '改过的内容内容' })
    expect(bench.records.find(recordId)).toMatchObject({ headRevision: 2, quality: 'clean' })
    expect(codeOf(() => bench.decisions.confirmWarning(recordId, 'no.such', null, '无'))).toBe(
      'record.changed-meanwhile',
    )
  })

  it('hold a record back until a day, and let it go on that day', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    expect(bench.decisions.hold([recordId, 'nobody'], '等公章', '2026-11-23')).toBe(1)
    expect(bench.views.detail(recordId).held).toEqual({ reason: '等公章', until: '2026-11-23' })
    expect(bench.records.sealable({ type: null, recordIds: null })).toEqual([])
    bench.checking.recheckDrafts(null)
    expect(bench.records.find(recordId)?.editorial).toBe('held')
    expect(bench.decisions.releaseDue('2026-11-22')).toBe(0)
    expect(bench.decisions.releaseDue('2026-11-23')).toBe(1)
    expect(bench.records.find(recordId)).toMatchObject({
      editorial: 'checked',
      heldReason: null,
      heldUntil: null,
    })
  })

  it('put away only what was never sent, and bring it back', () => {
    const bench = recordsBench()
    const kept = bench.editing.create('XZXK_FR', licence(1))
    const sent = bench.editing.create('XZXK_FR', licence(2))
    settle(bench, sent, 'rejected')
    bench.editing.save(sent, 1, { XK_NR: '改过的内容内容' })
    expect(bench.decisions.discard([kept, sent], '录错')).toBe(1)
    expect(bench.pages.page(page(bench)).total).toBe(1)
    // While it is away its key may be taken; it comes back as a duplicate.
    bench.editing.create('XZXK_FR', licence(1, { XK_NR: '另一内容内容内容' }))
    expect(bench.decisions.restore([kept, sent])).toBe(1)
    expect(bench.records.find(kept)).toMatchObject({
      isDuplicate: true,
      editorial: 'draft',
      quality: 'blocked',
    })
  })

  it('exclude a record with basis and reason', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    expect(bench.decisions.exclude([recordId], 'classified', '涉密')).toBe(1)
    expect(bench.decisions.exclude([recordId], 'classified', '涉密')).toBe(0)
    expect(bench.records.sealable({ type: null, recordIds: null })).toEqual([])
    expect(bench.decisions.include([recordId], '已解密')).toBe(1)
    expect(bench.records.sealable({ type: null, recordIds: null })).toHaveLength(1)
  })

  it('show a masked value only against a reason that stays in the trail, which itself holds no value', () => {
    const bench = recordsBench()
    const values = { ...soundLicence, XK_FR_ZJLX: '身份证', XK_FR_ZJHM: '11010519491231002X' }
    const recordId = bench.editing.create('XZXK_FR', values)
    const detail = bench.views.detail(recordId)
    expect(detail.masked).toContain('XK_FR_ZJHM')
    expect(JSON.stringify(detail)).not.toContain('19491231')
    expect(bench.decisions.reveal(recordId, 'XK_FR_ZJHM', '核对证件')).toBe('11010519491231002X')
    expect(bench.audit.ofRef(recordId, 1)).toMatchObject([
      { act: 'record.revealed', body: { field: 'XK_FR_ZJHM', reason: '核对证件' } },
    ])
    const trail = bench.database
      .prepare<[], string>('SELECT group_concat(body_json) FROM audit')
      .pluck()
      .get()
    for (const value of Object.values(values)) if (value.length > 6) expect(trail).not.toContain(value)
  })
})

describe('checking again', () => {
  it('finds what a new day has changed, and leaves a trace', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    bench.clock.set('2026-11-16T01:00:00.000Z')
    const counts = bench.checking.recheckDrafts('XZXK_FR')
    expect(counts).toMatchObject({ checked: 1, clean: 0, blocked: 1 })
    expect(Object.keys(counts.issueCounts).length).toBeGreaterThan(0)
    expect(bench.records.find(recordId)).toMatchObject({ quality: 'blocked', editorial: 'draft' })
    expect(actsOf(bench, recordId)[0]).toBe('record.rechecked')
    bench.clock.set('2026-11-20T01:00:00.000Z')
    expect(bench.checking.recheckDrafts(null)).toMatchObject({ clean: 1 })
    expect(bench.audit.firstBroken()).toBeNull()
  })
})

describe('the desk', () => {
  it('counts what is late, due and ready, shows the strip and the danger list', () => {
    const bench = recordsBench()
    bench.editing.create('XZXK_FR', licence(1, { XK_JDRQ: '2026-11-02', XK_YXQZ: '2026-11-02' }))
    bench.editing.create('XZXK_FR', licence(2, { XK_JDRQ: '2026-11-11', XK_YXQZ: '2026-11-11' }))
    const accepted = bench.editing.create('XZXK_FR', licence(3))
    bench.editing.create('XZXK_FR', licence(4, { XK_XDR_SHXYM: '91360302230001009X' }))
    settle(bench, accepted, 'accepted')
    const overview = bench.desk.overview()
    expect(overview.counts).toMatchObject({
      overdue: 1,
      dueToday: 1,
      dueSoon: 0,
      ready: 2,
      blocked: 1,
      unsent: 3,
      total: 4,
    })
    expect(overview.readyByType).toEqual([{ type: 'XZXK_FR', count: 2 }])
    expect(overview.danger.map(({ clock }) => clock.state)).toEqual(['overdue', 'due_today', 'on_time'])
    expect(overview.days).toHaveLength(11)
    expect(overview.days[0]).toEqual({ date: '2026-11-20', due: 1, overdue: true, today: false })
    expect(overview.days[1]).toEqual({ date: '2026-11-20', due: 1, overdue: false, today: true })
    expect(overview.forecast).toEqual({ sendable: 2, likelyAccepted: 2, likelyRejected: 0, inTime: 1 })
    expect(overview.thisMonth).toEqual({ complianceRate: null, lateRate: 0 })
    expect(overview.link.state).toBe('none')
    const list = bench.desk.dangerList(2)
    expect(list).toMatchObject({ overdue: 1, dueToday: 1, dueSoon: 0 })
    expect(list.records).toHaveLength(2)
  })
})

const page = (bench: RecordsBench) => ({
  type: null,
  filter: 'all' as const,
  search: '',
  sort: 'danger' as const,
  after: null,
  limit: 100,
  delivery: null,
  clock: null,
  days: bench.deadlines.clockDays(),
})

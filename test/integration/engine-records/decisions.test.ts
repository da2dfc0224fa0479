import { describe, expect, it } from 'vitest'
import { recordsBench, soundLicence } from './records-bench'
import type { RecordsBench } from './records-bench'
import { codeOf, licence, settle } from './records-steps'

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
      headlineField: null,
    })
    bench.editing.save(recordId, 1, { XK_NR: '改过的内容内容' })
    expect(bench.records.find(recordId)).toMatchObject({ headRevision: 2, quality: 'clean' })
    expect(codeOf(() => bench.decisions.confirmWarning(recordId, 'no.such', null, '无'))).toBe(
      'record.changed-meanwhile',
    )
  })

  it('hold a record back until a day, and let it go on that day', async () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    expect(bench.decisions.hold([recordId, 'nobody'], '等公章', '2026-11-23')).toBe(1)
    expect(bench.views.detail(recordId).held).toEqual({ reason: '等公章', until: '2026-11-23' })
    expect(bench.records.sealable({ type: null, recordIds: null })).toEqual([])
    await bench.checking.recheckDrafts(null)
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
    expect(bench.pages.pageAfter(page(bench)).total).toBe(1)
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

  it('show no resident number in a line of a list, wherever it was entered', () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1, { XK_XDR_SHXYM: '11010519491231002X' }))
    expect(bench.views.row(bench.records.find(recordId)!).subjectCode).toBe('110105********002X')
    const company = bench.editing.create('XZXK_FR', licence(2))
    expect(bench.views.row(bench.records.find(company)!).subjectCode).toMatch(/^[0-9A-Z]{18}$/)
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
  it('finds what a new day has changed, and leaves a trace', async () => {
    const bench = recordsBench()
    const recordId = bench.editing.create('XZXK_FR', licence(1))
    bench.clock.set('2026-11-16T01:00:00.000Z')
    const counts = await bench.checking.recheckDrafts('XZXK_FR')
    expect(counts).toMatchObject({ checked: 1, clean: 0, blocked: 1 })
    expect(Object.keys(counts.issueCounts).length).toBeGreaterThan(0)
    expect(bench.records.find(recordId)).toMatchObject({ quality: 'blocked', editorial: 'draft' })
    expect(bench.views.detail(recordId).timeline[0]).toMatchObject({ act: 'record.rechecked', actor: '系统' })
    bench.clock.set('2026-11-20T01:00:00.000Z')
    expect(await bench.checking.recheckDrafts(null)).toMatchObject({ clean: 1 })
    expect(bench.audit.firstBroken()).toBeNull()
  })

  it('keeps to the pace it is given: after each slice what has been found is stored, and others have their turn', async () => {
    const bench = recordsBench()
    const ids = [1, 2, 3, 4, 5].map((number) => bench.editing.create('XZXK_FR', licence(number)))
    bench.clock.set('2026-11-16T01:00:00.000Z')
    const blockedAtRests: number[] = []
    const rest = (): Promise<void> => {
      blockedAtRests.push(ids.filter((id) => bench.records.find(id)?.quality === 'blocked').length)
      return Promise.resolve()
    }
    expect(await bench.checking.recheckDrafts(null, undefined, { slice: 2, rest })).toMatchObject({
      checked: 5,
    })
    expect(blockedAtRests).toEqual([2, 4, 5])
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

  it('does not count as due what the platform had in time and sent back', () => {
    const bench = recordsBench()
    const dueToday = { XK_JDRQ: '2026-11-11', XK_YXQZ: '2026-11-11' }
    const recordId = bench.editing.create('XZXK_FR', licence(2, dueToday))
    settle(bench, recordId, 'rejected')
    bench.database
      .prepare("UPDATE record SET first_received_at = '2026-11-13T01:00:00.000Z' WHERE record_id = ?")
      .run(recordId)
    const { counts, days } = bench.desk.overview()
    expect(counts).toMatchObject({ overdue: 0, dueToday: 0, dueSoon: 0, rejected: 1 })
    expect(days[1]).toMatchObject({ today: true, due: 0 })
    expect(bench.desk.dangerList(5)).toMatchObject({ dueToday: 0 })
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

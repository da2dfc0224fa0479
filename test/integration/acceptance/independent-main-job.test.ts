import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SeenItem } from '@test/fixtures/independent-platform/item-rules'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { makeIndependentDesk, reckon, scratchFolder } from './desk-under-test'
import type { IndependentDesk, ListedRecord } from './desk-under-test'

const rows = 250
const clean = rows * 0.9
const scratch = scratchFolder('independent')
let made: IndependentDesk

const refusal = (item: SeenItem, code: string, severity: 'error' | 'warning') => [
  { code, field: 'XK_WSH', value: item.payload['XK_WSH'] ?? null, message: `第二平台：${code}`, severity },
]

/** Every 45th is refused the first time, every seventh of the others is remarked on. */
const judge = (item: SeenItem) => {
  if (item.itemNo % 45 === 0 && item.revision === 1) return refusal(item, '1001', 'error')
  return item.itemNo % 7 === 0 ? refusal(item, '1007', 'warning') : []
}

beforeAll(async () => {
  made = await makeIndependentDesk(scratch.path)
  made.platform.book.judge = judge
  made.platform.book.settleMs = 1_500
  made.platform.itemsPage = 40
})
afterAll(async () => {
  await made?.platform.stop()
  scratch.remove()
})

describe('the main job at a platform written from the protocol alone', () => {
  it('tests the connection step by step', async () => {
    const { desk, platform, platformKeyFile } = made
    const words = ['--platform', platform.url, '--client-id', 'px-0001', '--platform-key', platformKeyFile]
    const result = await desk.run('connect', ...words)
    expect(result.code, result.stderr).toBe(0)
    expect(result.json).toMatchObject({ ok: true })
    expect(platform.violations).toEqual([])
  })

  it('submits in parts, pages the outcomes and believes the receipt', async () => {
    const { desk, platform } = made
    const workbook = join(scratch.path, 'licences.xlsx')
    await writeMessyLicences(workbook, rows)
    expect(await desk.import(workbook, 'XZXK_FR')).toMatchObject({ rows, imported: rows, clean })
    const result = await desk.run('submit')
    expect(platform.violations).toEqual([])
    expect(result.code, result.stderr).toBe(1)
    const rejected = Math.floor(clean / 45)
    const warned = Math.floor(clean / 7) - Math.floor(clean / 315)
    expect(result.json).toMatchObject({
      batches: [
        { items: clean, accepted: clean - rejected - warned, warned, rejected, duplicate: 0, unknown: 0 },
      ],
    })
    const batch = [...platform.book.batches.values()][0]!
    expect(batch.manifest.partCount).toBe(3)
    expect((result.json as { batches: unknown[] }).batches[0]).toMatchObject({
      batchId: batch.manifest.batchId,
      receiptNo: batch.receiptNo,
      receivedAt: batch.receivedAt,
    })
    expect((await reckon(made)).ledgerLines).toBe(clean - rejected)
  })

  it('polls no faster than the platform allows', () => {
    for (const times of made.platform.polls.values()) {
      const pauses = times.slice(1).map((at, index) => at - times[index]!)
      expect(Math.min(...pauses, Infinity)).toBeGreaterThan(900)
    }
  })

  it('corrects what was refused and has it accepted', async () => {
    const { desk } = made
    const rejected = await desk.list('--delivery', 'rejected')
    expect(rejected).toHaveLength(Math.floor(clean / 45))
    for (const record of rejected) {
      expect(record.issues).toContainEqual(
        expect.objectContaining({
          source: 'platform',
          code: 'platform.1001',
          field: 'XK_WSH',
          value: record.docNo,
        }),
      )
      expect((await desk.run('correct', record.recordId, 'BZ=已核对')).stderr).toBe('')
    }
    const again = await desk.run('submit')
    const batch = (again.json as { batches: { items: number; rejected: number }[] }).batches[0]!
    expect(batch).toMatchObject({ items: rejected.length, rejected: 0, unknown: 0 })
    const sum = await reckon(made)
    expect(sum).toMatchObject({ violations: [], redelivered: [], ledgerLines: clean })
    expect(sum.acceptedAtDesk).toEqual(sum.inLedger)
  })
})

describe('feedback of that platform', () => {
  let late: ListedRecord

  it('takes a late rejection, notices and unknown events from a feed that repeats itself', async () => {
    const { desk, platform } = made
    late = (await desk.list('--delivery', 'accepted'))[0]!
    const { platformRef } = platform.book.ledger.find((line) => line.recordId === late.recordId)!
    const errors = [
      {
        code: '1001',
        field: 'XK_XDR_MC',
        value: late.subjectName,
        message: '未查询到主体',
        severity: 'error',
      },
    ]
    platform.feed.pageSize = 2
    platform.feed.post('item.rejected', {
      recordId: late.recordId,
      revision: late.revision,
      platformRef,
      errors,
    })
    platform.feed.post('notice.posted', { noticeId: 'n-1', title: '通知', text: '下周例会' })
    platform.feed.post('record.approved-by-moon', { platformRef })
    platform.feed.post('correction.requested', {
      ...{ noticeId: 'n-2', recordId: late.recordId, platformRef, dueOn: '2026-12-01', text: '请核对' },
      fields: [{ field: 'XK_NR', value: null, message: '内容过简' }],
    })
    platform.feed.post('standard.published', {
      id: 'pingxiang-credit',
      version: '2027.1',
      from: '2027-01-01',
      sha256: '0'.repeat(64),
      url: '/x',
    })
    const result = await desk.run('pull')
    expect(result.json).toEqual({ events: 5, rejected: 1, corrections: 1, takedowns: 0, standards: 1 })
    expect(result.code, result.stderr).toBe(1)
    expect((await desk.run('pull')).json).toEqual({
      events: 0,
      rejected: 0,
      corrections: 0,
      takedowns: 0,
      standards: 0,
    })
    expect(platform.violations).toEqual([])
  })

  it('has the late rejection corrected and accepted once more', async () => {
    const { desk, platform } = made
    const listed = (await desk.list('--delivery', 'revoked')).map((record) => record.recordId)
    expect(listed).toEqual([late.recordId])
    expect((await desk.run('correct', late.recordId, 'BZ=名称已核对')).code).toBe(0)
    expect(await desk.submit()).toMatchObject({ batches: [{ items: 1, rejected: 0, unknown: 0 }] })
    expect(platform.violations).toEqual([])
    expect(
      platform.book.ledger.filter((line) => line.recordId === late.recordId).map((line) => line.revision),
    ).toEqual([late.revision, late.revision + 1])
  })

  it('starts over when told to, and overwrites no work', async () => {
    const { desk, platform } = made
    const before = await desk.list()
    platform.feed.isResyncDue = true
    const result = await desk.run('pull')
    expect(result.code, result.stderr).toBe(0)
    expect(result.json).toEqual({ events: 0, rejected: 0, corrections: 0, takedowns: 0, standards: 0 })
    expect(platform.feed.isResyncDue).toBe(false)
    expect(await desk.list()).toEqual(before)
  })
})

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createAuditRepo } from '@engine/repos/audit-repo'
import { storeFile } from '@engine/repos/data-folder'
import { openDatabase } from '@engine/repos/database'
import { newDesk, nextPack, openStandardsDesk, packageOf, storeKey, withMandatory } from './standards-desk'

test('K4 a package waits for consent, shows what it would do, and is then the standard that drafts are checked by', async () => {
  const desk = await openStandardsDesk(await newDesk())
  const [, second] = await desk.addLicences(1, 3)
  await desk.addLicences(10, 2, { BZ: '已核对' })
  expect(await desk.install(packageOf(withMandatory('BZ')))).toEqual({
    ok: true,
    value: { version: '2026.2' },
  })
  expect(await desk.versions()).toMatchObject({
    inForce: '2026.1',
    versions: [
      { version: '2026.2', state: 'consent', origin: 'installed', changes: '一处必填' },
      { version: '2026.1', state: 'in-force', origin: 'release' },
    ],
  })
  expect(await desk.call('standard.adopt', { version: '2026.2' })).toMatchObject({
    ok: false,
    failure: { code: 'pack.preview-needed' },
  })

  const { standardPreview } = await desk.preview('2026.2')
  expect(standardPreview).toMatchObject({
    summary: expect.stringMatching(/^1 个字段改为必填.*；影响 3 条草稿$/) as string,
    details: ['法人许可：“备注”改为必填', expect.stringContaining('该字段')],
    drafts: 5,
    affected: 3,
    newlyBlocked: 3,
  })
  expect((await desk.must('records.get', { recordId: second! })).quality).toBe('clean')

  expect(await desk.adopt('2026.2')).toMatchObject({ state: 'done' })
  expect(await desk.versions()).toMatchObject({ inForce: '2026.2' })
  expect((await desk.must('desk.info', {})).standard.version).toBe('2026.2')
  const record = await desk.must('records.get', { recordId: second! })
  expect(record).toMatchObject({ quality: 'blocked', issueList: [{ code: 'field.required', field: 'BZ' }] })
  expect(record.values['XK_XDR_MC']).not.toBeUndefined()
  expect((await desk.must('desk.overview', {})).counts).toMatchObject({ ready: 2, blocked: 3 })
})

test('what was adopted is there after the next start, verified anew', async () => {
  const folder = await newDesk()
  const first = await openStandardsDesk(folder)
  await first.install(packageOf(withMandatory('BZ')))
  await first.close()
  const second = await openStandardsDesk(folder)
  expect((await second.version('2026.2')).state).toBe('consent')
  await second.preview('2026.2')
  await second.adopt('2026.2')
  await second.close()
  const third = await openStandardsDesk(folder)
  expect((await third.version('2026.2')).state).toBe('in-force')
  expect((await third.version('2026.1')).state).toBe('past')
})

test('K2 a version that begins tomorrow waits for its day, and drafts meanwhile are checked by the old one', async () => {
  const folder = await newDesk()
  const desk = await openStandardsDesk(folder)
  await desk.install(packageOf(withMandatory('BZ', { from: '2026-03-03' })))
  await desk.preview('2026.2')
  expect(await desk.adopt('2026.2')).toBeNull()
  expect((await desk.version('2026.2')).state).toBe('day')
  const [id] = await desk.addLicences(1, 1)
  expect((await desk.must('records.get', { recordId: id! })).quality).toBe('clean')
  desk.setDay('2026-03-03')
  expect((await desk.versions()).inForce).toBe('2026.2')
  await desk.close()
  const next = await openStandardsDesk(folder, { today: '2026-03-03' })
  expect(
    (await next.must('records.check', { recordType: 'XZXK_FR', recordId: null, values: {} })).issues,
  ).toContainEqual(expect.objectContaining({ field: 'BZ', code: 'field.required' }))
})

test('a version whose day has come without consent does not take over: the inbox says so', async () => {
  const folder = await newDesk()
  const desk = await openStandardsDesk(folder)
  await desk.install(packageOf(nextPack({ from: '2026-03-03' })))
  expect((await desk.must('inbox.list', {})).notices).toEqual([])
  await desk.close()
  const next = await openStandardsDesk(folder, { today: '2026-03-04' })
  expect((await next.versions()).inForce).toBe('2026.1')
  expect((await next.must('inbox.list', {})).notices).toMatchObject([{ kind: 'standard.waiting' }])
  await next.preview('2026.2')
  await next.adopt('2026.2')
  expect((await next.must('inbox.list', {})).notices).toEqual([])
})

test('K2 an expired version stays in force with a warning until a newer one is adopted', async () => {
  const folder = await newDesk()
  const desk = await openStandardsDesk(folder)
  await desk.install(packageOf(nextPack({ to: '2026-03-10' })))
  await desk.preview('2026.2')
  await desk.adopt('2026.2')
  await desk.close()
  const late = await openStandardsDesk(folder, { today: '2026-03-11' })
  expect(await late.versions()).toMatchObject({ inForce: '2026.2', isExpired: true })
  expect((await late.must('inbox.list', {})).notices).toMatchObject([{ kind: 'standard.expired' }])
  await late.install(packageOf(nextPack({ version: '2026.3' }), { supersedes: '2026.2' }))
  await late.preview('2026.3')
  await late.adopt('2026.3')
  expect(await late.versions()).toMatchObject({ inForce: '2026.3', isExpired: false })
  expect((await late.must('inbox.list', {})).notices).toEqual([])
})

test('the dry run stops when it is told to, and leaves nothing behind', async () => {
  const desk = await openStandardsDesk(await newDesk())
  await desk.addLicences(1, 450)
  await desk.install(packageOf(withMandatory('BZ')))
  const task = await desk.must('standard.preview', { version: '2026.2' })
  await desk.must('tasks.cancel', { taskId: task.taskId })
  expect(await desk.ended(task)).toMatchObject({ state: 'cancelled', standardPreview: null })
  expect((await desk.version('2026.2')).preview).toBeNull()
  expect(await desk.call('standard.adopt', { version: '2026.2' })).toMatchObject({ ok: false })
})

test('stopping the re-check leaves the rest to the seal, which checks by the standard in force', async () => {
  const desk = await openStandardsDesk(await newDesk())
  await desk.addLicences(1, 450)
  await desk.install(packageOf(withMandatory('BZ')))
  await desk.preview('2026.2')
  const { task } = await desk.must('standard.adopt', { version: '2026.2' })
  await desk.must('tasks.cancel', { taskId: task!.taskId })
  expect((await desk.ended(task!)).state).toBe('cancelled')
  expect((await desk.versions()).inForce).toBe('2026.2')
  expect((await desk.must('desk.overview', {})).counts.ready).toBeGreaterThan(0)
  await desk.ended(await desk.must('submission.start', { type: null, recordIds: null, label: null }))
  expect((await desk.must('desk.overview', {})).counts).toMatchObject({ ready: 0, blocked: 450 })
})

test('records of a type that the new version has dropped can be read but no more be sent', async () => {
  const desk = await openStandardsDesk(await newDesk())
  const [id] = await desk.addLicences(1, 1)
  const pack = nextPack()
  const without = nextPack({
    recordTypes: pack.recordTypes.filter((type) => type.code !== 'XZXK_FR'),
    rules: Object.fromEntries(Object.entries(pack['rules'] as object).filter(([code]) => code !== 'XZXK_FR')),
    conversions: {},
    reference: undefined,
  })
  expect(await desk.install(packageOf(without))).toEqual({ ok: true, value: { version: '2026.2' } })
  expect((await desk.preview('2026.2')).standardPreview).toMatchObject({
    summary: expect.stringContaining('取消 1 个类别') as string,
    affected: 1,
    newlyBlocked: 1,
  })
  await desk.adopt('2026.2')
  const record = await desk.must('records.get', { recordId: id! })
  expect(record.issueList).toMatchObject([
    { code: 'standard.type-withdrawn', message: expect.stringContaining('取消') as string },
  ])
  expect(record.values['XK_WSH']).toContain('号')
})

test('K4 a pack that would spoil a third of what is ready says so first, and spoils nothing unasked', async () => {
  const desk = await openStandardsDesk(await newDesk())
  await desk.addLicences(1, 3)
  await desk.addLicences(10, 7, { BZ: '已核对' })
  await desk.install(packageOf(withMandatory('BZ')))
  expect((await desk.must('desk.overview', {})).counts).toMatchObject({ ready: 10, blocked: 0 })
  const { standardPreview } = await desk.preview('2026.2')
  expect(standardPreview).toMatchObject({ drafts: 10, affected: 3, newlyBlocked: 3 })
  expect((await desk.must('desk.overview', {})).counts).toMatchObject({ ready: 10, blocked: 0 })
  await desk.adopt('2026.2')
  expect((await desk.must('desk.overview', {})).counts).toMatchObject({ ready: 7, blocked: 3, total: 10 })
})

test('the trail tells what came, was refused, was agreed to and began; drafts are pinned to what checked them', async () => {
  const folder = await newDesk()
  const desk = await openStandardsDesk(folder)
  const [id] = await desk.addLicences(1, 1)
  await desk.install(packageOf(nextPack({ version: '2025.1' })))
  await desk.install(packageOf(withMandatory('BZ')))
  await desk.preview('2026.2')
  await desk.adopt('2026.2')
  await desk.close()
  const database = openDatabase({ file: storeFile(join(folder, 'desk')), key: storeKey })
  try {
    const audit = createAuditRepo(database)
    expect(audit.firstBroken()).toBeNull()
    const acts = ['standard.refused', 'standard.installed', 'standard.adopted', 'standard.in-force']
    const rows = audit.recent(acts, 10).map(({ act, body }) => [act, body['version'], body['code']])
    expect(rows.reverse()).toEqual([
      ['standard.refused', '2025.1', 'pack.older'],
      ['standard.installed', '2026.2', undefined],
      ['standard.adopted', '2026.2', undefined],
      ['standard.in-force', '2026.2', undefined],
    ])
    expect(
      database
        .prepare('SELECT standard_version FROM revision WHERE record_id = ? ORDER BY revision')
        .pluck()
        .all(id),
    ).toEqual(['2026.2'])
  } finally {
    database.close()
  }
})

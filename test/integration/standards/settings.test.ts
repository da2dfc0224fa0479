import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createAuditRepo } from '@engine/repos/audit-repo'
import { storeFile } from '@engine/repos/data-folder'
import { openDatabase } from '@engine/repos/database'
import type { StandardsDesk } from './standards-desk'
import { newDesk, nextPack, openStandardsDesk, packageOf, shippedPack, storeKey } from './standards-desk'

type Desk = StandardsDesk

const settingOf = async (desk: Desk, id: string) =>
  (await desk.must('standard.settings', {})).settings.find((setting) => setting.id === id)!
const lengthOf = async (desk: Desk, code: string) =>
  (await desk.must('standard.current', {})).recordTypes[0]!.fields.find((field) => field.code === code)!
    .maxLength
const set = async (desk: Desk, changes: Readonly<Record<string, string | number | null>>) => {
  const { changed, task } = await desk.must('standard.setSettings', { changes })
  if (task !== null) expect(await desk.ended(task)).toMatchObject({ state: 'done' })
  return changed
}
/** What the trail of a closed desk says of settings, the newest first. */
function settingsTrail(folder: string) {
  const database = openDatabase({ file: storeFile(join(folder, 'desk')), key: storeKey })
  try {
    const audit = createAuditRepo(database)
    expect(audit.firstBroken()).toBeNull()
    return audit.recent(['standard.setting-changed'], 10).map(({ body }) => body)
  } finally {
    database.close()
  }
}

test('every setting says its source, how sure it is, its own value and where it stands', async () => {
  const desk = await openStandardsDesk(await newDesk())
  const { settings, version } = await desk.must('standard.settings', {})
  expect(version).toBe('2026.1')
  for (const { id, title, source, confidence, value, default: own, places } of settings) {
    expect([id, title === '', source === '', places.length > 0]).toEqual([id, false, false, true])
    expect(['C', 'D']).toContain(confidence)
    expect(value).toBe(own)
  }
  const length = await settingOf(desk, 'licence.document-title-length')
  expect(length.places).toContainEqual({
    type: '法人许可',
    part: '行政许可决定文书名称',
  })
})

test('a chosen value holds at once, checks the drafts again, is in the trail, and is there after the next start', async () => {
  const folder = await newDesk()
  const desk = await openStandardsDesk(folder)
  const long = '关'.repeat(50)
  const [id] = await desk.addLicences(1, 2, { XK_XKWS: long })
  const before = (await desk.must('desk.overview', {})).counts.ready
  expect(before).toBe(2)

  const changes = { 'licence.document-title-length': 40 }
  const tried = await desk.ended(await desk.must('standard.trySettings', { changes }))
  expect(tried.standardPreview).toMatchObject({ drafts: 2, affected: 2, newlyBlocked: 2 })
  expect(tried.standardPreview!.summary).toContain('2 个字段的长度缩短')
  expect(await lengthOf(desk, 'XK_XKWS')).toBe(64)
  expect((await desk.must('desk.overview', {})).counts.ready).toBe(2)

  expect(await set(desk, changes)).toBe(1)
  expect(await lengthOf(desk, 'XK_XKWS')).toBe(40)
  const record = await desk.must('records.get', { recordId: id! })
  expect(record.issueList).toContainEqual(expect.objectContaining({ code: 'field.length', field: 'XK_XKWS' }))
  expect((await desk.must('desk.overview', {})).counts.ready).toBe(0)
  await desk.close()
  expect(settingsTrail(folder)).toEqual([
    expect.objectContaining({ title: '许可决定文书名称的最大字数', before: '64', after: '40' }),
  ])

  const next = await openStandardsDesk(folder)
  expect(await settingOf(next, 'licence.document-title-length')).toMatchObject({ value: 40, default: 64 })
  expect(await set(next, { 'licence.document-title-length': null })).toBe(1)
  expect((await next.must('desk.overview', {})).counts.ready).toBe(2)
  expect(await set(next, { 'licence.document-title-length': 64 })).toBe(0)
})

test('the first day of the term moves the due dates of drafts', async () => {
  const desk = await openStandardsDesk(await newDesk())
  const [id] = await desk.addLicences(1, 1, { XK_JDRQ: '2026-02-26', XK_YXQZ: '2026-02-26' })
  const dueOn = async () => (await desk.must('records.get', { recordId: id! })).clock.dueOn
  expect(await dueOn()).toBe('2026-03-06')
  await set(desk, { 'deadline.start': 'same-day' })
  expect(await dueOn()).toBe('2026-03-05')
})

test('what the standard does not know or allow is refused, all of it', async () => {
  const folder = await newDesk()
  const desk = await openStandardsDesk(folder)
  const fine = { 'penalty.fine': 'hint' }
  for (const [changes, code] of [
    [{ ...fine, 'no.such-setting': 1 }, 'pack.unknown-setting'],
    [{ ...fine, 'licence.content-length': 5_000 }, 'pack.setting-out-of-range'],
    [{ ...fine, 'licence.content-length': 2_048.5 }, 'pack.setting-out-of-range'],
    [{ ...fine, 'licence.content-length': '4000' }, 'pack.setting-out-of-range'],
    [{ ...fine, 'penalty.confiscation': '必须改正' }, 'pack.setting-out-of-range'],
  ] as const) {
    expect(await desk.call('standard.setSettings', { changes })).toMatchObject({ failure: { code } })
    const tried = await desk.ended(await desk.must('standard.trySettings', { changes }))
    expect(tried).toMatchObject({ state: 'failed', failure: { code } })
  }
  expect(await settingOf(desk, 'penalty.fine')).toMatchObject({ value: 'error' })
  await desk.close()
  expect(settingsTrail(folder)).toEqual([])
})

test('a choice holds for later versions as far as they can take it, and a lost one is said beforehand', async () => {
  const folder = await newDesk()
  const desk = await openStandardsDesk(folder)
  await set(desk, { 'licence.document-title-length': 200, 'penalty.fine': 'warning' })
  const settings = (shippedPack['settings'] as { readonly id: string }[]).map((setting) =>
    setting.id === 'licence.document-title-length' ? { ...setting, range: { min: 32, max: 128 } } : setting,
  )
  expect(await desk.install(packageOf(nextPack({ settings })))).toMatchObject({ ok: true })
  const { standardPreview } = await desk.preview('2026.2')
  expect(standardPreview!.details).toContainEqual(
    '本市设置“许可决定文书名称的最大字数”的值 200 超出新版本的范围，改按标准的值 64',
  )
  await desk.adopt('2026.2')
  expect(await settingOf(desk, 'licence.document-title-length')).toMatchObject({ value: 64 })
  expect(await settingOf(desk, 'penalty.fine')).toMatchObject({ value: 'warning' })
  await desk.close()
  const next = await openStandardsDesk(folder)
  expect(await next.versions()).toMatchObject({ inForce: '2026.2' })
  expect(await settingOf(next, 'penalty.fine')).toMatchObject({ value: 'warning' })
})

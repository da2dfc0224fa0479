import { expect, it } from 'vitest'
import { openDatabase } from '@engine/repos/database'
import { newDeskFolder, testKey } from '@test/integration/exchange/exchange-fixture'
import { licencePayload } from '@test/integration/practice/invented-items'
import { openUpkeepDesk } from './upkeep-desk'

it('keeps the names of operators, and every act bears the name of whoever is there', async () => {
  const desk = await openUpkeepDesk(await newDeskFolder())
  await desk.must('settings.set', { operator: '示例甲' })
  await desk.must('settings.set', { operators: ['示例甲', '示例乙'] })
  await desk.must('settings.set', { operator: '示例乙' })
  expect(await desk.must('settings.get', {})).toMatchObject({
    ...{ operator: '示例乙', operators: ['示例甲', '示例乙'] },
  })
  await desk.must('settings.set', { operator: '示例丙' })
  expect((await desk.must('settings.get', {})).operators).toEqual(['示例甲', '示例乙', '示例丙'])
  // The present one cannot be taken from the list.
  await desk.must('settings.set', { operators: ['示例甲'] })
  expect((await desk.must('settings.get', {})).operators).toEqual(['示例甲', '示例丙'])
  expect(await desk.call('settings.set', { operator: ' ' })).toMatchObject({
    failure: { code: 'contract.invalid-input' },
  })
  const { rows } = await desk.must('audit.page', { scope: 'desk', before: null, limit: 10 })
  expect(rows.filter(({ act }) => act === 'desk.operator-changed')).toMatchObject([
    { actor: '示例乙', params: { before: '示例乙', after: '示例丙' } },
    { actor: '示例甲', params: { before: '示例甲', after: '示例乙' } },
    { actor: '经办员', params: { before: '经办员', after: '示例甲' } },
  ])
  expect(await desk.must('backup.check', {})).toEqual({ problems: [] })
})

it('brings a note to whoever keyed the record, in the timeline for all, until it was read', async () => {
  const folder = await newDeskFolder()
  const desk = await openUpkeepDesk(folder)
  const be = (operator: string) => desk.must('settings.set', { operator })
  await be('示例甲')
  const [first, second] = await desk.addLicences(1, 2)
  await be('示例乙')
  const other = await desk.must('records.create', { recordType: 'XZXK_FR', values: licencePayload(9) })

  const heard: string[] = []
  desk.engine.on((name) => heard.push(name))
  // Of a group: for each of them whoever keyed it.
  const given = [first!, second!, first!, other.recordId]
  expect(await desk.must('notes.add', { recordIds: given, text: ' 文书号少了年份 ' })).toEqual({
    to: ['示例甲', '示例乙'],
  })
  expect(heard).toContain('notes.changed')
  // One's own is not waiting for oneself.
  expect(await desk.must('notes.mine', {})).toEqual({ total: 0, notes: [] })

  await be('示例甲')
  const mine = await desk.must('notes.mine', {})
  expect(mine).toMatchObject({ total: 2, notes: [{ author: '示例乙', text: '文书号少了年份' }, {}] })
  expect(mine.notes.map(({ docNo }) => docNo).sort()).toEqual([
    licencePayload(1)['XK_WSH'],
    licencePayload(2)['XK_WSH'],
  ])
  const timeline = async (recordId: string) => (await desk.must('records.get', { recordId })).timeline
  expect((await timeline(first!))[0]).toMatchObject({
    ...{ act: 'record.noted', actor: '示例乙', params: { to: '示例甲', text: '文书号少了年份' } },
  })

  const noteIds = mine.notes.map(({ noteId }) => noteId)
  // Nobody else can read it away.
  await be('示例乙')
  await desk.must('notes.read', { noteIds })
  await be('示例甲')
  expect(await desk.must('notes.read', { noteIds: noteIds.slice(0, 1) })).toMatchObject({ total: 1 })
  expect(await desk.must('notes.read', { noteIds })).toEqual({ total: 0, notes: [] })
  await desk.must('notes.read', { noteIds })
  expect((await timeline(first!)).filter(({ act }) => act === 'record.note-read')).toHaveLength(1)

  expect(await desk.call('notes.add', { recordIds: [first!, 'none'], text: '没有' })).toMatchObject({
    failure: { code: 'record.not-found' },
  })
  expect((await timeline(first!)).filter(({ act }) => act === 'record.noted')).toHaveLength(1)
  expect(await desk.call('notes.add', { recordIds: [first!], text: ' ' })).toMatchObject({ ok: false })
  await desk.close()

  const database = openDatabase({ file: `${folder}/store.db`, key: testKey })
  expect(() => database.exec("UPDATE note SET text = '改'")).toThrow('append-only')
  expect(() => database.exec('UPDATE note SET read_at = NULL')).toThrow('append-only')
  expect(() => database.exec('DELETE FROM note')).toThrow('never deleted')
  database.close()
})

import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '@test/fixtures/command-line'
import { brokenUscc } from '@test/fixtures/invented-subjects'
import { goodTable, workbookBytes } from './bad-files'
import { DeskUnderTest, makeIndependentDesk, scratchFolder } from './desk-under-test'
import type { IndependentDesk, ListedRecord } from './desk-under-test'
import { expectRefusal } from './plain-refusal'

const scratch = scratchFolder('json')
const file = join(scratch.path, '许可.xlsx')
let made: IndependentDesk
let desk: DeskUnderTest

const keys = (value: unknown): string => Object.keys(value as object).join()
const members = (value: unknown, name: string): unknown => (value as Record<string, unknown>)[name]
const first = (value: unknown, name: string): unknown => (members(value, name) as readonly unknown[])[0]

const importMembers = 'file,sha256,rows,imported,updated,skipped,clean,warned,blocked,issues,issueCounts'
const recordMembers = [
  'recordId',
  'revision',
  'type',
  'docNo',
  'subjectName',
  'legalDate',
  'dueOn',
  'clock',
  'editorial',
  'delivery',
  'quality',
  'issues',
]
const issueMembers = 'code,severity,source,field,value,message,serverText'
const batchMembers = 'batchId,items,accepted,warned,rejected,duplicate,unknown,receiptNo,receivedAt'

beforeAll(async () => {
  const [header, ...rows] = goodTable(4, 90_000)
  const broken = rows[3]!.map((cell, at) => (at === 2 ? brokenUscc(90_003) : cell))
  writeFileSync(file, workbookBytes('xlsx', [header!, rows[0]!, rows[1]!, rows[2]!, broken]))
  made = await makeIndependentDesk(scratch.path)
  desk = made.desk
})
afterAll(async () => {
  await made?.platform.stop()
  scratch.remove()
})

describe('one JSON document a command, with the members of the public interface', () => {
  it('init', async () => {
    const other = new DeskUnderTest(join(scratch.path, 'other'))
    const result = await other.init()
    expect(result.code).toBe(0)
    expect(keys(result.json)).toBe('dataDir,deskId,clientId,publicKey')
    expect(result.json).toMatchObject({
      dataDir: other.dataDir,
      publicKey: expect.stringMatching(/^04[0-9a-f]{128}$/) as string,
    })
  })

  it('connect', async () => {
    const words = [
      '--platform',
      made.platform.url,
      '--client-id',
      'px-0001',
      '--platform-key',
      made.platformKeyFile,
    ]
    const result = await desk.run('connect', ...words)
    expect(result.code).toBe(0)
    expect(keys(result.json)).toBe('ok,steps')
    expect(keys(first(result.json, 'steps'))).toBe('step,ok,message')
  })

  it('validate and import', async () => {
    const validated = await desk.run('validate', file, '--type', 'XZXK_FR')
    const imported = await desk.run('import', file, '--type', 'XZXK_FR')
    for (const result of [validated, imported]) {
      expect(result.code).toBe(1)
      expect(keys(result.json)).toBe(importMembers)
      expect(keys(first(result.json, 'issues'))).toBe('row,column,field,code,severity,value,message')
      expect(result.json).toMatchObject({
        file: '许可.xlsx',
        rows: 4,
        imported: 4,
        clean: 3,
        blocked: 1,
        warned: 0,
      })
      expect(first(result.json, 'issues')).toMatchObject({
        row: 5,
        column: 'C',
        severity: 'error',
        value: brokenUscc(90_003),
      })
    }
    const issues = members(imported.json, 'issues') as { code: string }[]
    const counted: Record<string, number> = {}
    for (const { code } of issues) counted[code] = (counted[code] ?? 0) + 1
    expect(members(imported.json, 'issueCounts')).toEqual(counted)
    expect(members(validated.json, 'issues')).toEqual(issues)
  })

  it('check', async () => {
    const result = await desk.run('check')
    expect(result.code).toBe(1)
    expect(keys(result.json)).toBe('checked,clean,warned,blocked,issueCounts')
    expect(result.json).toMatchObject({ checked: 4, clean: 3, blocked: 1 })
  })

  it('list, page by page', async () => {
    const page = await desk.run('list', '--limit', '3')
    expect(page.code).toBe(0)
    expect(keys(page.json)).toBe('records,next')
    expect(keys(first(page.json, 'records'))).toBe(recordMembers.join())
    const rest = await desk.run('list', '--limit', '3', '--after', members(page.json, 'next') as string)
    expect(rest.json).toMatchObject({ next: null })
    expect((members(rest.json, 'records') as unknown[]).length).toBe(1)
    expect((await desk.run('list', '--type', 'XZCF_FR')).json).toEqual({ records: [], next: null })
    const [blocked] = (await desk.list()).filter((one) => one.quality === 'blocked')
    expect(keys(blocked!.issues[0])).toBe(issueMembers)
    const unknown = await desk.run('list', '--type', 'NOPE')
    expectRefusal(unknown, 3)
    expect(unknown.json).toMatchObject({ failure: { code: 'pack.unknown-type' } })
  })

  it('set and correct', async () => {
    const record = (await desk.list()).find((one) => one.quality === 'blocked')!
    const set = await desk.run('set', record.recordId, 'BZ=说明')
    expect(Object.keys(set.json as object)).toEqual(expect.arrayContaining(recordMembers))
    expect(set.json).toMatchObject({ values: { BZ: '说明' } })
    expect(set.json).toMatchObject({ recordId: record.recordId, quality: 'blocked', delivery: 'none' })
    expect(set.code).toBe(1)
    expect((await desk.run('set', record.recordId, 'NO_SUCH=1')).code).toBe(3)
  })

  it('due', async () => {
    const result = await desk.run('due', '--days', '5')
    expect(keys(result.json)).toBe('overdue,dueToday,dueSoon,records')
    expect(keys(first(result.json, 'records'))).toBe(recordMembers.join())
    const records = members(result.json, 'records') as readonly ListedRecord[]
    const blocked = records.find((one) => one.quality === 'blocked')
    expect(keys(blocked!.issues[0])).toBe(issueMembers)
  })

  it('submit and resume', async () => {
    const result = await desk.run('submit', '--type', 'XZXK_FR', '--label', '十一月')
    expect(result.code).toBe(1)
    expect(keys(result.json)).toBe('batches,notSent')
    expect(keys(first(result.json, 'batches'))).toBe(batchMembers)
    expect(keys(first(result.json, 'notSent'))).toBe('recordId,reason')
    expect((await desk.run('resume')).json).toEqual({ batches: [], notSent: [] })
  })

  it('pull', async () => {
    const result = await desk.run('pull')
    expect(result.code).toBe(0)
    expect(keys(result.json)).toBe('events,rejected,corrections,takedowns,standards')
  })

  it('template', async () => {
    const path = join(scratch.path, '模板.xlsx')
    const result = await desk.run('template', '--type', 'XZXK_FR', path)
    expect(result.json).toEqual({ path })
    expect(existsSync(path)).toBe(true)
    expect((await desk.run('validate', path, '--type', 'XZXK_FR')).json).toMatchObject({
      failure: { code: 'input.no-rows' },
    })
  })

  it('speaks Chinese to people without --json, and nothing of it is JSON', async () => {
    for (const words of [['list'], ['due'], ['check'], ['submit'], ['pull']]) {
      const result = await runCommand([...words, '--data', desk.dataDir])
      expect(result.stdout, words.join()).toMatch(/[\u4e00-\u9fff]{2}/)
      expect(result.json, words.join()).toBeNull()
    }
  })
})

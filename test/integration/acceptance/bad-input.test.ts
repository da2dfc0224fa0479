import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '@test/fixtures/command-line'
import { badFiles, encoded, goodCsv, goodTable, workbookBytes, writeBadFile } from './bad-files'
import { DeskUnderTest, scratchFolder } from './desk-under-test'
import type { FailureJson, ImportJson } from './desk-under-test'
import { expectRefusal } from './plain-refusal'

const scratch = scratchFolder('bad-input')
const desk = new DeskUnderTest(join(scratch.path, 'desk'))
const goodFile = join(scratch.path, '好.xlsx')

beforeAll(async () => {
  writeFileSync(goodFile, workbookBytes('xlsx', goodTable(3)))
  expect((await desk.init()).code).toBe(0)
})
afterAll(async () => {
  // Nothing of all this may have left a record behind but those of the files that were good.
  const types = new Set((await desk.list()).map((record) => record.type))
  scratch.remove()
  expect([...types]).toEqual(['XZXK_FR'])
})

describe('files that are refused as a whole', () => {
  it.each(badFiles)('$title', async (file) => {
    const path = writeBadFile(scratch.path, file)
    const before = (await desk.list()).length
    const refused = await desk.run('import', path, '--type', 'XZXK_FR')
    expectRefusal(refused, 3)
    expect((refused.json as FailureJson).failure.code).toMatch(file.code)
    expect((refused.json as FailureJson).failure.message).toMatch(file.says)
    expect((await desk.list()).length).toBe(before)
    const validated = await desk.run('validate', path, '--type', 'XZXK_FR')
    expect(validated.json).toEqual(refused.json)
  })
})

describe('CSV in the encodings that are in use', () => {
  const texts = [
    { title: 'GB18030', bytes: () => encoded(goodCsv(3, 51_000), 'gb18030') },
    { title: 'UTF-8 with BOM', bytes: () => Buffer.from(`\ufeff${goodCsv(3, 52_000)}`) },
    { title: 'UTF-8 without BOM', bytes: () => Buffer.from(goodCsv(3, 53_000)) },
    { title: 'UTF-16 with BOM', bytes: () => Buffer.from(`\ufeff${goodCsv(3, 54_000)}`, 'utf16le') },
    {
      title: 'GB18030 with line feeds only',
      bytes: () => encoded(goodCsv(3, 55_000).replaceAll('\r\n', '\n'), 'gb18030'),
    },
  ]
  it.each(texts)('$title', async ({ title, bytes }) => {
    const path = join(scratch.path, `${title}.csv`)
    writeFileSync(path, bytes())
    const result = await desk.run('import', path, '--type', 'XZXK_FR')
    expect(result.code, result.stdout).toBe(0)
    expect(result.json).toMatchObject({
      rows: 3,
      imported: 3,
      clean: 3,
      issues: [],
    } satisfies Partial<ImportJson>)
    const names = (await desk.list()).map((record) => record.subjectName)
    expect(names.filter((name) => !/^萍乡市示例第\d+贸易有限公司$/.test(name))).toEqual([])
  })
})

describe('old workbooks', () => {
  it.each([
    ['旧.xls', 56_000],
    ['表.et', 57_000],
  ])('%s is read as it stands', async (name, from) => {
    const path = join(scratch.path, name)
    writeFileSync(path, workbookBytes('biff8', goodTable(3, from)))
    const result = await desk.run('import', path, '--type', 'XZXK_FR')
    expect(result.json, result.stderr).toMatchObject({ rows: 3, imported: 3, clean: 3 })
  })
})

describe('words that are typed wrong', () => {
  const typed: readonly { title: string; words: readonly string[]; exit: number }[] = [
    { title: 'unknown record type', words: ['import', goodFile, '--type', 'XZXK_XX'], exit: 3 },
    { title: 'no record type', words: ['import', goodFile], exit: 2 },
    { title: 'unknown command', words: ['upload', goodFile], exit: 2 },
    { title: 'unknown option', words: ['submit', '--fast'], exit: 2 },
    { title: 'a missing file name', words: ['import', '--type', 'XZXK_FR'], exit: 2 },
    { title: 'an unknown state', words: ['list', '--delivery', 'gone'], exit: 2 },
    { title: 'a limit that is no number', words: ['list', '--limit', 'many'], exit: 2 },
    {
      title: 'an unknown sheet',
      words: ['import', goodFile, '--type', 'XZXK_FR', '--sheet', '没有'],
      exit: 3,
    },
    { title: 'an assignment without a field', words: ['set', 'x', '=1'], exit: 2 },
    { title: 'an unknown record', words: ['set', '01a207b9-0000-7000-8000-000000000000', 'BZ=1'], exit: 3 },
    { title: 'a correction of an unknown record', words: ['correct', 'nothing', 'BZ=1'], exit: 3 },
    { title: 'no connection yet', words: ['submit'], exit: 3 },
    { title: 'nobody to pull from', words: ['pull'], exit: 3 },
    {
      title: 'a platform without its key',
      words: ['connect', '--platform', 'http://127.0.0.1:9/api/v1', '--client-id', 'a'],
      exit: 2,
    },
    {
      title: 'a platform key that is none',
      words: [
        'connect',
        '--platform',
        'http://127.0.0.1:9/api/v1',
        '--client-id',
        'a',
        '--platform-key',
        goodFile,
      ],
      exit: 3,
    },
    {
      title: 'an error workbook that cannot be written',
      words: [
        'import',
        goodFile,
        '--type',
        'XZXK_FR',
        '--errors',
        join(scratch.path, 'no', 'such', 'x.xlsx'),
      ],
      exit: 3,
    },
    {
      title: 'a template where no folder is',
      words: ['template', '--type', 'XZXK_FR', join(scratch.path, 'no', 'such', 'x.xlsx')],
      exit: 3,
    },
  ]
  it.each(typed)('$title', async ({ words, exit }) => {
    expectRefusal(await desk.run(...words), exit)
  })

  it('an instant that is none', async () => {
    expectRefusal(await runCommand(['list', '--data', desk.dataDir, '--json', '--now', 'yesterday']), 2)
  })

  it('no command at all', async () => {
    const result = await desk.run()
    expect(result.code).toBe(2)
  })
})

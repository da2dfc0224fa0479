import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mendMessyRow, mendWorkbook } from '@test/fixtures/mended-workbook'
import { writeMessyLicences } from '@test/fixtures/messy-licences'
import { DeskUnderTest, scratchFolder } from '@test/integration/acceptance/desk-under-test'
import type { FailureJson, ImportJson } from '@test/integration/acceptance/desk-under-test'
import { expectRefusal } from '@test/integration/acceptance/plain-refusal'

const scratch = scratchFolder('error-workbook')
const desk = new DeskUnderTest(join(scratch.path, 'desk'))
const at = (name: string): string => join(scratch.path, name)
const imported = async (name: string, ...words: readonly string[]): Promise<ImportJson> =>
  (await desk.run('import', at(name), '--type', 'XZXK_FR', ...words)).json as ImportJson

beforeAll(async () => {
  expect((await desk.init()).code).toBe(0)
})
afterAll(() => scratch.remove())

it('leads from a messy file over its error workbook to the same records, all of them ready', async () => {
  const { blocked } = await writeMessyLicences(at('a.xlsx'), 200)
  const first = await imported('a.xlsx', '--errors', at('errors.xlsx'))
  expect(first).toMatchObject({ rows: 200, imported: 200, blocked: blocked.size })
  const before = await desk.list()

  const rows = await mendWorkbook(at('errors.xlsx'), at('mended.xlsx'), (row) => mendMessyRow(row))
  const second = await desk.run('import', at('mended.xlsx'), '--type', 'XZXK_FR')
  expect(second.json, second.stderr).toMatchObject({
    rows,
    imported: 0,
    updated: blocked.size,
    skipped: rows - blocked.size,
    blocked: 0,
  })
  const revisions = (await desk.list()).map(({ recordId, revision, quality }) => [
    recordId,
    revision,
    quality,
  ])
  const expected = before.map(({ recordId, revision, quality }) =>
    quality === 'blocked' ? [recordId, revision + 1, 'clean'] : [recordId, revision, quality],
  )
  expect(revisions.sort()).toEqual(expected.sort())
})

it('writes the rows that are still wrong once more when an untouched file comes again', async () => {
  await writeMessyLicences(at('b.xlsx'), 60, 20_000)
  const { blocked } = await imported('b.xlsx')
  expect(await imported('b.xlsx', '--errors', at('again.xlsx'))).toMatchObject({ skipped: 60 })
  let red = 0
  await mendWorkbook(at('again.xlsx'), at('unused.xlsx'), (row) => (red += row.red.length > 0 ? 1 : 0))
  expect(red).toBe(blocked)
})

it('refuses the template of another record type by name', async () => {
  expect((await desk.run('template', '--type', 'XZXK_ZRR', at('natural.xlsx'))).code).toBe(0)
  const refused = await desk.run('import', at('natural.xlsx'), '--type', 'XZXK_FR')
  expectRefusal(refused, 3)
  expect((refused.json as FailureJson).failure).toMatchObject({
    code: 'input.other-template',
    message: expect.stringContaining('行政许可（自然人）') as string,
  })
})

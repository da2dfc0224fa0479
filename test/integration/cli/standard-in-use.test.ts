import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { licencePayload } from '@test/integration/practice/invented-items'
import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import { runCommand, type CommandRun } from '@test/fixtures/command-line'
import {
  newDesk,
  openStandardsDesk,
  packageOf,
  storeKey,
  withMandatory,
} from '@test/integration/standards/standards-desk'

const leftToDo: (() => Promise<void> | void)[] = []
const whenDone = (work: () => Promise<void> | void): void => void leftToDo.unshift(work)
let folder: string
let scratch: string
let ids: readonly string[]

/** A command about the desk of these tests, or about none. */
const run = (...words: readonly string[]): Promise<CommandRun> =>
  runCommand([...words, '--json'], { XINBAO_KEY: storeKey, XDG_DATA_HOME: scratch })
const atDesk = (...words: readonly string[]) => run(...words, '--data', join(folder, 'desk'))

async function requiredBy(command: typeof run): Promise<readonly string[]> {
  const path = join(scratch, 'schema.json')
  expect(await command('schema', '--type', 'XZXK_FR', path)).toMatchObject({ code: 0, json: { path } })
  return (JSON.parse(readFileSync(path, 'utf8')) as { required: string[] }).required
}

beforeAll(async () => {
  folder = await newDesk({ whenDone })
  scratch = mkdtempSync(join(tmpdir(), 'xinbao-cli-standard-'))
  whenDone(() => rmSync(scratch, { recursive: true, force: true }))
  const desk = await openStandardsDesk(folder, { whenDone })
  ids = await desk.addLicences(1, 2, { XK_XKWS: '关'.repeat(50) })
  await desk.close()
  writeFileSync(join(scratch, 'package.json'), packageOf(withMandatory('BZ')))
})
afterAll(async () => {
  for (const work of leftToDo) await work()
})

describe('the standard from the command line', () => {
  it('is installed, looked at and adopted; drafts are checked again', async () => {
    expect(await atDesk('standard')).toMatchObject({ code: 0, json: { inForce: '2026.1' } })
    expect(await requiredBy(atDesk)).not.toContain('BZ')
    const installed = await atDesk('standard', 'install', join(scratch, 'package.json'))
    expect(installed).toMatchObject({ code: 1, json: { version: '2026.2', inForce: '2026.1' } })
    const preview = await atDesk('standard', 'preview', '2026.2')
    expect(preview).toMatchObject({ code: 1, json: { affected: 2, newlyBlocked: 2 } })
    const adopted = await atDesk('standard', 'adopt', '2026.2')
    expect(adopted).toMatchObject({ code: 1, json: { inForce: '2026.2', checked: { blocked: 2 } } })
    expect(await atDesk('list')).toMatchObject({
      json: { records: [{ quality: 'blocked' }, { quality: 'blocked' }] },
    })
  })

  it('that is in force at the desk is the one that template, schema and validate go by', async () => {
    expect(await requiredBy(atDesk)).toContain('BZ')
    expect(await requiredBy(run)).not.toContain('BZ')
    const table = join(scratch, 'licences.csv')
    const cells = Object.entries({ ...licencePayload(9), BZ: '' })
    const line = (at: 0 | 1): string => cells.map((cell) => cell[at]).join(',')
    writeFileSync(table, `${line(0)}\n${line(1)}\n`)
    const remarks = (result: CommandRun) =>
      (result.json as { issues: { field: string; code: string }[] }).issues.filter(
        ({ field }) => field === 'BZ',
      )
    expect(remarks(await atDesk('validate', table, '--type', 'XZXK_FR'))).toMatchObject([
      { code: 'field.required' },
    ])
    expect(remarks(await run('validate', table, '--type', 'XZXK_FR'))).toEqual([])
    expect((await atDesk('template', '--type', 'XZXK_FR', join(scratch, 'template.xlsx'))).code).toBe(0)
  })

  it('is not replaced in silence when the desk that was named is in use', async () => {
    const desk = await openStandardsDesk(folder)
    const refused = await atDesk('schema', '--type', 'XZXK_FR', join(scratch, 'schema.json'))
    expect(refused.code).toBe(3)
    await desk.close()
  })

  it.each([
    [['standard', 'remove', '2026.1'], 2],
    [['standard', 'adopt'], 2],
    [['standard', 'adopt', '2026.9'], 3],
    [['standard', 'install', 'nowhere.json'], 3],
    [['settings', 'penalty.fine'], 2],
    [['settings', 'no.such=1'], 3],
    [['settings', 'penalty.fine=maybe'], 3],
    [['settings', 'licence.content-length=1'], 3],
  ] as const)('refuses %j', async (words, code) => {
    expect((await atDesk(...words)).code).toBe(code)
  })
})

describe('the settings of the standard from the command line', () => {
  it('are listed, changed and put back; drafts are checked again', async () => {
    const { json } = await atDesk('settings')
    const { settings } = json as { settings: Record<string, unknown>[] }
    expect(settings.find(({ id }) => id === 'licence.document-title-length')).toMatchObject({
      ...{ value: 64, default: 64, confidence: 'C', range: { min: 32, max: 256 } },
      places: ['法人许可：行政许可决定文书名称', '个人许可：行政许可决定文书名称'],
    })
    const text = await runCommand(['settings', '--data', join(folder, 'desk')], { XINBAO_KEY: storeKey })
    expect(text.stdout).toContain('penalty.fine\t必须改正\t')
    const changed = await atDesk('settings', 'licence.document-title-length=40', 'penalty.fine=hint')
    expect(changed).toMatchObject({ code: 0, json: { changed: 2, checked: { checked: 2 } } })
    const issues = async () => (await atDesk('check')).json as { issueCounts: Record<string, number> }
    expect((await issues()).issueCounts).toMatchObject({ 'field.length': ids.length })
    expect(await atDesk('settings', 'licence.document-title-length=')).toMatchObject({ json: { changed: 1 } })
    expect((await issues()).issueCounts).not.toHaveProperty('field.length')
  })
})

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readStoredZip } from '@engine/envelope/stored-zip'
import { runCommand } from '@test/fixtures/command-line'
import { testBureau } from '@test/fixtures/invented-subjects'
import { goodCsv } from '@test/integration/acceptance/bad-files'

it('diagnostics writes a bundle for whoever helps, says what is in it, and nothing in it comes from a record', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinbao-diagnostics-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const desk = ['--data', join(folder, 'desk')]
  const bureau = ['--bureau-code', testBureau.code, '--bureau-name', testBureau.name]
  expect((await runCommand(['init', ...desk, ...bureau, '--json'])).code).toBe(0)
  writeFileSync(join(folder, 'table.csv'), goodCsv(2))
  await runCommand(['import', join(folder, 'table.csv'), '--type', 'XZXK_FR', ...desk, '--json'])
  const { records } = (await runCommand(['list', ...desk, '--json'])).json as {
    records: readonly { docNo: string; subjectName: string }[]
  }
  expect(records).toHaveLength(2)

  const out = join(folder, '诊断.zip')
  const run = await runCommand(['diagnostics', out, ...desk, '--json'])
  expect(run.code, run.stderr).toBe(0)
  const members = (await readStoredZip(readFileSync(out)))!
  expect((run.json as { members: readonly string[] }).members).toEqual([...members.keys()])
  const text = Buffer.concat([...members.values()]).toString()
  expect(text).toContain('XZXK_FR')
  for (const { docNo, subjectName } of records)
    for (const typed of [docNo, subjectName, folder]) expect(text).not.toContain(typed)

  expect((await runCommand(['diagnostics', ...desk, '--json'])).code).toBe(2)
  const nowhere = await runCommand(['diagnostics', join(folder, 'none', 'a.zip'), ...desk, '--json'])
  expect(nowhere.code).toBe(3)
  expect(nowhere.stdout).not.toContain('Error')
})

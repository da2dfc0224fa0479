import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')

const folder = mkdtempSync(join(tmpdir(), 'xinbao-bench-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

const bench = (...args: readonly string[]) =>
  spawnSync(process.execPath, [resolve(root, 'test/bench/run.mjs'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: folder },
  })

it('the bench runs from the sources, says what it measured beside which floors, and leaves nothing behind', () => {
  const { stdout, stderr, status } = bench('--rows', '120', '--records', '60')
  expect(stderr).not.toContain('Error')
  expect(status).toBe(0)
  expect(stdout).toContain('Import of 120 licences x 26 columns')
  expect(stdout).toContain('120 stored, 118 clean, 2 blocked')
  expect(stdout).toMatch(/import, check and store .* x our reader, .* x ExcelJS/)
  expect(stdout).toContain('60 accepted')
  expect(stdout).toMatch(/only reads and answers .* x plain axios/)
  expect(stdout).toMatch(/practice platform: send to settled +\d/)
  expect(stdout).toContain('Start with 120 licences')
  expect(stdout).toMatch(/killed while sending: until the first page +\d/)
  expect(stdout).toContain('Check of 120 licences: 2 with issues')
  expect(readdirSync(folder)).toEqual([])
})

it('the bench measures the import of CSV alone when asked for it', () => {
  const { stdout, status } = bench('--rows', '150', '--csv')
  expect(status).toBe(0)
  expect(stdout).toMatch(/\.csv: 150 stored/)
  expect(stdout).not.toContain('Submission')
})

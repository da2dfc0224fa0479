import { expect } from 'vitest'
import type { CommandRun } from '@test/fixtures/command-line'
import { taskStepTexts } from '@shared/texts/zh-CN/task-steps'
import type { FailureJson } from './desk-under-test'

const steps = new Set(Object.values(taskStepTexts))

/** What a command said on stderr beside the names of its steps. */
export const spokenLines = (run: CommandRun): readonly string[] =>
  run.stderr.split('\n').filter((line) => line !== '' && !steps.has(line))

/**
 * A refusal as a clerk and a script must get it: the documented exit code, one Chinese sentence on stderr that is
 * complete (no place left open, nothing technical), and with `--json` one JSON document on stdout that says the same.
 */
export function expectRefusal(run: CommandRun, exit: number): void {
  expect(run.code, run.stderr + run.stdout).toBe(exit)
  const lines = spokenLines(run)
  expect(lines[0], 'a sentence on stderr').toMatch(/[\u4e00-\u9fff]{4}.*。$/u)
  expect(lines[0]).not.toMatch(/[{}]|undefined|null|NaN|Error\b|ERR_|ENO|EACC|\bat \S+:\d+|（）|“[”—]|：—/)
  const json = run.json as FailureJson | null
  expect(json, `stdout is one JSON document: ${run.stdout}`).not.toBeNull()
  expect(run.stdout.trim().split('\n')).toHaveLength(1)
  expect(json).toMatchObject({ failure: { message: lines[0] } })
  expect(lines, 'one sentence').toHaveLength(1)
}

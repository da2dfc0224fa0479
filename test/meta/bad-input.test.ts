import { describe, expect, it } from 'vitest'
import corpus from '@test/fixtures/bad-input/corpus.json'
import { read, sourceFiles } from './source-files'

interface CorpusRow {
  readonly id: string
  readonly input: string
  readonly expected?: string
  /** Files with a test whose title, or whose cases, name the row. */
  readonly tests?: readonly string[]
  /** Why there is no test yet. */
  readonly later?: string
}

const rows: readonly CorpusRow[] = corpus
const testFiles = new Set(sourceFiles(['test'], ['.test.ts']))

/** Files of cases that a test file is made of. */
const caseFiles = sourceFiles(['test/fixtures/bad-input'], ['.ts'])

/** What a test file says, with the case files that it imports. */
const textOf = (file: string): string => {
  const text = read(file)
  const cases = caseFiles.filter((each) => text.includes(`@${each.replace(/\.ts$/, '')}'`))
  return [text, ...cases.map(read)].join('\n')
}

/** Whether a title or a case names the row: `it('X1 ...`, `id: 'X1'`, `file('Z4', ...`, `describe('dates (X15, X18)'`. */
const names = (text: string, id: string): boolean => new RegExp(`['"\`(][^'"\`\\n]*\\b${id}\\b`).test(text)

describe('the corpus of bad input', () => {
  it('lists each row once, with tests or with the reason why there are none', () => {
    expect(rows.length).toBe(new Set(rows.map(({ id }) => id)).size)
    const unclear = rows.filter(({ tests, later }) => (tests === undefined) === (later === undefined))
    expect(unclear).toEqual([])
  })

  it('is tested where it says so', () => {
    const wrong = rows.flatMap(({ id, tests = [] }) =>
      tests
        .filter((file) => !testFiles.has(file) || !names(textOf(file), id))
        .map((file) => `${id}: ${file}`),
    )
    expect(wrong).toEqual([])
  })

  it('names what waits for a part that is not built yet', () => {
    const waiting = rows.filter(({ later }) => later !== undefined)
    for (const { id, later } of waiting) process.stdout.write(`bad input ${id} has no test yet: ${later}\n`)
    expect(waiting.map(({ id }) => id)).toMatchSnapshot()
  })
})

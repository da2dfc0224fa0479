import { expect, it } from 'vitest'
import { parseAssignments, parseCommandArguments } from '@cli/arguments'
import { FailureError } from '@shared/kernel/failure'

const options = { type: { type: 'string' }, enrol: { type: 'boolean' } } as const
const parse = (...words: readonly string[]) => parseCommandArguments(words, options, { min: 1, max: 2 })

function detailOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'usage.invalid')
      return String(error.failure.params['detail'])
    throw error
  }
  throw new Error('nothing was refused')
}

it('gives what was typed', () => {
  const args = parse('a.xlsx', '--type', 'XZXK_FR', '--enrol', '--json')
  expect(args.positionals).toEqual(['a.xlsx'])
  expect([args.text('type'), args.flag('enrol'), args.flag('json'), args.text('data')]).toEqual([
    'XZXK_FR',
    true,
    true,
    null,
  ])
  expect(parseAssignments(['BZ=a=b', 'XK_NR='])).toEqual({ BZ: 'a=b', XK_NR: '' })
})

it('says in Chinese what is wrong with it', () => {
  expect(detailOf(() => parse('a', '--typ', 'X'))).toBe('没有 --typ 这个参数')
  expect(detailOf(() => parse('a', '--type'))).toBe('--type 缺了值，或不该带值')
  expect(detailOf(() => parse('a', '--enrol=yes'))).toBe('--enrol 缺了值，或不该带值')
  expect(detailOf(() => parse())).toBe('需要 1 到 2 个参数')
  expect(detailOf(() => parse('a').required('type'))).toBe('缺少 --type')
  expect(detailOf(() => parse('a', '--type', '7').number('type', 0, 5))).toContain('0 到 5')
  expect(detailOf(() => parseAssignments(['BZ']))).toContain('BZ')
})

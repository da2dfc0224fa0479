import { expect, it } from 'vitest'
import { endText } from '@renderer/screens/publicity/display-words'

it('says what a display is beyond: its term, or an order of the platform', () => {
  const due = { standing: 'takedown_due', offFrom: '2026-11-24' } as const
  expect(endText({ ...due, endsOn: '2026-11-23' }, '2026-11-24')).toBe('已超 1 天')
  expect(endText({ ...due, endsOn: '2031-11-16' }, '2026-11-24')).toBe('平台要求撤下')
  expect(endText({ ...due, endsOn: null }, '2026-11-24')).toBe('平台要求撤下')
  expect(endText({ standing: 'expiring', offFrom: null, endsOn: '2026-11-24' }, '2026-11-24')).toBe(
    '今天到期',
  )
})

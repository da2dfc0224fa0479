import { expect, it } from 'vitest'
import { staysByReason } from '@shared/domain/stays-count'

it('counts what stays by reason, and what of it is late or due today', () => {
  const rows = [
    { reason: 'blocked', dueOn: '2026-11-20' },
    { reason: 'blocked', dueOn: '2026-11-24' },
    { reason: 'blocked', dueOn: '2026-11-25' },
    { reason: 'blocked', dueOn: null },
    { reason: 'held', dueOn: '2026-11-24' },
  ]
  expect(staysByReason(rows, '2026-11-24')).toEqual([
    { reason: 'blocked', count: 4, overdue: 1, dueToday: 1 },
    { reason: 'held', count: 1, overdue: 0, dueToday: 1 },
  ])
  expect(staysByReason([], '2026-11-24')).toEqual([])
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { dismissNotice, leaveNotices, useNotices } from '@renderer/composables/use-notices'

const { notices, done } = useNotices()
const shown = (): readonly string[] => notices.value.map(({ text }) => text)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  for (const { id } of notices.value) dismissNotice(id)
  vi.useRealTimers()
})

it('keeps an offer to take back until it is left behind, and not before it could be read', () => {
  done('已修正 33 件。', { label: '撤销', run: () => undefined, stays: true })
  leaveNotices()
  vi.advanceTimersByTime(60_000)
  expect(shown()).toEqual(['已修正 33 件。'])
  done('已保存。')
  leaveNotices()
  expect(shown()).toEqual(['已保存。'])
  vi.advanceTimersByTime(60_000)
  expect(shown()).toEqual([])
})

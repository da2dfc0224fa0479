import { describe, expect, it } from 'vitest'
import type { CallInput, CallOutput } from '@shared/contract/calls'
import { everyUnsent, useRecordsStore } from '@renderer/stores/records-store'
import { demoRows } from '@test/fixtures/demo/demo-records'
import { settle, useDemoBridge } from './mount-page'

type Input = CallInput<'records.page'>
type Page = CallOutput<'records.page'>

/** Pages over the first `total` demo rows, remembering what was asked. */
function pages(total: number, asked: Input[]): (input: Input) => Page {
  return (input) => {
    asked.push(input)
    const from = Number(input.after ?? 0)
    const to = Math.min(from + input.limit, total)
    return { rows: demoRows.slice(from, to), next: to < total ? String(to) : null, total }
  }
}

describe('the rows of the grid', () => {
  it('are read page by page to the end, each once', async () => {
    const asked: Input[] = []
    useDemoBridge({ 'records.page': pages(450, asked) })
    const records = useRecordsStore()
    await records.show(everyUnsent)
    expect(records.rows).toHaveLength(200)
    await Promise.all([records.more(), records.more()])
    await records.more()
    await records.more()
    expect(records.rows).toHaveLength(450)
    expect(new Set(records.rows.map((row) => row.recordId)).size).toBe(450)
    expect(asked.map((input) => input.after)).toEqual([null, '200', '400'])
  })

  it('belong to the newest question, whatever answers last', async () => {
    const answers: ((page: Page) => void)[] = []
    useDemoBridge({ 'records.page': () => new Promise((resolve) => answers.push(resolve)) })
    const records = useRecordsStore()
    const slow = records.show({ ...everyUnsent, search: '萍' })
    const quick = records.show({ ...everyUnsent, search: '萍乡' })
    answers[1]!({ rows: demoRows.slice(5, 6), next: null, total: 1 })
    await quick
    answers[0]!({ rows: demoRows.slice(0, 3), next: null, total: 3 })
    await slow
    expect(records.rows.map((row) => row.recordId)).toEqual(['demo-5'])
    expect(records.total).toBe(1)
    expect(records.isLoading).toBe(false)
  })

  it('are read again as far as they were read when records change, in one go', async () => {
    const asked: Input[] = []
    const bridge = useDemoBridge({ 'records.page': pages(1_000, asked) })
    const records = useRecordsStore()
    await records.show(everyUnsent)
    for (let page = 0; page < 4; page++) await records.more()
    asked.length = 0
    for (let n = 0; n < 20; n++) bridge.emit('records.changed', { recordIds: null })
    await settle(400)
    expect(records.rows).toHaveLength(1_000)
    expect(asked.map((input) => input.limit)).toEqual([500, 500])
  })

  it('stay on the screen when a page is refused', async () => {
    let isOff = false
    useDemoBridge({
      'records.page': (input) => {
        if (isOff) throw new Error('gone')
        return pages(300, [])(input)
      },
    })
    const records = useRecordsStore()
    await records.show(everyUnsent)
    isOff = true
    await records.more()
    expect(records.rows).toHaveLength(200)
    expect(records.failure?.code).toBe('engine.stopped')
    isOff = false
    await records.more()
    expect(records.rows).toHaveLength(300)
    expect(records.failure).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import type { CallInput, CallOutput } from '@shared/contract/calls'
import { everyUnsent, MOST_PAGES, PAGE_ROWS, useRecordsStore } from '@renderer/stores/records-store'
import { rowOf } from '@test/fixtures/demo/demo-records'
import { settle, useDemoBridge } from './mount-page'

type Input = CallInput<'records.page'>
type Page = CallOutput<'records.page'>

/** Pages over `total` invented rows, remembering what was asked. */
function pages(total: number, asked: Input[] = []): (input: Input) => Page {
  return (input) => {
    asked.push(input)
    const from = input.after === null ? input.from : Number(input.after)
    const to = Math.min(from + input.limit, total)
    const rows = Array.from({ length: Math.max(0, to - from) }, (_, at) => rowOf(from + at))
    return { rows, next: to < total ? String(to) : null, total, hasMore: false }
  }
}
const firsts = (asked: readonly Input[]): readonly number[] => asked.map(({ from }) => from)
const idAt = (index: number): string => rowOf(index).recordId

describe('the rows of the grid', () => {
  it('are read as they come into view, and the page after them', async () => {
    const asked: Input[] = []
    useDemoBridge({ 'records.page': pages(450, asked) })
    const records = useRecordsStore()
    await records.show(everyUnsent)
    records.want(0, 30)
    await settle(20)
    expect(firsts(asked)).toEqual([0, 100])
    records.want(390, 430)
    await settle(20)
    expect(firsts(asked)).toEqual([0, 100, 300, 400])
    expect(records.rowAt(449)?.recordId).toBe(idAt(449))
    expect(records.rowAt(250)).toBeUndefined()
    expect(records.indexOf(idAt(430))).toBe(430)
    expect(records.total).toBe(450)
  })

  it('take the same memory however far one scrolls, and come back when one returns', async () => {
    const total = PAGE_ROWS * MOST_PAGES * 5
    useDemoBridge({ 'records.page': pages(total) })
    const records = useRecordsStore()
    await records.show(everyUnsent)
    for (let first = 0; first < total; first += PAGE_ROWS / 2) {
      records.want(first, first + 40)
      await settle(0)
      expect(records.pages.size).toBeLessThanOrEqual(MOST_PAGES)
    }
    await settle(20)
    expect(records.rowAt(total - 1)?.recordId).toBe(idAt(total - 1))
    expect(records.rowAt(0)).toBeUndefined()
    records.want(0, 40)
    await settle(20)
    expect(records.rowAt(0)?.recordId).toBe(idAt(0))
    expect(records.pages.size).toBeLessThanOrEqual(MOST_PAGES)
  })

  it('that were scrolled past while another page was on its way are never asked for', async () => {
    const asked: Input[] = []
    const answer = pages(1_000_000, asked)
    useDemoBridge({
      'records.page': async (input) => {
        await settle(5)
        return answer(input)
      },
    })
    const records = useRecordsStore()
    await records.show(everyUnsent)
    for (let page = 10; page <= 9_000; page += 10) records.want(page * PAGE_ROWS, page * PAGE_ROWS + 40)
    await settle(60)
    expect(asked.length).toBeLessThan(6)
    expect(records.rowAt(900_000)?.recordId).toBe(idAt(900_000))
  })

  it('belong to the newest question, whatever answers last', async () => {
    const answers: ((page: Page) => void)[] = []
    useDemoBridge({ 'records.page': () => new Promise((resolve) => answers.push(resolve)) })
    const records = useRecordsStore()
    const slow = records.show({ ...everyUnsent, search: '萍' })
    const quick = records.show({ ...everyUnsent, search: '萍乡' })
    answers[1]!({ rows: [rowOf(5)], next: null, total: 1, hasMore: false })
    await quick
    answers[0]!({ rows: [rowOf(0), rowOf(1)], next: null, total: 2, hasMore: false })
    await slow
    expect(records.rowAt(0)?.recordId).toBe(idAt(5))
    expect(records.total).toBe(1)
    expect(records.isLoading).toBe(false)
  })

  it('in view are read again when records change, in one go', async () => {
    const asked: Input[] = []
    const bridge = useDemoBridge({ 'records.page': pages(1_000, asked) })
    const records = useRecordsStore()
    await records.show(everyUnsent)
    records.want(590, 630)
    await settle(20)
    asked.length = 0
    for (let n = 0; n < 20; n++) bridge.emit('records.changed', { recordIds: null })
    await settle(400)
    expect(firsts(asked)).toEqual([500, 600, 700])
    expect(records.rowAt(590)?.recordId).toBe(idAt(590))
    expect(records.rowAt(0)).toBeUndefined()
  })

  it('of a search that finds very much go on behind what is known', async () => {
    const asked: Input[] = []
    const answer = pages(250, asked)
    useDemoBridge({
      'records.page': (input) => {
        const page = answer(input)
        const known = Math.min(250, input.from + input.limit + 1)
        return { ...page, total: known, hasMore: page.next !== null }
      },
    })
    const records = useRecordsStore()
    await records.show({ ...everyUnsent, search: '萍' })
    // The page after the first is read without being in view.
    await settle(20)
    expect([records.total, records.hasMore]).toEqual([201, true])
    records.want(180, 201)
    await settle(20)
    expect([records.total, records.hasMore]).toEqual([250, false])
    expect(asked.map(({ after }) => after)).toEqual([null, '100', '200'])
  })

  it('of a search that answers bit by bit are put together', async () => {
    const answer = pages(150)
    useDemoBridge({
      'records.page': (input) => {
        const page = answer({ ...input, limit: Math.min(input.limit, 40) })
        return { ...page, total: Number(input.after ?? 0) + page.rows.length, hasMore: page.next !== null }
      },
    })
    const records = useRecordsStore()
    await records.show({ ...everyUnsent, search: '萍' })
    await settle(20)
    expect([records.total, records.hasMore]).toEqual([150, false])
    expect([99, 100, 149].map((index) => records.rowAt(index)?.recordId)).toEqual([99, 100, 149].map(idAt))
  })

  it('of a span are read whether they are here or not', async () => {
    useDemoBridge({ 'records.page': pages(2_000) })
    const records = useRecordsStore()
    await records.show(everyUnsent)
    const rows = await records.rowsIn(50, 1_249)
    expect(rows).toHaveLength(1_200)
    expect(rows.at(-1)?.recordId).toBe(idAt(1_249))
    expect(await records.rowsIn(1_990, 3_000)).toHaveLength(10)
  })

  it('stay on the screen when a page is refused', async () => {
    let isOff = false
    useDemoBridge({
      'records.page': (input) => {
        if (isOff) throw new Error('gone')
        return pages(300)(input)
      },
    })
    const records = useRecordsStore()
    await records.show(everyUnsent)
    isOff = true
    records.want(150, 190)
    await settle(20)
    expect(records.rowAt(50)?.recordId).toBe(idAt(50))
    expect(records.failure?.code).toBe('engine.stopped')
    isOff = false
    records.want(150, 190)
    await settle(20)
    expect(records.rowAt(150)?.recordId).toBe(idAt(150))
    expect(records.failure).toBeNull()
  })
})

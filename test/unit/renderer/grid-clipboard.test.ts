import { afterEach, describe, expect, it, vi } from 'vitest'
import RecordsScreen from '@renderer/screens/records/records-screen.vue'
import { copiedRows } from '@renderer/screens/records/copied-rows'
import { useNotices } from '@renderer/composables/use-notices'
import { useImportStore } from '@renderer/stores/import-store'
import { useSessionStore } from '@renderer/stores/session-store'
import { rowOf } from '@test/fixtures/demo/demo-records'
import { mountPage, settle, useDemoBridge } from './mount-page'

afterEach(() => vi.unstubAllGlobals())

/** A clipboard event, as the browser gives it: with what is on the clipboard, and room for what is copied. */
function clipboardEvent(
  kind: 'copy' | 'paste',
  target: Element,
  text = '',
): { event: Event; held: Map<string, string> } {
  const held = new Map([['text/plain', text]])
  const event = new Event(kind, { bubbles: true, cancelable: true })
  Object.assign(event, {
    clipboardData: {
      getData: (type: string) => held.get(type) ?? '',
      setData: (type: string, value: string) => held.set(type, value),
    },
  })
  target.dispatchEvent(event)
  return { event, held }
}

async function openScreen() {
  useDemoBridge()
  await useSessionStore().load()
  const opened = await mountPage(RecordsScreen, '/records?filter=all')
  await settle()
  return { ...opened, grid: opened.page.get('[role="grid"]').element }
}
const shown = (): string[] => useNotices().notices.value.map(({ text }) => text)

describe('copying from the grid', () => {
  it('puts the selected rows there with a line of heads, and nothing when none is selected', async () => {
    const { page, grid } = await openScreen()
    expect(clipboardEvent('copy', grid).event.defaultPrevented).toBe(false)
    await page.get('[role="grid"]').trigger('keydown', { key: 'a', ctrlKey: true })
    await settle(1_000)
    const { event, held } = clipboardEvent('copy', grid)
    expect(event.defaultPrevented).toBe(true)
    const lines = held.get('text/plain')!.split('\r\n')
    expect(lines[0]).toMatch(/^类别\t/)
    expect(lines.length).toBeGreaterThan(2)
    expect(held.get('text/html')).toMatch(/^<table>/)
    expect(shown().at(-1)).toContain('已复制')
  })

  it('takes the masked text that the grid has, and the official labels of one type', () => {
    const row = { ...rowOf(0), subjectName: '王*', subjectCode: '3603**********001X' }
    const [heads, cells] = copiedRows([row], () => null)
    expect(heads).toHaveLength(8)
    expect(cells?.slice(2, 4)).toEqual(['王*', '3603**********001X'])
  })
})

describe('pasting on the records screen', () => {
  const rows = '行政决定文书号\t许可内容\r\n萍测字1号\t"甲,乙;=1\n丙"\r\n'

  it('takes the rows to the import as they are, as a file', async () => {
    const sent: string[] = []
    vi.stubGlobal('fetch', async (_: string, { body }: { body: File }) => {
      sent.push(await body.text())
      return Response.json({ token: 'token-of-paste', name: body.name, bytes: body.size })
    })
    const { grid, router } = await openScreen()
    expect(clipboardEvent('paste', grid, rows).event.defaultPrevented).toBe(true)
    await settle(200)
    expect(sent.map((text) => text.replace('\uFEFF', ''))).toEqual([
      '"行政决定文书号","许可内容"\r\n"萍测字1号","甲,乙;=1\n丙"',
    ])
    expect(router.currentRoute.value.name).toBe('import')
    expect(useImportStore().file?.token).toBe('token-of-paste')
  })

  it('asks for the line of heads when there is no table, and leaves the fields alone', async () => {
    const { page, grid, router } = await openScreen()
    clipboardEvent('paste', grid, '萍测字1号')
    await settle()
    expect(shown().at(-1)).toContain('连同标题行')
    const box = page.get('[role="search"] input').element
    expect(clipboardEvent('paste', box, rows).event.defaultPrevented).toBe(false)
    await settle()
    expect(router.currentRoute.value.name).toBe('records')
  })
})

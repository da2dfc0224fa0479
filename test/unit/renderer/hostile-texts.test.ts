import { afterEach, describe, expect, it } from 'vitest'
import type { RecordRow } from '@shared/contract/views/record-views'
import InboxScreen from '@renderer/screens/inbox/inbox-screen.vue'
import RecordsScreen from '@renderer/screens/records/records-screen.vue'
import { useSessionStore } from '@renderer/stores/session-store'
import { demoInbox } from '@test/fixtures/demo/demo-batches'
import { detailOf, demoRows } from '@test/fixtures/demo/demo-records'
import { mountPage, settle, useDemoBridge } from './mount-page'

afterEach(() => (document.body.innerHTML = ''))

const hostile = [
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  'javascript:alert(1)',
  '{{7*7}}',
  '${7*7}',
  '<template><script>alert(1)</script></template>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
]

/** Nothing that the text asks for has become an element, an attribute or a script. */
function expectOnlyText(text: string): void {
  const made = document.querySelectorAll(
    'img, template, script, math, mglyph, [onload], [onerror], form form',
  )
  expect([...made].map((element) => element.outerHTML)).toEqual([])
  for (const link of document.querySelectorAll('[href], [src]')) {
    expect(`${link.getAttribute('href') ?? ''}${link.getAttribute('src') ?? ''}`).not.toMatch(/^javascript:/i)
  }
  expect(document.body.textContent).toContain(text)
  expect(document.body.textContent).not.toMatch(/(?<!\d)49(?!\d)/)
  for (const element of document.querySelectorAll('[title]'))
    expect(element.getAttribute('title')).not.toBe('49')
}

describe('texts that ask for more than to be read', { timeout: 30_000 }, () => {
  it.each(hostile)('I5 %s is text in the table and in the form of a record', async (text) => {
    const row: RecordRow = { ...demoRows[2]!, subjectName: text, docNo: text, headline: text }
    const detail = detailOf(demoRows[2]!)
    const values = Object.fromEntries(Object.keys(detail.values).map((field) => [field, text]))
    const issueList = detail.issueList.map((issue) => ({
      ...issue,
      message: text,
      serverText: text,
      value: text,
    }))
    useDemoBridge({
      'records.page': () => ({ rows: [row], next: null, total: 1, hasMore: false }),
      'records.get': () => ({ ...detail, ...row, values, issueList }),
    })
    await useSessionStore().load()
    await mountPage(RecordsScreen, `/records?filter=all&record=${row.recordId}`)
    await settle()
    expectOnlyText(text)
  })

  it.each(hostile)('I5 R16 %s is text among what the platform sent', async (text) => {
    const inbox = {
      groups: demoInbox.groups.map((group) => ({ ...group, message: text, serverText: text })),
      notices: demoInbox.notices.map((notice) => ({
        ...notice,
        ...{ title: text, text, about: { docNo: text, subjectName: text } },
      })),
    }
    useDemoBridge({ 'inbox.list': () => ({ ...demoInbox, ...inbox }) })
    await useSessionStore().load()
    await mountPage(InboxScreen, '/inbox')
    await settle()
    expectOnlyText(text)
  })
})

import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import type { Component } from 'vue'
import type { CallName, Handlers } from '@shared/contract/calls'
import { inboxSections, leadOf } from '@renderer/screens/inbox/inbox-entries'
import ConflictPane from '@renderer/screens/inbox/conflict-pane.vue'
import NoticePane from '@renderer/screens/inbox/notice-pane.vue'
import QuarantinePane from '@renderer/screens/inbox/quarantine-pane.vue'
import FindingTable from '@renderer/screens/batches/finding-table.vue'
import { createAppRouter } from '@renderer/router'
import { demoBridge } from '@test/fixtures/demo/demo-bridge'
import type { DemoBridge } from '@test/fixtures/demo/demo-bridge'
import { demoInbox, emptyInbox } from '@test/fixtures/demo/demo-batches'
import { exchangeDemo } from '@test/fixtures/demo/demo-exchange'
import {
  demoConflict,
  demoConflictRow,
  demoQuarantined,
  demoReconciliation,
} from '@test/fixtures/demo/demo-follow-up'

const HOSTILE = '<img src=x onerror=alert(1)>'
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await nextTick()
}

const opened: { unmount: () => void }[] = []
afterEach(() => {
  for (const one of opened.splice(0)) one.unmount()
})

async function open(
  component: Component,
  props: Record<string, unknown>,
  answers: Partial<Handlers<CallName>> = {},
) {
  const bridge: DemoBridge = demoBridge({
    ...exchangeDemo((name, payload) => bridge.emit(name, payload), 100_000),
    ...answers,
  })
  Object.assign(window, { bridge })
  setActivePinia(createPinia())
  const page = mount(component, { props, global: { plugins: [createAppRouter()] }, attachTo: document.body })
  opened.push(page)
  await settle()
  return page
}

describe('the list of the inbox', () => {
  it('names every kind of thing that came back, in the order of weight', () => {
    expect(inboxSections(demoInbox, '').map(({ title }) => title)).toEqual([
      '退回原因',
      '与平台冲突',
      '已隔离',
      '平台通知',
      '异议中',
    ])
    expect(leadOf(demoInbox)).toBe(
      '8 件要处理，归为 2 个原因，1 件与平台冲突，2 件已隔离，2 条通知，1 件异议中。',
    )
    expect(leadOf(emptyInbox)).toBe('没有退回的记录。')
    expect(inboxSections(emptyInbox, '')).toEqual([])
  })

  it('is narrowed by the words of the search', () => {
    const [only, ...others] = inboxSections(demoInbox, demoConflictRow.docNo)
    expect([only, ...others].map((section) => section!.title)).toContain('与平台冲突')
    expect(inboxSections(demoInbox, '没有这样的词')).toEqual([])
  })
})

describe('a conflict', () => {
  it('shows what differs on both sides, as text, and offers three decisions', async () => {
    const fields = [{ ...demoConflict.fields![1]!, theirs: HOSTILE }, demoConflict.fields![0]!]
    const page = await open(
      ConflictPane,
      { row: demoConflictRow },
      { 'conflicts.get': () => ({ ...demoConflict, fields }) },
    )
    expect(page.text()).toContain(HOSTILE)
    expect(page.find('img').exists()).toBe(false)
    expect(page.findAll('tbody tr')).toHaveLength(1)
    for (const way of ['以本机为准，更正平台', '以平台为准', '提出异议']) expect(page.text()).toContain(way)
  })

  it('cannot be corrected where the platform does not say that it is ours', async () => {
    const page = await open(
      ConflictPane,
      { row: demoConflictRow },
      { 'conflicts.get': () => ({ ...demoConflict, fields: null, mayCorrect: false }) },
    )
    expect(page.text()).toContain('平台没有给出它的内容')
    const correct = page.findAll('button').find((button) => button.text() === '以本机为准，更正平台')!
    expect(correct.attributes('disabled')).toBeDefined()
  })
})

describe('quarantine', () => {
  it('gives each record its two ways', async () => {
    const left: unknown[] = []
    const page = await open(
      QuarantinePane,
      { rows: demoQuarantined },
      {
        'inbox.leaveQuarantine': (input) => {
          left.push(input)
          return { changed: 1 }
        },
      },
    )
    expect(page.findAll('tbody tr')).toHaveLength(2)
    await page
      .findAll('button')
      .find((button) => button.text() === '改后重报')!
      .trigger('click')
    await settle()
    expect(left).toEqual([{ recordIds: [demoQuarantined[0]!.row.recordId], to: 'repair' }])
  })
})

describe('a notice', () => {
  const asking = demoInbox.notices[0]!

  it('lists the fields it asks about and offers both answers', async () => {
    const page = await open(NoticePane, { notice: asking })
    expect(page.findAll('.fields tbody tr')).toHaveLength(2)
    expect(page.text()).toContain('无需更正')
    expect(page.text()).toContain('提出异议')
  })

  it('names its record, and leads an order to take it down to the displays', async () => {
    const page = await open(NoticePane, { notice: asking })
    expect(page.text()).toContain(asking.about!.docNo)
    expect(page.text()).toContain(asking.about!.subjectName)
    const ordered = await open(NoticePane, { notice: { ...asking, kind: 'takedown.ordered' } })
    expect(ordered.findAll('button').map((button) => button.text())).toEqual([
      '去公示中撤下',
      '打开记录',
      '无需撤下',
      '提出异议',
    ])
    expect(ordered.text()).not.toContain('改好重报')
  })

  it('says what was answered and that the platform does not have it yet', async () => {
    const answer = {
      ...{ answer: 'noChangeNeeded', state: 'waiting', reason: '已与原件核对', evidence: [] },
      ...{ answeredBy: '经办员', answeredAt: '2026-11-20T08:00:00.000Z', failureCode: 'transport.offline' },
    } as const
    const page = await open(NoticePane, { notice: { ...asking, state: 'answered', mayAnswer: [], answer } })
    expect(page.text()).toContain('已答复：无需更正')
    expect(page.text()).toContain('等待送达平台')
    expect(page.findAll('button').map((button) => button.text())).toEqual(['打开记录'])
  })
})

describe('findings of a reconciliation', () => {
  it('say both sides and the next step; only what was lost can be sent anew', async () => {
    const page = await open(FindingTable, { findings: demoReconciliation.findings, isBusy: false })
    const rows = page.findAll('tbody').map((body) => body.text())
    expect(rows[0]).toContain('平台缺少')
    expect(rows[0]).toContain('核实并重报')
    expect(rows[2]).toContain('通过 / 退回')
    expect(rows[2]).not.toContain('核实并重报')
    expect(rows[3]).toContain('已处理：已请平台核对')
  })
})

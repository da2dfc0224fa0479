import { h } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import type { VueWrapper } from '@vue/test-utils'
import type { CallName, Handlers } from '@shared/contract/calls'
import { refuse } from '@shared/kernel/failure'
import { useNotices } from '@renderer/composables/use-notices'
import RepairDocuments from '@renderer/screens/publicity/repair-documents.vue'
import RecordsScreen from '@renderer/screens/records/records-screen.vue'
import { useSessionStore } from '@renderer/stores/session-store'
import { demoAttachmentAnswers, demoAttachments } from '@test/fixtures/demo/demo-attachments'
import { demoRows } from '@test/fixtures/demo/demo-records'
import { mountPage, settle, useDemoBridge } from './mount-page'

afterEach(() => (document.body.innerHTML = ''))

const { notices } = useNotices()
const told = (): string => notices.value.map(({ text }) => text).join(' ')

/** The section of a record in the desktop shell, which chooses files by itself. */
async function openSection(overrides: Partial<Handlers<CallName>> = {}) {
  const bridge = useDemoBridge({
    'records.page': () => ({ rows: demoRows.slice(0, 3), next: null, total: 3, hasMore: false }),
    'host.info': () => ({ kind: 'electron', mode: 'practice', liveReady: false, version: '0.1.0' }),
    'host.chooseFiles': ({ purpose }) => [{ token: 'chosen-token', name: `${purpose}.jpg`, bytes: 900 }],
    ...demoAttachmentAnswers(demoAttachments),
    ...overrides,
  })
  await useSessionStore().load()
  const { page } = await mountPage(RecordsScreen, `/records?filter=unsent&record=${demoRows[0]!.recordId}`)
  await settle()
  return { bridge, section: page.get('section[aria-label="佐证材料"]') }
}

const press = async (within: Pick<VueWrapper, 'findAll'>, text: string): Promise<void> => {
  const found = within.findAll('button').find((one) => one.text() === text)
  if (found === undefined) throw new Error(`no button "${text}"`)
  await found.trigger('click')
  await settle()
}

describe('the documents of a record', { timeout: 20_000 }, () => {
  it('are listed with what was taken out of them, and said to stay at the desk', async () => {
    const { section } = await openSection()
    expect(section.text()).toContain('准予变更登记通知书.pdf')
    expect(section.text()).toContain('242.5 KB')
    expect(section.text()).toContain('已去掉拍摄地点、设备信息')
    expect(section.text()).toContain('不会发给平台')
  })

  it('can be added; what was stripped and what is sensitive is told', async () => {
    const { section } = await openSection()
    await press(section, '添加材料')
    expect(section.text()).toContain('身份证.jpg')
    expect(section.text()).toContain('敏感个人信息')
    expect(told()).toMatch(/“身份证.jpg”中去掉拍摄地点/)
    expect(told()).toContain('敏感个人信息')
  })

  it('one that is refused says why, and the list stays', async () => {
    const { section } = await openSection({
      'attachments.add': () =>
        refuse('attachment.name-refused', { file: '证明.pdf.exe', detail: '这是程序' }),
    })
    await press(section, '添加材料')
    expect(told()).toContain('没有附上“证明.pdf.exe”（这是程序）')
    expect(section.findAll('li')).toHaveLength(2)
  })

  it('can be removed and brought back', async () => {
    const { section } = await openSection()
    await press(section, '移除')
    expect(section.text()).toContain('已移除 1 件，7 天后清除')
    await press(section, '恢复')
    expect(section.text()).not.toContain('已移除')
    expect(section.findAll('li')).toHaveLength(2)
  })
})

describe('the material of a repair case', { timeout: 20_000 }, () => {
  it('names the documents of its record, or says that there are none', async () => {
    const recordId = demoRows[0]!.recordId
    useDemoBridge(demoAttachmentAnswers(demoAttachments))
    const full = await mountPage({ render: () => h(RepairDocuments, { recordId }) }, '/records')
    await settle()
    expect(full.page.text()).toContain('营业执照副本.jpg')
    useDemoBridge(demoAttachmentAnswers())
    const empty = await mountPage({ render: () => h(RepairDocuments, { recordId }) }, '/records')
    await settle()
    expect(empty.page.text()).toContain('还没有存入扫描件')
  })
})

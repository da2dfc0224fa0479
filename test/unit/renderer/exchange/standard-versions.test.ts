import type { VueWrapper } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import type { CallName, Handlers } from '@shared/contract/calls'
import type { StandardsView } from '@shared/contract/views/standard-views'
import type { TaskView } from '@shared/contract/views/task-views'
import { refuse } from '@shared/kernel/failure'
import { useNotices } from '@renderer/composables/use-notices'
import SettingsScreen from '@renderer/screens/settings/settings-screen.vue'
import { demoPreview, demoVersions } from '@test/fixtures/demo/demo-versions'
import { mountPage, settle, useDemoBridge } from '@test/unit/renderer/mount-page'

const running: TaskView = {
  taskId: 'task-preview',
  kind: 'standard',
  title: '查看标准 2026.2 的影响',
  state: 'running',
  step: 'previewing',
  done: 20,
  total: 55,
  startedAt: '2026-11-20T09:03:00.000Z',
  endedAt: null,
  cancellable: true,
  failure: null,
  importSummary: null,
  submission: null,
  pull: null,
  standardPreview: null,
  restore: null,
}
const ended: TaskView = { ...running, state: 'done', standardPreview: demoPreview }

const withPreview = (changes: Partial<StandardsView> = {}): StandardsView => ({
  ...demoVersions,
  versions: demoVersions.versions.map((one) =>
    one.state === 'consent' ? { ...one, preview: demoPreview } : one,
  ),
  ...changes,
})

async function open(answers: Partial<Handlers<CallName>>) {
  const bridge = useDemoBridge({ 'standard.versions': () => demoVersions, ...answers })
  const { page } = await mountPage(SettingsScreen, '/settings?section=standards')
  return { bridge, page }
}

const button = (page: VueWrapper, text: string) =>
  page.findAll('button').find((one) => one.text().includes(text))
const inDialog = (text: string): HTMLButtonElement =>
  [...document.querySelectorAll<HTMLButtonElement>('.el-message-box button')].find((one) =>
    one.textContent.includes(text),
  )!

describe('the versions of the standard', () => {
  it('cannot be adopted before their effect was seen', async () => {
    let view = demoVersions
    const preview = vi.fn(() => running)
    const { bridge, page } = await open({
      'standard.versions': () => view,
      'standard.preview': preview,
    })
    expect(page.text()).toContain('等待确认')
    expect(button(page, '确认启用')).toBeUndefined()
    await button(page, '查看影响')!.trigger('click')
    await settle()
    expect(preview).toHaveBeenCalledWith({ version: '2026.2' })
    bridge.emit('task.progressed', running)
    await settle()
    expect(page.text()).toContain('正在逐条试核对，20 / 55')
    view = withPreview()
    bridge.emit('task.progressed', ended)
    await settle()
    expect(page.text()).toContain('新增 2 个必填字段，1 个代码表缩小；影响 41 条草稿')
    expect(page.text()).toContain('其中 12 条现在可以报送，启用后要先补正')
    expect(page.text()).not.toContain('正在逐条试核对')
  })

  it('are adopted only after a last question', async () => {
    const adopt = vi.fn(() => ({ task: null }))
    const { page } = await open({ 'standard.versions': () => withPreview(), 'standard.adopt': adopt })
    await button(page, '确认启用')!.trigger('click')
    await settle()
    expect(document.body.textContent).toContain('启用后不能退回旧标准')
    inDialog('再想想').click()
    await settle()
    expect(adopt).not.toHaveBeenCalled()
    await button(page, '确认启用')!.trigger('click')
    await settle()
    inDialog('确认启用').click()
    await settle()
    expect(adopt).toHaveBeenCalledWith({ version: '2026.2' })
    expect(useNotices().notices.value.map((one) => one.text)).toContain('标准 2026.2 已确认启用。')
  })

  it('come from a file; a refusal says why and that nothing has changed', async () => {
    const { page } = await open({
      'host.info': () => ({ kind: 'electron', mode: 'live', liveReady: true, version: '0.1.0' }),
      'host.chooseFiles': () => [{ token: 'token-of-file', name: 'pack.json', bytes: 10 }],
      'standard.install': () => refuse('pack.wrong-signer'),
    })
    await button(page, '从文件安装')!.trigger('click')
    await settle()
    expect(page.get('[role="alert"]').text()).toContain('签名与平台公钥对不上')
    expect(page.text()).toContain('施行中')
  })

  it('say when the one in force is over, and what was announced or damaged', async () => {
    const [waiting, inForce] = demoVersions.versions
    const { page } = await open({
      'standard.versions': () => ({
        ...demoVersions,
        isExpired: true,
        announced: [
          { version: '2026.3', problem: null },
          { version: '2026.4', problem: 'pack.wrong-signer' },
        ],
        versions: [{ ...waiting!, state: 'damaged', problem: 'pack.unreadable', from: '' }, inForce!],
      }),
    })
    expect(page.text()).toContain('现行标准的有效期已过')
    expect(page.text()).toContain('平台已发布标准 2026.3，还没有收到')
    expect(page.text()).toContain('标准 2026.4 没有通过核验')
    expect(page.text()).toContain('文件损坏')
  })

  it("show the platform's words as words", async () => {
    const hostile = '<img src=x onerror=alert(1)>'
    const { page } = await open({
      'standard.versions': () => ({
        ...demoVersions,
        versions: [{ ...demoVersions.versions[0]!, changes: hostile }],
      }),
    })
    expect(page.text()).toContain(hostile)
    expect(page.find('img').exists()).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { mount } from '@vue/test-utils'
import { createMemoryHistory, createRouter } from 'vue-router'
import App from '@renderer/app.vue'
import { useNotices } from '@renderer/composables/use-notices'
import { useSessionStore } from '@renderer/stores/session-store'
import { failure } from '@shared/kernel/failure'
import { settle, useDemoBridge } from './mount-page'

const screens = [
  'desk',
  'records',
  'import',
  'closing',
  'inbox',
  'batches',
  'publicity',
  'reports',
  'reference',
  'settings',
]

async function openApp(path: string, overrides = {}) {
  const bridge = useDemoBridge(overrides)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: screens.map((name) => ({
      path: `/${name}`,
      name,
      component: { template: '<p />' },
      meta: { title: name, ...(name === 'closing' ? { within: 'desk' } : {}) },
    })),
  })
  await router.push(path)
  const app = mount(App, { global: { plugins: [router] } })
  await settle()
  return { app, bridge, router }
}

describe('the frame', () => {
  it('shows the band until the program says that this is the live desk', async () => {
    const { app, bridge } = await openApp('/desk')
    expect(app.get('.band').text()).toContain('演练模式')
    const info = useSessionStore().desk!
    bridge.emit('desk.changed', { ...info, mode: 'live' })
    await settle()
    expect(app.find('.band').exists()).toBe(false)
  })

  it('marks where the clerk is; the closing belongs to the desk', async () => {
    const { app } = await openApp('/closing')
    expect(app.findAll('nav a').map((link) => link.text())).toEqual([
      '工作台',
      '记录',
      '导入',
      '反馈3',
      '批次',
      '公示',
      '统计',
      '规则与字段',
      '设置',
    ])
    expect(app.get('nav [aria-current="page"]').text()).toBe('工作台')
  })

  it('goes to the search of the records on Ctrl+K where the screen has none', async () => {
    const { router } = await openApp('/batches')
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, cancelable: true }))
    await settle()
    expect(router.currentRoute.value.name).toBe('records')
    expect(router.currentRoute.value.query).toEqual({ find: '1' })
  })

  it('shows running tasks, and lets what failed stay until it is read', async () => {
    const { app, bridge } = await openApp('/desk')
    expect(app.find('.tray').exists()).toBe(false)
    const started = await bridge.call('submission.start', { type: null, recordIds: null, label: null })
    if (!started.ok) throw new Error('the demo starts')
    await settle()
    expect(app.get('.tray').text()).toBe('报送 发送')
    bridge.emit('task.progressed', { ...started.value, state: 'done' })
    await settle()
    expect(app.find('.tray').exists()).toBe(false)
    bridge.emit('task.progressed', {
      ...started.value,
      state: 'failed',
      failure: failure('transport.offline'),
    })
    await settle()
    expect(app.get('.tray').text()).toBe('任务已结束')
  })

  it('keeps a refusal on the screen and takes an undo back at once', async () => {
    const { app } = await openApp('/desk')
    const { refused, done } = useNotices()
    let undone = 0
    refused(failure('storage.full'))
    done('1 件已作废。', { label: '撤销', run: () => void undone++ })
    await settle()
    expect(app.get('.notice.late').text()).toContain('磁盘已满')
    await app.get('.notice.good button').trigger('click')
    expect(undone).toBe(1)
    expect(app.find('.notice.good').exists()).toBe(false)
  })

  it('follows the chosen look', async () => {
    const look = {
      operator: '经办员',
      operators: ['经办员'],
      cutOff: '17:00',
      reminder: '16:00',
      density: 'comfortable',
      theme: 'dark',
    } as const
    await openApp('/desk', { 'settings.get': () => look })
    expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', density: 'comfortable' })
  })

  it('says in one panel that the program is not there', async () => {
    const { app } = await openApp('/desk', {
      'desk.info': () => {
        throw new Error('gone')
      },
    })
    expect(app.get('[role="alert"]').text()).toContain('engine.stopped')
  })
})

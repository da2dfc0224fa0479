import { afterEach, describe, expect, it } from 'vitest'
import { mount } from '@vue/test-utils'
import type { VueWrapper } from '@vue/test-utils'
import type { CallName, Handlers } from '@shared/contract/calls'
import { failure, refuse } from '@shared/kernel/failure'
import RestoreCard from '@renderer/screens/settings/restore-card.vue'
import { useSessionStore } from '@renderer/stores/session-store'
import type { DemoBridge } from '@test/fixtures/demo/demo-bridge'
import { settle, useDemoBridge } from './mount-page'

afterEach(() => (document.body.innerHTML = ''))

let bridge: DemoBridge

async function card(overrides: Partial<Handlers<CallName>> = {}): Promise<VueWrapper> {
  bridge = useDemoBridge({
    'host.info': () => ({ kind: 'electron', mode: 'live', liveReady: true, version: '0.1.0' }),
    'host.chooseFiles': () => [{ token: 'chosen-token', name: '信报备份.xinbao', bytes: 900_000 }],
    ...overrides,
  })
  await useSessionStore().load()
  const page = mount(RestoreCard, { attachTo: document.body })
  await settle()
  return page
}

const button = (page: VueWrapper, text: string) => page.findAll('button').find((one) => one.text() === text)!
const press = async (page: VueWrapper, text: string): Promise<void> => {
  await button(page, text).trigger('click')
  await settle()
}

async function proved(overrides: Partial<Handlers<CallName>> = {}): Promise<VueWrapper> {
  const page = await card(overrides)
  await press(page, '选择备份文件')
  await page.find('input[type="password"]').setValue('示例-口令-2026')
  await press(page, '核验备份')
  return page
}

describe('restoring a backup', () => {
  it('shows what is inside and what will happen, and goes on only when the word was typed', async () => {
    const asked: string[] = []
    const page = await proved({
      'host.restore': ({ id }) => {
        asked.push(id)
        return refuse('storage.full')
      },
    })
    expect(page.text()).toContain('1,284 条记录，37 个批次，52 件佐证材料')
    expect(page.text()).toContain('46 条记录是备份之后新建或改过的，2 个批次是备份之后封存的')
    expect(page.text()).toContain('先向平台查询')
    expect(page.text()).toContain('1 个批次还没有办结')
    expect(button(page, '用这份备份恢复').attributes('disabled')).toBeDefined()
    await page.find('input[maxlength="10"]').setValue('恢复吧')
    expect(button(page, '用这份备份恢复').attributes('disabled')).toBeDefined()
    await page.find('input[maxlength="10"]').setValue('恢复')
    await press(page, '用这份备份恢复')
    expect(asked).toEqual(['demo-backup'])
    // Refused: the former data is open again, and the reason stands there.
    expect(page.text()).toContain('磁盘已满')
    expect(page.text()).toContain('核验备份')
  })

  it('asks for nothing without a file and a password', async () => {
    let asked = 0
    const page = await card({
      'restore.prepare': () => {
        asked++
        return refuse('task.busy')
      },
    })
    await press(page, '核验备份')
    expect(page.text()).toContain('请填写备份时的密码。')
    expect(asked).toBe(0)
  })

  it('says why a backup is refused, and offers another try', async () => {
    const page = await card()
    await press(page, '选择备份文件')
    await page.find('input[type="password"]').setValue('x')
    await button(page, '核验备份').trigger('click')
    await settle(1)
    const wrong = failure('backup.wrong-secret', { file: '信报备份.xinbao' })
    bridge.emit('task.progressed', {
      ...{
        taskId: 'demo-restore',
        kind: 'restore',
        title: '核验备份',
        state: 'failed',
        step: 'opening-backup',
      },
      ...{ done: 0, total: null, startedAt: '', endedAt: '', cancellable: false, failure: wrong },
      ...{ importSummary: null, submission: null, pull: null, standardPreview: null, restore: null },
    })
    await settle(1)
    expect(page.text()).toContain('打不开备份“信报备份.xinbao”')
  })

  it('can be given up, and tells where former data lies', async () => {
    let given = 0
    const shown: string[] = []
    const page = await proved({
      'restore.discard': () => ({ discarded: ++given > 0 }),
      'host.showFormer': ({ name }) => ({ shown: shown.push(name) > 0 }),
    })
    await press(page, '不恢复了')
    expect(given).toBe(1)
    expect(page.text()).toContain('还没有选择')
    expect(page.text()).toContain('former\\2026-10-08-084512')
    await press(page, '打开文件夹')
    expect(shown).toEqual(['2026-10-08-084512'])
  })
})

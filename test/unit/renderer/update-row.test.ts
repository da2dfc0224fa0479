import { afterEach, describe, expect, it } from 'vitest'
import { flushPromises, mount } from '@vue/test-utils'
import type { VueWrapper } from '@vue/test-utils'
import type { CallName, Handlers } from '@shared/contract/calls'
import { refuse } from '@shared/kernel/failure'
import { useNotices } from '@renderer/composables/use-notices'
import UpdateRow from '@renderer/screens/settings/update-row.vue'
import { useDemoBridge } from './mount-page'

afterEach(() => (document.body.innerHTML = ''))

const update = {
  ...{ version: '0.2.0', own: '0.1.0', channel: 'stable', notes: '修复若干问题' },
  ...{ bytes: 120_000_000, sha256: 'ab'.repeat(32) },
}
const { notices } = useNotices()

async function row(overrides: Partial<Handlers<CallName>> = {}): Promise<VueWrapper> {
  useDemoBridge({
    'host.chooseFiles': () => [{ token: 'chosen-token', name: '更新.xbupdate', bytes: 9 }],
    'updates.ready': () => null,
    'updates.prepare': () => update,
    ...overrides,
  })
  const page = mount(UpdateRow, { attachTo: document.body })
  await flushPromises()
  return page
}

const press = async (page: VueWrapper, text: string): Promise<void> => {
  await page
    .findAll('button')
    .find((one) => one.text() === text)!
    .trigger('click')
  await flushPromises()
}

describe('the update of the client', () => {
  it('is offered for installation only once it was proved', async () => {
    let asked = 0
    const page = await row({ 'host.installUpdate': () => ({ started: ++asked > 0 }) })
    expect(page.text()).not.toContain('安装（')
    expect(page.findAll('button').map((one) => one.text())).toEqual(['选择更新包'])
    await press(page, '选择更新包')
    expect(page.text()).toContain('信报 0.2.0 已核验，可以安装（114.4 MB）。')
    expect(page.text()).toContain('修复若干问题')
    await press(page, '安装')
    expect(asked).toBe(1)
  })

  it('says why it is not taken', async () => {
    const page = await row({
      'updates.prepare': () => refuse('update.wrong-signer', { file: '更新.xbupdate' }),
    })
    await press(page, '选择更新包')
    expect(notices.value.at(-1)?.text).toContain('不是信报制作方签发的')
    expect(page.findAll('button').map((one) => one.text())).toEqual(['选择更新包'])
  })

  it('one that was ready stays ready when something is being sent', async () => {
    const page = await row({
      'updates.ready': () => update,
      'host.installUpdate': () => refuse('update.busy'),
    })
    await press(page, '安装')
    expect(notices.value.at(-1)?.text).toContain('正在报送')
    expect(page.text()).toContain('0.2.0')
  })
})

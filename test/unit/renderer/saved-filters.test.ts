import { describe, expect, it } from 'vitest'
import RecordsScreen from '@renderer/screens/records/records-screen.vue'
import { useNotices } from '@renderer/composables/use-notices'
import { useFiltersStore } from '@renderer/stores/filters-store'
import { everyUnsent } from '@renderer/stores/records-store'
import { useSessionStore } from '@renderer/stores/session-store'
import { mountPage, settle, useDemoBridge } from './mount-page'

async function openScreen(path: string) {
  useDemoBridge()
  await useSessionStore().load()
  return mountPage(RecordsScreen, path)
}
const button = (text: string): HTMLElement =>
  [...document.querySelectorAll<HTMLElement>('button, [role="menuitem"]')].find(
    (one) => one.textContent?.trim() === text,
  )!

describe('the selection of the records screen', () => {
  it('stays when the clerk comes back by the navigation; a link to one record is no choice', async () => {
    const { page, router } = await openScreen('/records?filter=unsent')
    const ready = page.findAll('.chip').find((chip) => chip.text() === '可报送')!
    await ready.trigger('click')
    await settle()
    await router.push('/records?filter=all&record=demo-0')
    await settle()
    await router.push('/desk')
    await router.push('/records')
    await settle()
    const pressed = page.findAll('.chip[aria-pressed="true"]').map((chip) => chip.text())
    expect(pressed).toContain('可报送')
  })

  it('is named, chosen again, and put back after it was removed', async () => {
    const { page, router } = await openScreen('/records?filter=rejected&sort=subject')
    const store = useFiltersStore()
    page.get('.saved').element.dispatchEvent(new MouseEvent('click'))
    await settle(250)
    button('保存当前筛选……').click()
    await settle()
    const input = document.querySelector<HTMLInputElement>('.el-dialog .name input')!
    button('保存').click()
    await settle()
    expect(document.querySelector('[role="alert"]')?.textContent).toContain('请写一个名称')
    input.value = '退回的'
    input.dispatchEvent(new Event('input'))
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))
    await settle()
    expect(store.list).toHaveLength(0)
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    await settle()
    expect(store.list).toMatchObject([
      { name: '退回的', query: { ...everyUnsent, filter: 'rejected', sort: 'subject' } },
    ])
    expect(page.get('.saved').text()).toBe('退回的')
    await router.replace('/records?filter=all')
    await settle()
    expect(page.get('.saved').text()).toBe('我的筛选')

    button('管理我的筛选……').click()
    await settle()
    button('删除').click()
    await settle()
    expect(store.list).toHaveLength(0)
    await useNotices().notices.value.at(-1)!.action!.run()
    expect(store.list).toMatchObject([{ name: '退回的' }])
  })
})

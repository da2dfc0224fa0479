import { ElSwitch } from 'element-plus'
import { afterEach, describe, expect, it } from 'vitest'
import { flushPromises, mount } from '@vue/test-utils'
import type { CallInput } from '@shared/contract/calls'
import NoteButton from '@renderer/components/note-button.vue'
import DeskSection from '@renderer/screens/settings/desk-section.vue'
import { useNotices } from '@renderer/composables/use-notices'
import { useSessionStore } from '@renderer/stores/session-store'
import DeskScreen from '@renderer/screens/desk/desk-screen.vue'
import { mountPage, settle, useDemoBridge } from './mount-page'

afterEach(() => (document.body.innerHTML = ''))

const press = async (text: string): Promise<void> => {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === text)
  found!.click()
  await settle()
}

describe('the desk section of the settings', () => {
  it('keeps several names and a time of the reminder, which can be switched off', async () => {
    const saved: CallInput<'settings.set'>[] = []
    useDemoBridge({
      'settings.set': (changes) => {
        saved.push(changes)
        return { saved: true }
      },
    })
    await useSessionStore().load()
    const page = mount(DeskSection, { attachTo: document.body })
    await flushPromises()
    expect(page.text()).toContain('示例乙')
    await page.find('input[placeholder="姓名"]').setValue(' 示例丙 ')
    await page.find('.add').trigger('submit')
    await page.find('input[placeholder="16:00"]').setValue('15:00')
    await flushPromises()
    // What was typed meanwhile stays.
    expect(page.find<HTMLInputElement>('input[placeholder="16:00"]').element.value).toBe('15:00')
    expect(saved.at(-1)).toEqual({ operators: ['经办员', '示例甲', '示例乙', '示例丙'] })
    // The present operator cannot be taken from the list.
    expect(page.findAll('.el-tag__close')).toHaveLength(2)
    await page.find('input[placeholder="16:00"]').setValue('26:00')
    expect(page.text()).toContain('00:00 到 23:59')
    page.getComponent(ElSwitch).vm.$emit('update:modelValue', false)
    await flushPromises()
    expect(page.find('input[placeholder="16:00"]').exists()).toBe(false)
    await page.findAll('form').at(-1)!.trigger('submit')
    await flushPromises()
    expect(saved.at(-1)).toMatchObject({ reminder: '' })
  })
})

describe('notes', () => {
  it('are left for those who keyed the records', async () => {
    const left: CallInput<'notes.add'>[] = []
    useDemoBridge({
      'notes.add': (note) => {
        left.push(note)
        return { to: ['示例甲', '示例乙'] }
      },
    })
    mount(NoteButton, { props: { recordIds: ['r1', 'r2'] }, attachTo: document.body })
    await press('留言')
    const area = document.querySelector('textarea')!
    area.value = '文书号少了年份'
    area.dispatchEvent(new Event('input'))
    await press('留下')
    expect(left).toEqual([{ recordIds: ['r1', 'r2'], text: '文书号少了年份' }])
    expect(useNotices().notices.value.at(-1)?.text).toBe('已留言给示例甲、示例乙。')
  })

  it('wait on the desk for the one whom they are for', async () => {
    let read: readonly string[] = []
    useDemoBridge({
      'notes.read': ({ noteIds }) => {
        read = noteIds
        return { total: 0, notes: [] }
      },
    })
    await useSessionStore().load()
    const { page } = await mountPage(DeskScreen, '/desk')
    expect(page.text()).toContain('给我的留言 2')
    await press('查看')
    expect(page.text()).toContain('请对照证书改一下')
    await press('已看过')
    expect(read).toEqual(['note-1'])
  })
})

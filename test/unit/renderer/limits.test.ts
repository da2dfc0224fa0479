import { afterEach, describe, expect, it } from 'vitest'
import { flushPromises, mount } from '@vue/test-utils'
import { defaultAttachmentLimits } from '@shared/contract/attachment-limits'
import type { AttachmentLimits } from '@shared/contract/attachment-limits'
import { defaultImportLimits } from '@shared/contract/import-limits'
import AttachmentsSection from '@renderer/screens/settings/attachments-section.vue'
import ImportSection from '@renderer/screens/settings/import-section.vue'
import { useDemoBridge } from './mount-page'

afterEach(() => (document.body.innerHTML = ''))

describe('limits of the desk', () => {
  it('are shown as they are stored, saved together, and go back to their defaults', async () => {
    const given: (AttachmentLimits | null)[] = []
    const stored = { fileMb: 5, perRecord: 10, undoDays: 3 }
    useDemoBridge({
      'attachments.limits': () => stored,
      'attachments.setLimits': ({ limits }) => {
        given.push(limits)
        return limits ?? defaultAttachmentLimits
      },
    })
    const page = mount(AttachmentsSection, { attachTo: document.body })
    await flushPromises()
    const value = (label: string) => page.get<HTMLInputElement>(`input[aria-label="${label}"]`)
    const press = async (text: string) => {
      await page
        .findAll('button')
        .find((one) => one.text() === text)!
        .trigger('click')
      await flushPromises()
    }
    expect(value('一件的大小（MB）').element.value).toBe('5')
    await value('移除后保留（天）').setValue('0')
    await value('移除后保留（天）').trigger('change')
    await press('保存')
    expect(given).toEqual([{ ...stored, undoDays: 0 }])
    await press('恢复默认')
    await press('保存')
    expect(given.at(-1)).toBeNull()
    expect(value('每条记录的件数').element.value).toBe('30')
  })

  it('of imports are the same card', async () => {
    useDemoBridge({ 'import.limits': () => ({ ...defaultImportLimits, rows: 5_000 }) })
    const page = mount(ImportSection, { attachTo: document.body })
    await flushPromises()
    expect(page.get<HTMLInputElement>('input[aria-label="行数"]').element.value).toBe('5000')
  })
})

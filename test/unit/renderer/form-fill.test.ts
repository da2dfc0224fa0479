import { describe, expect, it } from 'vitest'
import type { VueWrapper } from '@vue/test-utils'
import { useNotices } from '@renderer/composables/use-notices'
import { pastedValues } from '@renderer/screens/form/pasted-values'
import RecordsScreen from '@renderer/screens/records/records-screen.vue'
import { useSessionStore } from '@renderer/stores/session-store'
import type { CallName, Handlers } from '@shared/contract/calls'
import { demoStandard } from '@test/fixtures/demo/demo-standard'
import { mountPage, settle, useDemoBridge } from './mount-page'

const spec = demoStandard.recordTypes.find((type) => type.code === 'XZXK_FR')!
const fields = spec.fields.filter((field) => field.envelope !== true)
const labelOf = (code: string): string => fields.find((field) => field.code === code)!.label
const name = 'XK_XDR_MC'
const code = 'XK_XDR_SHXYM'

describe('a row copied in Excel', () => {
  it('goes under its heads, whatever their order; empty cells and unknown columns change nothing', () => {
    const read = pastedValues(spec, [
      [labelOf(code), '科室', labelOf(name), 'XK_WSH'],
      [' 913603001234567890 ', '登记科', '萍乡市示例商贸有限公司', ''],
      ['第二行', '', '', ''],
    ])
    expect([...read.values]).toEqual([
      [code, '913603001234567890'],
      [name, '萍乡市示例商贸有限公司'],
    ])
    expect(read).toMatchObject({ isNamed: true, unknown: ['科室'], otherRows: 1 })
  })

  it('goes by the order of the standard where it has no heads', () => {
    const read = pastedValues(spec, [fields.slice(0, 3).map((_, index) => `值${index}`)])
    expect([...read.values.keys()]).toEqual(fields.slice(0, 3).map((field) => field.code))
    expect(read).toMatchObject({ isNamed: false, otherRows: 0 })
    // One row of labels alone is no line of heads: there is nothing under it.
    expect(pastedValues(spec, [[labelOf(name), labelOf(code)]]).isNamed).toBe(false)
  })
})

async function openForm(overrides: Partial<Handlers<CallName>> = {}) {
  const bridge = useDemoBridge(overrides)
  await useSessionStore().load()
  const { page } = await mountPage(RecordsScreen, '/records?filter=unsent&create=XZXK_FR')
  await settle()
  return { page, bridge }
}
const valueOf = (page: VueWrapper, field: string): string =>
  page.get<HTMLInputElement>(`#field-${field}`).element.value
const dialogButton = (text: string): HTMLElement =>
  [...document.querySelectorAll<HTMLElement>('.el-dialog button')].find((one) =>
    one.textContent?.includes(text),
  )!

function paste(target: Element, text: string): Event {
  const event = new Event('paste', { bubbles: true, cancelable: true })
  Object.assign(event, { clipboardData: { getData: () => text } })
  target.dispatchEvent(event)
  return event
}

describe('filling the form', () => {
  it('shows what a pasted row would change, does it on a yes, and takes it out again in one step', async () => {
    const { page } = await openForm()
    await page.get(`#field-${name}`).setValue('原来的名称')
    const row = `${labelOf(name)}\tXK_WSH\r\n萍乡市示例商贸有限公司\t萍测字9号\r\n`
    const event = paste(page.get(`#field-${name}`).element, row)
    expect(event.defaultPrevented).toBe(true)
    await settle(150)
    const dialog = document.querySelector('.el-dialog')!
    expect(dialog.textContent).toContain('原来的名称')
    expect(valueOf(page, name)).toBe('原来的名称')
    dialogButton('填入 2 项').click()
    await settle()
    expect(valueOf(page, name)).toBe('萍乡市示例商贸有限公司')
    expect(valueOf(page, 'XK_WSH')).toBe('萍测字9号')
    const notice = useNotices().notices.value.at(-1)!
    expect(notice.text).toContain('已填入 2 项')
    await notice.action!.run()
    await settle()
    expect([valueOf(page, name), valueOf(page, 'XK_WSH')]).toEqual(['原来的名称', ''])
  })

  it('leaves plain text to the field it is pasted into, and any text to a field of several lines', async () => {
    const { page } = await openForm()
    expect(paste(page.get(`#field-${name}`).element, '萍乡市示例商贸有限公司').defaultPrevented).toBe(false)
    const area = page.find('.record-panel textarea')
    expect(area.exists()).toBe(true)
    expect(paste(area.element, 'a\tb').defaultPrevented).toBe(false)
  })

  it('offers the name of a known code, takes it by one key, and never by itself nor while composing', async () => {
    const { page } = await openForm({
      'records.earlier': ({ subjectName }) => ({
        name: subjectName === '萍乡市示例商贸有限公司' ? null : '萍乡市示例商贸有限公司',
        previous: null,
      }),
    })
    await page.get(`#field-${code}`).setValue('913603001234567890')
    await settle(400)
    expect(page.text()).toContain('本机记录中同一代码为“萍乡市示例商贸有限公司”')
    expect(valueOf(page, name)).toBe('')
    const panel = page.get('.record-panel')
    await panel.trigger('keydown', { key: 'Enter', altKey: true, isComposing: true })
    expect(valueOf(page, name)).toBe('')
    await panel.trigger('keydown', { key: 'Enter', altKey: true })
    expect(valueOf(page, name)).toBe('萍乡市示例商贸有限公司')
    await settle(400)
    expect(page.text()).not.toContain('本机记录中同一代码为')
  })

  it('copies the previous record of the subject, but not over what is filled already', async () => {
    const { page } = await openForm({
      'records.earlier': () => ({
        name: null,
        previous: {
          recordId: 'demo-1',
          docNo: '萍测字8号',
          legalDate: '2026-11-18',
          values: { [name]: '旧名称', XK_NR: '旧许可内容' },
        },
      }),
    })
    await page.get(`#field-${code}`).setValue('913603001234567890')
    await page.get(`#field-${name}`).setValue('新名称')
    await settle(400)
    await page.get('.record-panel').trigger('keydown', { key: 'd', ctrlKey: true })
    await settle(150)
    dialogButton('填入 1 项').click()
    await settle()
    expect([valueOf(page, name), valueOf(page, 'XK_NR')]).toEqual(['新名称', '旧许可内容'])
  })
})

describe('saving and going on', () => {
  it('begins another new record of the type, with nothing of the one that was saved', async () => {
    const { page } = await openForm()
    await page.get(`#field-${name}`).setValue('萍乡市示例商贸有限公司')
    const panel = page.get('.record-panel')
    await panel.trigger('keydown', { key: 'Enter', ctrlKey: true, isComposing: true })
    await settle(100)
    expect(valueOf(page, name)).toBe('萍乡市示例商贸有限公司')
    await panel.trigger('keydown', { key: 'Enter', ctrlKey: true })
    await settle(200)
    expect(valueOf(page, name)).toBe('')
    expect(page.findAll('.late.issue')).toHaveLength(0)
  })
})

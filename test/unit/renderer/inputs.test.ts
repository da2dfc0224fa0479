import { describe, expect, it } from 'vitest'
import { mount } from '@vue/test-utils'
import { failure } from '@shared/kernel/failure'
import DueBadge from '@renderer/components/due-badge.vue'
import FailurePanel from '@renderer/components/failure-panel.vue'
import MaskedValue from '@renderer/components/masked-value.vue'
import SearchBox from '@renderer/components/search-box.vue'
import DateInput from '@renderer/screens/form/date-input.vue'
import { usePinyin } from '@renderer/composables/use-pinyin'
import { settle, useDemoBridge } from './mount-page'

describe('the search box', () => {
  it('gives the text when typing pauses, and nothing while an input method composes', async () => {
    const box = mount(SearchBox, { props: { modelValue: '', label: '搜索', delayMs: 10 } })
    const input = box.get('input')
    input.element.value = 'ping'
    await input.trigger('input', { isComposing: true })
    await settle(40)
    expect(box.emitted('update:modelValue')).toBeUndefined()
    await input.trigger('keydown', { key: 'Enter', isComposing: true })
    expect(box.emitted('enter')).toBeUndefined()
    input.element.value = '萍乡'
    await input.trigger('compositionend')
    await settle(40)
    expect(box.emitted('update:modelValue')).toEqual([['萍乡']])
    await input.trigger('keydown', { key: 'Enter' })
    expect(box.emitted('enter')).toHaveLength(1)
  })

  it('is cleared by Esc, which then goes no further', async () => {
    let escaped = 0
    const box = mount(SearchBox, {
      props: { modelValue: '萍乡', label: '搜索' },
      attrs: { onKeydown: () => escaped++ },
    })
    await box.get('input').trigger('keydown', { key: 'Escape' })
    expect(box.get('input').element.value).toBe('')
    expect(escaped).toBe(0)
  })
})

describe('a date', () => {
  it.each([
    ['2026.11.9', '2026-11-09'],
    ['20261109', '2026-11-09'],
    ['2026年11月9日', '2026-11-09'],
    ['长期', '2099-12-31'],
  ])('typed as %s is put in order on leaving', async (typed, kept) => {
    const input = mount(DateInput, {
      props: { id: 'date', modelValue: '', isInvalid: false, describedBy: undefined },
    })
    input.get('input').element.value = typed
    await input.get('input').trigger('change')
    expect(input.emitted('update:modelValue')?.at(-1)).toEqual([kept])
  })

  it('that does not exist stays as typed', async () => {
    const input = mount(DateInput, {
      props: { id: 'date', modelValue: '', isInvalid: false, describedBy: undefined },
    })
    input.get('input').element.value = '2026-02-30'
    await input.get('input').trigger('change')
    expect(input.emitted('update:modelValue')).toBeUndefined()
  })
})

describe('a personal value', () => {
  it('stays masked until a reason is given, and is asked for with it', async () => {
    const asked: unknown[] = []
    useDemoBridge({
      'records.reveal': (input) => {
        asked.push(input)
        return { value: '36030019900101001X' }
      },
    })
    const value = mount(MaskedValue, {
      props: { recordId: 'demo-0', field: 'CF_FR_ZJHM', label: '证件号码', masked: '3603**********001X' },
      attachTo: document.body,
    })
    await value.get('button').trigger('click')
    await settle()
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('.el-dialog__footer button')]
    buttons.at(-1)!.click()
    await settle()
    expect(asked).toEqual([])
    const reason = document.querySelector<HTMLTextAreaElement>('.el-dialog textarea')!
    reason.value = '核对身份证件'
    reason.dispatchEvent(new Event('input'))
    buttons.at(-1)!.click()
    await settle()
    expect(asked).toEqual([{ recordId: 'demo-0', field: 'CF_FR_ZJHM', reason: '核对身份证件' }])
    expect(value.text()).toContain('36030019900101001X')
    await value.get('button').trigger('click')
    expect(value.text()).not.toContain('36030019900101001X')
  })
})

describe('a refusal', () => {
  it('is a sentence with its code, and offers a retry only where one can help', async () => {
    const panel = mount(FailurePanel, { props: { failure: failure('record.not-found', { recordId: 'r' }) } })
    expect(panel.text()).toContain('record.not-found')
    await panel.get('button').trigger('click')
    expect(panel.emitted('retry')).toHaveLength(1)
    const final = mount(FailurePanel, {
      props: { failure: failure('task.cancelled', {}, { kind: 'never' }) },
    })
    expect(final.find('button').exists()).toBe(false)
  })
})

describe('the clock of a record', () => {
  const badge = (state: 'overdue' | 'due_today' | 'due_soon' | 'met_late', days: number) =>
    mount(DueBadge, {
      props: { clock: { state, days, dueOn: '2026-11-24', provisional: false }, today: '2026-11-20' },
    }).get('span')

  it('is red only when late and amber only today', () => {
    expect(badge('overdue', 3).classes()).toEqual(['late'])
    expect(badge('overdue', 3).text()).toBe('逾期 3 天')
    expect(badge('due_today', 0).classes()).toEqual(['soon'])
    expect(badge('due_soon', 2).classes()).toEqual([])
    expect(badge('met_late', 1).text()).toBe('迟报 1 天')
  })
})

describe('pinyin initials', () => {
  it('find a Chinese text once the dictionary is there', async () => {
    const { match, prepare } = usePinyin()
    prepare()
    await expect.poll(() => match.value('没收违法所得', 'mswf'), { timeout: 5_000 }).toBe(true)
    expect(match.value('没收违法所得', '违法')).toBe(true)
    expect(match.value('没收违法所得', 'xyz')).toBe(false)
    expect(match.value('罚款', 'fk')).toBe(true)
  })
})

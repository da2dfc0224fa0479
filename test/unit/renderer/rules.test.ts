import type { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { h, ref } from 'vue'
import type { CallInput } from '@shared/contract/calls'
import type { IssueView } from '@shared/contract/views/record-views'
import DeskScreen from '@renderer/screens/desk/desk-screen.vue'
import { fixText } from '@renderer/screens/form/fix-text'
import ProblemsDialog from '@renderer/screens/records/problems-dialog.vue'
import RecordsScreen from '@renderer/screens/records/records-screen.vue'
import ReferenceScreen from '@renderer/screens/reference/reference-screen.vue'
import { searchCodes, searchFields, searchRules } from '@renderer/screens/reference/reference-search'
import { demoDetail, demoGaps, demoRules } from '@test/fixtures/demo/demo-rules'
import { demoStandard } from '@test/fixtures/demo/demo-standard'
import { mountPage, settle, useDemoBridge } from './mount-page'

const click = async (page: ReturnType<typeof mount>, selector: string, words: string): Promise<void> => {
  const button = page.findAll(selector).find((one) => one.text().includes(words))
  if (button === undefined) throw new Error(`nothing says ${words}`)
  await button.trigger('click')
  await settle()
}

/** Dialogs hang on the body, outside the screen. */
const inDialog = (words: string): HTMLElement => {
  const found = [...document.querySelectorAll<HTMLElement>('.el-dialog button')].find((one) =>
    one.textContent.includes(words),
  )
  if (found === undefined) throw new Error(`no dialog says ${words}`)
  return found
}

async function giveReason(reason: string, confirm: string): Promise<void> {
  const area = document.querySelector<HTMLTextAreaElement>('.el-dialog textarea')!
  area.value = reason
  area.dispatchEvent(new Event('input'))
  await settle(20)
  const buttons = [...area.closest('.el-dialog')!.querySelectorAll<HTMLElement>('button')]
  buttons.find((one) => one.textContent.includes(confirm))!.click()
  await settle()
}

describe('the page of rules and fields', () => {
  it('opens at the rule that an issue names, with basis, sample and fix', async () => {
    useDemoBridge()
    const { page } = await mountPage(ReferenceScreen, '/reference?rule=penalty.fine-unit&type=XZCF_FR')
    const detail = page.find('article').text()
    expect(detail).toContain('罚款金额与处罚内容对不上')
    expect(detail).toContain('单位为万元')
    expect(detail).toContain('按处罚内容里写明的金额换算：0.2')
    expect(page.find('[aria-current="true"]').text()).toContain('penalty.fine-unit')
    expect(page.text()).toContain('2 / 3 条')
  })

  it('says so when the standard in force has no such rule', async () => {
    useDemoBridge()
    const { page } = await mountPage(ReferenceScreen, '/reference?rule=old.rule')
    expect(page.text()).toContain('这条规则不在现行标准里')
  })

  it('shows fields with length, unit and list, and code lists with their spellings', async () => {
    useDemoBridge()
    const { page, router } = await mountPage(ReferenceScreen, '/reference?tab=fields&type=XZCF_FR')
    expect(page.text()).toContain('单位万元')
    expect(page.text()).toContain('必填')
    await router.push('/reference?tab=codes')
    await settle()
    expect(page.find('.items').text()).toContain('报送值')
  })

  it('finds rules, fields and codes by any word, in any width', () => {
    expect(searchRules(demoRules, '罚款 万元', null).map(({ id }) => id)).toContain('penalty.fine-unit')
    expect(searchRules(demoRules, 'ＲＥＣＯＲＤ', null).map(({ id }) => id)).toEqual(['record.duplicate'])
    expect(searchRules(demoRules, '', 'XZXK_FR').map(({ id }) => id)).toEqual(['record.duplicate'])
    const fields = demoStandard.recordTypes[0]!.fields
    expect(searchFields(fields, fields[0]!.code).map(({ code }) => code)).toContain(fields[0]!.code)
    const [list] = Object.values(demoStandard.codeLists)
    expect(searchCodes(list!, list!.items[0]!.label)).toContain(list!.items[0])
  })
})

describe('numbers without a record', () => {
  it('stand on the desk with the numbers on either side, and go once somebody says why', async () => {
    const noted: CallInput<'gaps.explain'>[] = []
    useDemoBridge({
      'gaps.explain': (input) => {
        noted.push(input)
        return { ...demoGaps, missing: 3, gaps: demoGaps.gaps.slice(1) }
      },
    })
    const { page } = await mountPage(DeskScreen, '/desk')
    expect(page.text()).toContain('萍市监罚〔2026〕88号')
    expect(page.text()).toContain('萍市监罚〔2026〕71—73号（3 个）')
    expect(page.text()).toContain('4 个号没有记录')
    await click(page, '.ways button', '说明')
    await giveReason('不予处罚', '说明')
    expect(noted).toEqual([{ series: '萍市监罚〔2026〕', from: 88, to: 88, reason: '不予处罚' }])
    expect(page.text()).not.toContain('〔2026〕88号和')
    expect(page.text()).toContain('3 个号没有记录')
  })

  it('take no room when there are none', async () => {
    useDemoBridge({ 'gaps.list': () => ({ ...demoGaps, missing: 0, gaps: [] }) })
    const { page } = await mountPage(DeskScreen, '/desk')
    expect(page.text()).not.toContain('文号缺号')
  })
})

describe('the problems of many records', () => {
  it('are put right or confirmed by rule, for one reason', async () => {
    const asked: unknown[] = []
    useDemoBridge({
      'records.applyFixes': (input) => {
        asked.push(input.code)
        return { changed: 1, failed: 0, undo: null }
      },
      'records.confirmMany': (input) => {
        asked.push([input.code, input.reason, input.recordIds.length])
        return { changed: 2, undo: null }
      },
    })
    const isOpen = ref(false)
    const dialog = () => h(ProblemsDialog, { modelValue: isOpen.value, recordIds: ['demo-0', 'demo-1'] })
    await mountPage({ setup: () => dialog }, '/records')
    isOpen.value = true
    await settle()
    inDialog('按处罚内容里写明的金额换算').click()
    await settle()
    inDialog('确认无误（2 件）').click()
    await settle(300)
    await giveReason('已核对营业执照', '确认无误')
    expect(asked).toEqual(['field.required', ['date.valid-before-decision', '已核对营业执照', 2]])
  })
})

describe('the ways out of an issue', () => {
  const issue = (changes: Partial<IssueView>): IssueView => ({
    code: 'text.not-to-be-published',
    severity: 'error',
    source: 'local',
    field: 'CF_NR',
    fieldLabel: '处罚内容',
    value: '适用简易程序',
    message: '“处罚内容”里有“简易程序”。',
    serverText: null,
    fix: null,
    confirmed: null,
    ...changes,
  })

  async function panelWith(issues: readonly IssueView[], overrides = {}) {
    useDemoBridge({ 'records.get': () => ({ ...demoDetail(), issueList: issues }), ...overrides })
    return mountPage(RecordsScreen, '/records?record=demo-0')
  }

  it('lead to the rule, to the other record, and to not sending it on the right basis', async () => {
    const { page } = await panelWith([issue({ exclusion: 'simple-procedure', otherRecordId: 'demo-3' })])
    const links = page.findAll('.ways a').map((link) => link.attributes('href'))
    expect(links).toEqual([
      '/records?filter=all&record=demo-3',
      expect.stringContaining('/reference?rule=text.not-to-be-published&type='),
    ])
    await click(page, '.ways button', '标为不报送')
    const chosen = document.querySelector('.el-dialog .el-radio.is-checked')
    expect(chosen?.textContent).toContain('简易程序')
  })

  it('take a confirmation back', async () => {
    const calls: unknown[] = []
    const confirmed = { by: '经办员', reason: '已核对' }
    const { page } = await panelWith([issue({ severity: 'warning', confirmed })], {
      'records.unconfirm': (input: CallInput<'records.unconfirm'>) => {
        calls.push(input)
        return demoDetail()
      },
    })
    await click(page, '.more button', '撤回确认')
    expect(calls).toEqual([{ recordId: 'demo-0', code: 'text.not-to-be-published', field: 'CF_NR' }])
  })

  it('name a long fix by what it does', () => {
    expect(fixText({ fixNote: '遮住号码和住址' }, '字'.repeat(100))).toBe('遮住号码和住址')
    expect(fixText({ fixNote: '换成标准里的写法' }, '罚款')).toBe('改为 罚款')
    expect(fixText({}, '字'.repeat(100))).toContain('字字')
  })
})

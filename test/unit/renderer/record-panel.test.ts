import { afterEach, describe, expect, it } from 'vitest'
import type { VueWrapper } from '@vue/test-utils'
import type { CallInput, CallName, Handlers } from '@shared/contract/calls'
import type { RecordDetail } from '@shared/contract/views/record-views'
import RecordsScreen from '@renderer/screens/records/records-screen.vue'
import { readDraft } from '@renderer/screens/form/local-draft'
import { useSessionStore } from '@renderer/stores/session-store'
import { detailOf, demoRows } from '@test/fixtures/demo/demo-records'
import { mountPage, settle, useDemoBridge } from './mount-page'

afterEach(() => (document.body.innerHTML = ''))

const CHECKED_MS = 700
const DRAFTED_MS = 1_200
const blocked = demoRows[0]!.recordId
const rejected = demoRows[2]!.recordId

async function openRecord(recordId: string, overrides: Partial<Handlers<CallName>> = {}) {
  const bridge = useDemoBridge({ 'records.page': fewRows, ...overrides })
  await useSessionStore().load()
  const mounted = await mountPage(RecordsScreen, `/records?filter=unsent&record=${recordId}`)
  await settle()
  return { bridge, ...mounted }
}

const fewRows = () => ({ rows: demoRows.slice(0, 3), next: null, total: 3, hasMore: false })

const button = (page: VueWrapper, text: string) => {
  const found = page.findAll('button').find((one) => one.text() === text)
  if (found === undefined) throw new Error(`no button "${text}"`)
  return found
}

describe('the record panel', { timeout: 20_000 }, () => {
  it('puts a proved value in by one click and shows the arithmetic of the unit', async () => {
    const { page } = await openRecord(blocked)
    await button(page, '改为 0.2').trigger('click')
    await settle()
    expect(page.get<HTMLInputElement>('#field-CF_NR_FK').element.value).toBe('0.2')
    expect(page.text()).toContain('0.2 万元 = 2,000 元')
  })

  it('saves only what was changed, on the revision that was shown', async () => {
    const saved: CallInput<'records.save'>[] = []
    const { page } = await openRecord(blocked, {
      'records.save': (input) => {
        saved.push(input)
        const before = detailOf(demoRows[0]!)
        return { ...before, revision: 2, values: { ...before.values, ...input.changes } }
      },
    })
    await page.get('#field-CF_FRDB').setValue('王某')
    await page.get('#field-CF_JDRQ').setValue('2026.11.09')
    await page.get('#field-CF_JDRQ').trigger('change')
    await button(page, '保存').trigger('click')
    await settle()
    expect(saved).toEqual([
      { recordId: blocked, baseRevision: 1, changes: { CF_FRDB: '王某', CF_JDRQ: '2026-11-09' } },
    ])
  })

  it('never sends a masked value back, neither to the check nor to the store', async () => {
    const checked: CallInput<'records.check'>[] = []
    const { page } = await openRecord(blocked, {
      'records.check': (input) => {
        checked.push(input)
        return { issues: [], values: input.values }
      },
    })
    await page.get('#field-CF_FRDB').setValue('王某')
    await settle(CHECKED_MS)
    expect(checked).toHaveLength(1)
    expect(Object.keys(checked[0]!.values)).not.toContain('CF_FR_ZJHM')
    expect(page.find('#field-CF_FR_ZJHM').exists()).toBe(false)
  })

  it('keeps the platform’s words as text, whatever they contain', async () => {
    const { page } = await openRecord(rejected)
    expect(page.text()).toContain('<b>CF_XDR_MC</b>')
    expect(page.text()).toContain('平台退回 1001')
  })

  it('sends what the platform refused once more without an edit', async () => {
    const calls: string[] = []
    const next: RecordDetail = {
      ...detailOf(demoRows[2]!),
      revision: 3,
      delivery: 'none',
      quality: 'clean',
      issueList: [],
    }
    const { page } = await openRecord(rejected, {
      'records.save': ({ changes }) => {
        calls.push(`save ${Object.keys(changes).length}`)
        return next
      },
      'submission.start': ({ recordIds }) => {
        calls.push(`start ${recordIds?.join() ?? ''}`)
        throw new Error('far enough')
      },
    })
    await button(page, '重新报送').trigger('click')
    await settle()
    expect(calls).toEqual(['save 0', `start ${rejected}`])
  })

  it('keeps public edits against a crash, personal ones never, and brings them back', async () => {
    const first = await openRecord(blocked)
    await button(first.page, '更改').trigger('click')
    await first.page.get('#field-CF_FR_ZJHM').setValue('36030019900101001X')
    await first.page.get('#field-CF_FRDB').setValue('王某')
    await settle(DRAFTED_MS)
    const draft = readDraft(`practice.${blocked}`)
    expect(draft).toEqual({ revision: 1, values: { CF_FRDB: '王某' }, hadPersonal: true })
    expect(JSON.stringify(localStorage)).not.toContain('36030019900101001X')
    first.page.unmount()
    const again = await mountPage(RecordsScreen, `/records?filter=unsent&record=${blocked}`)
    await settle()
    expect(again.page.get<HTMLInputElement>('#field-CF_FRDB').element.value).toBe('王某')
    expect(again.page.text()).toContain('已恢复上次没有保存的修改')
  })

  it('asks before leaving unsaved edits and stays when told so', async () => {
    const { page, router } = await openRecord(blocked)
    await page.get('#field-CF_FRDB').setValue('王某')
    const going = router.push('/desk')
    await settle()
    const stay = [...document.querySelectorAll('button')].find((one) => one.textContent?.includes('留在这里'))
    stay!.click()
    await going
    expect(router.currentRoute.value.query['record']).toBe(blocked)
    expect(page.get<HTMLInputElement>('#field-CF_FRDB').element.value).toBe('王某')
  })

  it('offers to go on from the newest revision when somebody else changed the record', async () => {
    const { page, bridge } = await openRecord(blocked)
    await page.get('#field-CF_FRDB').setValue('王某')
    const other = await bridge.call('records.save', {
      recordId: blocked,
      baseRevision: 1,
      changes: { CF_WFXW: '无证经营' },
    })
    expect(other.ok).toBe(true)
    await button(page, '保存').trigger('click')
    await settle()
    expect(page.get('[role="alert"]').text()).toContain('record.changed-meanwhile')
    await button(page, '重试').trigger('click')
    await settle()
    expect(page.get<HTMLInputElement>('#field-CF_WFXW').element.value).toBe('无证经营')
    expect(page.get<HTMLInputElement>('#field-CF_FRDB').element.value).toBe('王某')
  })

  it('does not shout at an empty form, and says everything after the first save', async () => {
    useDemoBridge()
    await useSessionStore().load()
    const { page, router } = await mountPage(RecordsScreen, '/records?filter=unsent&create=XZXK_FR')
    await settle()
    expect(page.findAll('.late.issue')).toHaveLength(0)
    expect(page.text()).toContain('项必填没有填写')
    await page.get('#field-XK_XDR_MC').setValue('萍乡市示例商贸有限公司')
    await button(page, '保存').trigger('click')
    await settle(200)
    expect(router.currentRoute.value.query['record']).toMatch(/^demo-1\d{5}$/)
    expect(page.findAll('.issue .finding').length).toBeGreaterThan(0)
  })
})

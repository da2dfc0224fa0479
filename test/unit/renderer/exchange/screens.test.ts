import { defaultSpelling } from '@shared/domain/signature-spelling'
import { DOMWrapper, flushPromises, mount } from '@vue/test-utils'
import { useImportStore } from '@renderer/stores/import-store'
import type { VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import type { CallName, Handlers } from '@shared/contract/calls'
import { refuse } from '@shared/kernel/failure'
import { createAppRouter } from '@renderer/router'
import BatchesScreen from '@renderer/screens/batches/batches-screen.vue'
import ClosingScreen from '@renderer/screens/closing/closing-screen.vue'
import ImportScreen from '@renderer/screens/import/import-screen.vue'
import InboxScreen from '@renderer/screens/inbox/inbox-screen.vue'
import SettingsScreen from '@renderer/screens/settings/settings-screen.vue'
import { useSessionStore } from '@renderer/stores/session-store'
import { demoBridge } from '@test/fixtures/demo/demo-bridge'
import type { DemoBridge } from '@test/fixtures/demo/demo-bridge'
import {
  demoBatchDetail,
  demoForecast,
  demoInbox,
  emptyInbox,
  olderBatches,
} from '@test/fixtures/demo/demo-batches'
import { info as demoInfo } from '@test/fixtures/demo/demo-desk'
import { exchangeDemo } from '@test/fixtures/demo/demo-exchange'
import { demoInspection, demoSummary } from '@test/fixtures/demo/demo-imports'

const STEP_MS = 5
const HOSTILE = '<img src=x onerror=alert(1)>'
let mounted: VueWrapper | null = null

async function open(
  screen: Component,
  path: string,
  answers: Partial<Handlers<CallName>> = {},
): Promise<VueWrapper> {
  const bridge: DemoBridge = demoBridge({
    ...exchangeDemo((name, payload) => bridge.emit(name, payload), STEP_MS),
    ...answers,
  })
  Object.assign(window, { bridge })
  const pinia = createPinia()
  setActivePinia(pinia)
  const router = createAppRouter()
  await router.push(path)
  await useSessionStore().load()
  mounted = mount(screen, { global: { plugins: [pinia, router] }, attachTo: document.body })
  await flushPromises()
  return mounted
}

const button = (wrapper: VueWrapper | DOMWrapper<Element>, text: string) => {
  const found = wrapper.findAll('button').find((candidate) => candidate.text().includes(text))
  if (found === undefined) throw new Error(`no button ${text} in ${wrapper.text().slice(0, 300)}`)
  return found
}
/** Answers both questions of the invented file. */
async function answerQuestions(page: VueWrapper): Promise<void> {
  await button(page, '用 D 法人').trigger('click')
  const fieldset = page.findAll('fieldset').find((one) => one.text().includes('日期'))!
  await fieldset
    .findAll('button')
    .find((one) => one.text() === '不导入')!
    .trigger('click')
}
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 2_000 })

beforeEach(() => localStorage.clear())
afterEach(() => {
  mounted?.unmount()
  mounted = null
  document.body.innerHTML = ''
})

describe('import', () => {
  it('offers the invented sample for practice only', async () => {
    const practice = await open(ImportScreen, '/import')
    await until(() => expect(practice.text()).toContain('用示例表格试一遍'))
    practice.unmount()
    const live = { kind: 'browser', mode: 'live', liveReady: true, version: '0' } as const
    const page = await open(ImportScreen, '/import', {
      'host.info': () => live,
      'desk.info': () => ({ ...demoInfo, mode: 'live' }),
    })
    await until(() => expect(page.text()).toContain('选择文件'))
    expect(page.text()).not.toContain('用示例表格试一遍')
  })

  it('leads from the sample to the result, with counts that add up', async () => {
    const page = await open(ImportScreen, '/import')
    await button(page, '示例').trigger('click')
    await until(() => expect(page.text()).toContain('核对下面每一列'))
    expect(page.text()).toContain('以前导入过 1 次')
    expect(page.text()).toContain('还有 2 处请确认')
    expect(button(page, '检查全部数据').attributes('disabled')).toBeDefined()
    await answerQuestions(page)
    expect(page.text()).toContain('拿不准的地方都定好了')
    await button(page, '检查全部数据').trigger('click')
    await until(() => expect(page.text()).toContain('检查了 125 行'))
    await button(page, '导入 125 行').trigger('click')
    await until(() => expect(page.text()).toContain('125 行 = 新增 118 + 更新 4 + 内容相同跳过 3'))
    expect(page.text()).toContain('下载错误表')
  })

  it('says zero problems out loud', async () => {
    const clean = { ...demoSummary, clean: 122, warned: 0, blocked: 0, issues: [], issueCounts: {} }
    const page = await open(ImportScreen, '/import?file=handed-over&name=a.xlsx', {
      'import.preview': () => ({
        taskId: 'clean',
        kind: 'import',
        title: '',
        state: 'done',
        step: 'checking',
        done: 1,
        total: 1,
        startedAt: '',
        endedAt: null,
        cancellable: false,
        failure: null,
        importSummary: clean,
        submission: null,
        pull: null,
        standardPreview: null,
        restore: null,
      }),
    })
    await until(() => expect(page.text()).toContain('核对下面每一列'))
    await answerQuestions(page)
    await button(page, '检查全部数据').trigger('click')
    await until(() => expect(page.text()).toContain('检查了 125 行，0 个问题。'))
  })

  it('asks about columns, hidden rows and repairs with their proof', async () => {
    const page = await open(ImportScreen, '/import?file=token-1&name=a.xlsx')
    await until(() => expect(page.text()).toContain('“法定代表人”有几列都像，用哪一列？'))
    expect(page.text()).toContain('看过的 27 个值都是日期')
    expect(page.text()).toContain('工作表“字典”是隐藏的')
    await answerQuestions(page)
    await button(page, '撤销').trigger('click')
    expect(page.text()).toContain('还有 1 处请确认')
    await answerQuestions(page)
    await page.findAll('tbody tr')[2]!.trigger('click')
    expect(page.text()).toContain('看过的 27 个值里 26 个是统一社会信用代码')
    await button(page, '检查全部数据').trigger('click')
    await until(() => expect(page.text()).toContain('有 12 行在表格里是隐藏的'))
    await button(page, '自动整理').trigger('click')
    expect(page.text()).toContain('校验位相符')
    expect(page.text()).toContain('确有这一天，星期三')
    await button(page, '年份括号改为').trigger('click')
    expect(page.text()).not.toContain('校验位相符')
    await button(page, '跳过的行').trigger('click')
    expect(page.text()).toContain('127–128')
    expect(page.text()).toContain('合计 125 件')
  })

  it('takes one text for all rows where a field that every record needs has no column', async () => {
    const asked: Readonly<Record<string, string>>[] = []
    const page = await open(ImportScreen, '/import?file=token-1&name=a.xlsx', {
      'import.preview': ({ fills }) => {
        asked.push(fills ?? {})
        return refuse('input.no-rows', { file: 'a.xlsx' })
      },
    })
    await until(() => expect(page.text()).toContain('表里没有'))
    const store = useImportStore()
    const { field } = demoInspection.missingFields[0]!
    store.setFill(field, '1')
    await answerQuestions(page)
    await button(page, '检查全部数据').trigger('click')
    await until(() => expect(asked).toHaveLength(1))
    expect(asked[0]).toMatchObject({ [field]: '1' })
  })

  it('offers the type where no header was found, and the other type where it is clearly that one', async () => {
    const asked: (string | null)[] = []
    const page = await open(ImportScreen, '/import?file=token-1&name=a.xlsx', {
      'import.inspect': ({ recordType }) => {
        asked.push(recordType)
        if (recordType === null) refuse('input.header-not-found', { file: 'a.xlsx' })
        return { ...demoInspection, recordType: 'XZCF_FR', looksLike: 'XZXK_FR' }
      },
    })
    await until(() => expect(page.text()).toContain('没有认出是哪一类'))
    const store = useImportStore()
    await store.inspect({ recordType: 'XZCF_FR' })
    await until(() => expect(page.text()).toContain('这看起来是“行政许可（法人）”的表'))
    await button(page, '按行政许可（法人）读取').trigger('click')
    expect(asked).toEqual([null, 'XZCF_FR', 'XZXK_FR'])
  })

  it('shows a refused file in a plain sentence and stays at the start', async () => {
    const page = await open(ImportScreen, '/import?file=bad-token&name=b.xls', {
      'import.inspect': () => refuse('input.legacy-workbook', { file: 'b.xls' }),
    })
    await until(() => expect(page.text()).toContain('另存为 .xlsx'))
    expect(page.text()).toContain('把台账表格放到这里')
  })
})

describe('closing', () => {
  it('forecasts, sends after one button and shows receipts', async () => {
    const page = await open(ClosingScreen, '/closing')
    await until(() => expect(page.text()).toContain('现在可以报送 42 件'))
    expect(page.text()).toContain('2 件可能被退回')
    await button(page, '报送 42 件').trigger('click')
    await until(() => expect(page.text()).toContain('报送完成'))
    await until(() => expect(page.text()).toContain('退回的 2 件'))
    expect(page.text()).toContain('R20261120-')
    expect(document.querySelector('.print-sheet')?.textContent).toContain('信用数据报送日结单')
  })

  it('says what stops it', async () => {
    const page = await open(ClosingScreen, '/closing', {
      'submission.start': () => refuse('connection.missing'),
    })
    await until(() => expect(page.text()).toContain('现在可以报送'))
    await button(page, '报送 42 件').trigger('click')
    await until(() => expect(page.text()).toContain('还没有设置平台连接'))
  })

  it('offers to go on with batches that have not ended', async () => {
    const page = await open(ClosingScreen, '/closing', {
      'submission.forecast': () => ({ ...demoForecast, sendable: 0, byType: [], openBatches: [] }),
    })
    await until(() => expect(page.text()).toContain('没有可以报送的记录'))
    expect(page.text()).not.toContain('接着办完')
  })

  it('sends a batch that no repetition can mend to its own screen', async () => {
    const stuck = {
      ...olderBatches[0]!,
      state: 'stopped',
      lastFailure: 'platform.manifest-conflict',
    } as const
    const page = await open(ClosingScreen, '/closing', {
      'submission.forecast': () => ({ ...demoForecast, openBatches: [stuck] }),
    })
    await until(() => expect(page.text()).toContain('请交回记录'))
    expect(page.text()).not.toContain('接着办完')
    expect(page.find('a[href*="batches"]').attributes('href')).toContain(`open=${stuck.batchId}`)
  })
})

describe('inbox', () => {
  it('shows words of the platform as text only', async () => {
    const group = { ...demoInbox.groups[0]!, serverText: HOSTILE }
    const notice = { ...demoInbox.notices[0]!, title: HOSTILE, text: HOSTILE }
    const page = await open(InboxScreen, '/inbox', {
      'inbox.list': () => ({ ...emptyInbox, groups: [group], notices: [notice], total: 2 }),
    })
    await until(() => expect(page.text()).toContain(HOSTILE))
    expect(page.find('img').exists()).toBe(false)
  })

  it('says zero and what will be here when nothing came back', async () => {
    const page = await open(InboxScreen, '/inbox', {
      'inbox.list': () => emptyInbox,
    })
    await until(() => expect(page.text()).toContain('0 件退回，0 条通知。'))
  })

  it('names the records that a fix would change', async () => {
    const page = await open(InboxScreen, '/inbox')
    await until(() => expect(page.text()).toContain('改选中的 6 件'))
    await page.findAll('tbody .el-checkbox input')[0]!.setValue(false)
    await until(() => expect(page.text()).toContain('改选中的 5 件'))
  })
})

describe('batches', () => {
  it('lists batches and searches by receipt', async () => {
    const page = await open(BatchesScreen, '/batches')
    await until(() => expect(page.text()).toContain('20261119-1'))
    await page.find('input').setValue('20261118')
    await page.find('input').trigger('keydown', { key: 'Enter' })
    await until(() => expect(page.text()).not.toContain('20261119-1'))
  })

  const stopped = olderBatches.find((batch) => batch.state === 'stopped')!
  const openStopped = async (answers: Partial<Handlers<CallName>> = {}): Promise<DOMWrapper<Element>> => {
    await open(BatchesScreen, `/batches?open=${stopped.batchId}`, answers)
    const body = new DOMWrapper(document.body)
    await until(() => expect(body.text()).toContain('停下的原因'))
    return body
  }
  const giveBack = async (body: DOMWrapper<Element>): Promise<void> => {
    await button(body, '交回记录').trigger('click')
    await until(() => expect(body.text()).toContain(`交回批次 ${stopped.label} 的 4 条记录？`))
    await button(body, '查询并交回').trigger('click')
  }

  it('gives the records of a stopped batch back once somebody has said so', async () => {
    const body = await openStopped()
    expect(body.text()).toContain('接着办完')
    await giveBack(body)
    await until(() => expect(body.text()).not.toContain('停下的原因'))
    await button(body, '经过').trigger('click')
    expect(body.text()).toContain(`封存为批次 ${stopped.label}`)
  })

  it('says why records were not given back, and offers no vain attempt to go on', async () => {
    const body = await openStopped({
      'batches.get': () => demoBatchDetail({ ...stopped, lastFailure: 'platform.manifest-conflict' }),
      'batches.release': () => refuse('batch.maybe-received', { label: stopped.label }),
    })
    expect(body.find('.stopped').text()).not.toContain('接着办完')
    await giveBack(body)
    await until(() => expect(body.text()).toContain('为免重复报送没有交回'))
  })
})

describe('settings', () => {
  it('tests the connection step by step', async () => {
    const page = await open(SettingsScreen, '/settings')
    await until(() => expect(page.text()).toContain('本机公钥'))
    await button(page, '测试连接').trigger('click')
    await until(() => expect(page.text()).toContain('请看打叉的一步'))
    expect(page.text()).toContain('前一步没有通过')
  })

  it('keeps the signature spelling behind a fold, and shows and saves one that is out of the ordinary', async () => {
    const saved = vi.fn((_input: unknown) => ({ ok: true, steps: [] }))
    const page = await open(SettingsScreen, '/settings', { 'connection.save': saved })
    await until(() => expect(page.text()).toContain('本机公钥'))
    const fold = page.find<HTMLDetailsElement>('details.signature')
    expect(fold.element.open).toBe(false)
    const userId = page.find<HTMLInputElement>('input[aria-label="签名 ID"]')
    expect(userId.element.value).toBe('1234567812345678')
    await userId.setValue(' ')
    await button(page, '保存并测试').trigger('click')
    await until(() => expect(page.text()).toContain('请填写签名 ID'))
    expect(fold.element.open).toBe(true)
    expect(saved).not.toHaveBeenCalled()
    await userId.setValue(' PX-360300 ')
    await button(page, '保存并测试').trigger('click')
    await until(() => expect(saved).toHaveBeenCalled())
    expect(saved.mock.calls[0]![0]).toMatchObject({ spelling: { encoding: 'der', userId: 'PX-360300' } })
  })

  it('says what to do when the platform cannot be changed because batches wait', async () => {
    const waiting = () => refuse('connection.batches-open', { count: 2, label: '20261120-1' })
    const page = await open(SettingsScreen, '/settings', { 'connection.save': waiting })
    await until(() => expect(page.text()).toContain('本机公钥'))
    const url = page.find('input[aria-label="平台地址"]')
    await url.setValue('https://example.cn/api/v1')
    await button(page, '保存').trigger('click')
    await until(() => expect(page.text()).toContain('还有 2 个批次没有办结（20261120-1）'))
    expect((url.element as HTMLInputElement).value).toBe('https://example.cn/api/v1')
  })

  it('shows the chosen way with its own fields, and only the steps that it has', async () => {
    const test = { ok: true, steps: [{ step: 'reach' as const, ok: true, message: '能连上平台。' }] }
    const chosen = vi.fn((_input: unknown) => test)
    const page = await open(SettingsScreen, '/settings', {
      'connection.get': () => ({
        ...{
          platformUrl: null,
          clientId: 'desk-1',
          platformPublicKey: null,
          deskPublicKey: `04${'0'.repeat(128)}`,
          spelling: defaultSpelling,
        },
        transport: {
          ...{ kind: 'city-soap' as const, serviceUrl: 'https://city.example', departmentCode: 'D1' },
          ...{ tableVersionId: '1', uploadOperation: 'uploadData', lookUp: 'none' as const, tableCodes: {} },
          ...{ lookUpOperation: 'queryData', namespace: 'urn:x', absentSeconds: 60, allowsPlain: false },
        },
      }),
      'connection.choose': chosen,
    })
    const field = (name: string) => page.find(`input[aria-label="${name}"]`)
    await until(() =>
      expect((field('服务地址').element as HTMLInputElement).value).toBe('https://city.example'),
    )
    expect(field('平台地址').exists()).toBe(false)
    await field('部门编码').setValue('D2')
    await button(page, '保存并测试').trigger('submit')
    await until(() => expect(page.text()).toContain('连接正常'))
    expect(chosen.mock.calls[0]![0]).toMatchObject({
      kind: 'city-soap',
      departmentCode: 'D2',
      namespace: 'urn:x',
    })
    expect(page.text()).not.toContain('前一步没有通过')
  })

  it('does not go live without a bureau that could be right', async () => {
    const switched = vi.fn(() => ({ mode: 'live' as const }))
    const page = await open(SettingsScreen, '/settings?section=mode', { 'host.switchMode': switched })
    await button(page, '切换到正式模式').trigger('click')
    await until(() => expect(page.text()).toContain('代码不对'))
    expect(switched).not.toHaveBeenCalled()
  })
})
